"""The accessible tree of a program, straight from the accessibility bus.

libatspi keeps a copy of that tree and changes it with every message from the
program; that of Debian 12 frees what it still uses when parts come and go quickly
(dialogs, a killed program), and takes the play with it. Nothing is kept here:
what is asked is what the program says now.
"""

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402  (Atspi for its names of roles and states)

ROOT = "/org/a11y/atspi/accessible/root"
NOBODY = "/org/a11y/atspi/null"
TIMEOUT_MS = 15000  # for a program that is busy

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"


class Bus:
    """The accessibility bus of the session; there is one."""

    connection = None

    @classmethod
    def call(cls, name, path, interface, method, signature=None, *values):
        """What @method answers, as Python has it. Raises GLib.Error."""
        if cls.connection is None:
            session = Gio.bus_get_sync(Gio.BusType.SESSION)
            (address,) = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                           "GetAddress", None, None, 0, TIMEOUT_MS).unpack()
            cls.connection = Gio.DBusConnection.new_for_address_sync(
                address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        parameters = GLib.Variant(signature, values) if signature is not None else None
        return cls.connection.call_sync(name, path, interface, method, parameters, None, 0,
                                        TIMEOUT_MS).unpack()


class States:
    def __init__(self, words):
        self.bits = sum(word << 32 * i for i, word in enumerate(words))

    def contains(self, state):
        return self.bits >> int(state) & 1 == 1


class Node:
    """One part of a program. What is asked of a part that has gone raises GLib.Error."""

    def __init__(self, name, path):
        self.bus_name = name
        self.path = path

    def __eq__(self, other):
        return isinstance(other, Node) and (self.bus_name, self.path) == (other.bus_name, other.path)

    def __hash__(self):
        return hash((self.bus_name, self.path))

    def _call(self, interface, method, signature=None, *values):
        return Bus.call(self.bus_name, self.path, interface, method, signature, *values)

    def _get(self, interface, name):
        return self._call("org.freedesktop.DBus.Properties", "Get", "(ss)", interface, name)[0]

    def get_children(self):
        children = [Node(*child) for child in self._call(ACCESSIBLE, "GetChildren")[0]]
        return [child for child in children if child.path != NOBODY]

    def get_parent(self):
        return Node(*self._get(ACCESSIBLE, "Parent"))

    def get_name(self):
        return self._get(ACCESSIBLE, "Name")

    def get_description(self):
        return self._get(ACCESSIBLE, "Description")

    def get_role_name(self):
        return Atspi.role_get_name(Atspi.Role(self._call(ACCESSIBLE, "GetRole")[0]))

    def get_state_set(self):
        return States(self._call(ACCESSIBLE, "GetState")[0])

    def get_extents(self, coordinates):
        extents = Atspi.Rect()
        extents.x, extents.y, extents.width, extents.height = self._call(
            COMPONENT, "GetExtents", "(u)", int(coordinates))[0]
        return extents

    def get_action_names(self):
        n_actions = self._get(ACTION, "NActions")
        return [self._call(ACTION, "GetName", "(i)", i)[0] for i in range(n_actions)]

    def do_action(self, index):
        self._call(ACTION, "DoAction", "(i)", index)

    def get_text(self):
        return self._call(TEXT, "GetText", "(ii)", 0, self._get(TEXT, "CharacterCount"))[0]


def find_program(process_id):
    """The root of the program of that id, once it has a window; None before."""
    for (name, path) in Bus.call("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren")[0]:
        try:
            (found,) = Bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)", name)
            if found == process_id and Node(name, path).get_children():
                return Node(name, path)
        except GLib.Error:
            continue  # it has gone meanwhile
    return None
