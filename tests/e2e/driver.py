"""Drives real windows by their accessible names, as a person with a screen
reader would meet them, and photographs them.

A Display is an Xvfb of its own; a Desk is one reunion-station on it. Text is
typed with xdotool (Chinese is pasted), buttons are pressed through AT-SPI.
"""

import fnmatch
import os
import subprocess
import time

from accessible import Atspi, GLib, find_program


class Failure(Exception):
    """A step that did not happen; says which, and what was there instead."""


def wait_until(what, probe, timeout_s=30):
    """Calls @probe until it gives something true; returns that."""
    end = time.monotonic() + timeout_s
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > end:
            raise Failure(f"waited {timeout_s} s in vain: {what}")
        time.sleep(0.05)


class Display:
    """An X server without a screen, 1366 x 768, as old station PCs have it."""

    def __init__(self, width=1366, height=768):
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24",
             "-nolisten", "tcp"],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        # To its end: the server dies of a pipe that closes on it half-way.
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            raise Failure("Xvfb did not start")
        self.name = ":" + number
        self.height = height
        self.n_presses = 0  # keys that are no text of what is typed
        self.environment = dict(os.environ, DISPLAY=self.name)
        # Without one no window is ever active, and none fills the screen.
        self.manager = subprocess.Popen(["openbox", "--sm-disable"], env=self.environment,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def run(self, *command, **arguments):
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True, **arguments
        ).stdout

    def type(self, text):
        """Keys for plain text, the clipboard for anything a keyboard has not."""
        if text.isascii():
            self.run("xdotool", "type", "--delay", "8", "--", text)
            return
        holder = subprocess.Popen(
            ["xclip", "-selection", "clipboard", "-loops", "0", "-quiet"],
            env=self.environment, stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        holder.stdin.write(text.encode())
        holder.stdin.close()
        time.sleep(0.2)
        self.run("xdotool", "key", "ctrl+v")
        time.sleep(0.3)
        holder.terminate()
        holder.wait()

    def key(self, *keys):
        self.n_presses += len(keys)
        self.run("xdotool", "key", "--delay", "12", *keys)

    def screenshot(self, path):
        self.run("import", "-window", "root", str(path))

    def close(self):
        for process in (self.manager, self.process):
            process.terminate()
            process.wait()


class Desk:
    """One running desk and its accessible tree."""

    def __init__(self, display, command, environment=None):
        self.display = display
        self.foot = 80  # pixels at the lower edge that lie over what scrolls
        environment = dict(display.environment, GDK_BACKEND="x11", GSK_RENDERER="cairo",
                           **(environment or {}))
        self.process = subprocess.Popen(command, env=environment)
        self.app = wait_until("the desk's accessible tree", self._find_app, 60)

    def _find_app(self):
        if self.process.poll() is not None:
            raise Failure(f"the desk ended with status {self.process.returncode}")
        return find_program(self.process.pid)

    # --- finding -----------------------------------------------------------

    def walk(self, root=None):
        """What a screen reader may come to: hidden parts are left out."""
        stack = [root if root is not None else self.app]
        while stack:
            node = stack.pop()
            try:
                if node != self.app and not node.get_state_set().contains(
                        Atspi.StateType.VISIBLE):
                    continue
                yield node
                stack.extend(reversed(node.get_children()))
            except GLib.Error:
                continue  # it went away while we looked

    @staticmethod
    def _fits(node, name, role):
        if role is not None and node.get_role_name() != role:
            return False
        own = node.get_name() or ""
        # libadwaita 1.2 says the name of a dialog's button twice.
        return (name is None or own in (name, f"{name} {name}")
                or ("*" in name and fnmatch.fnmatchcase(own, name)))

    @staticmethod
    def is_showing(node):
        """Whether it takes any room; what is folded away takes none."""
        extents = node.get_extents(Atspi.CoordType.WINDOW)
        return extents.width > 0 and extents.height > 0

    def find_all(self, name, role=None, root=None):
        """The showing nodes of that name, in which * stands for any text."""
        for node in self.walk(root):
            try:
                if self._fits(node, name, role) and self.is_showing(node):
                    yield node
            except GLib.Error:
                continue

    def find_now(self, name, role=None, root=None):
        return next(self.find_all(name, role, root), None)

    def find(self, name, role=None, timeout_s=20):
        return wait_until(
            f"“{name}” ({role or 'any role'}) in the window",
            lambda: self.find_now(name, role), timeout_s)

    def texts(self):
        """Every text that shows, to say what was there when a step failed."""
        seen = []
        for node in self.walk():
            try:
                if not self.is_showing(node):
                    continue
                for text in (node.get_name(), node.get_description()):
                    if text and text not in seen:
                        seen.append(text)
            except GLib.Error:
                continue
        return seen

    def wait_for_text(self, part, timeout_s=20):
        def probe():
            return any(part in text for text in self.texts())

        return wait_until(f"the text “{part}” in the window", probe, timeout_s)

    # --- doing -------------------------------------------------------------

    def press(self, name, role=None, timeout_s=20):
        """Presses a button through its accessible action."""
        def probe():
            for node in self.find_all(name, role):
                try:
                    if not node.get_state_set().contains(Atspi.StateType.SENSITIVE):
                        continue
                    for index, action in enumerate(node.get_action_names()):
                        if action in ("click", "activate", "toggle"):
                            node.do_action(index)
                            return True
                except GLib.Error:
                    continue
            return None

        wait_until(f"a button “{name}” to press", probe, timeout_s)
        time.sleep(0.15)

    def bring_into_view(self, name, role=None):
        """Turns the wheel over what holds the node until it can be clicked."""
        for _ in range(60):
            node = self.find(name, role)
            extents = node.get_extents(Atspi.CoordType.WINDOW)
            middle = extents.y + extents.height // 2
            if 110 < middle < self.display.height - self.foot:
                return node
            self.display.run("xdotool", "mousemove", str(extents.x + 8),
                             str(self.display.height // 2),
                             "click", "5" if middle > self.display.height // 2 else "4")
            time.sleep(0.15)
        raise Failure(f"“{name}” can't be scrolled into view")

    def fill(self, name, text, role="text"):
        """Types @text into the entry of that name, in place of what stands there."""
        self.click_node(self.bring_into_view(name, role))
        self.display.key("ctrl+a")
        self.display.type(text)
        time.sleep(0.1)

    def choose(self, name, choice):
        """Chooses from the drop-down of that name."""
        drop_down = self.bring_into_view(name, "combo box")
        if self.find_now(choice, "label", drop_down) is not None:
            return
        self.click_node(drop_down)
        self.find(choice, "label")
        # Down to the last row and up again: a row may have been passed before its turn
        # was seen.
        for step in range(60):
            rows = [node for node in self.walk() if node.get_role_name() == "list item"
                    and node.get_state_set().contains(Atspi.StateType.FOCUSED)]
            if rows and self.find_now(choice, "label", rows[0]) is not None:
                self.display.key("Return")
                time.sleep(0.3)
                return
            self.display.key("Down" if step < 20 else "Up")
            time.sleep(0.2)
        raise Failure(f"“{name}” has no choice “{choice}” that the keyboard reaches")

    def select(self, name):
        """Chooses a row of a list."""
        node = self.find(name)
        self.click_node(node)

    def window_origin(self, node):
        """Where the node's window stands on the screen: the first fills it, a dialog
        has the keyboard while it is up."""
        window = node
        while window.get_parent() != self.app:
            window = window.get_parent()
        if window == self.app.get_children()[0]:
            return 0, 0
        lines = self.display.run("xdotool", "getactivewindow", "getwindowgeometry", "--shell")
        values = dict(line.split("=", 1) for line in lines.split())
        return int(values["X"]), int(values["Y"])

    def click_node(self, node):
        extents = node.get_extents(Atspi.CoordType.WINDOW)
        x, y = self.window_origin(node)
        self.display.run("xdotool", "mousemove", str(x + extents.x + extents.width // 2),
                         str(y + extents.y + extents.height // 2), "click", "1")
        time.sleep(0.3)

    def wait_for_window(self, title, timeout_s=20):
        def probe():
            return next((window for window in self.app.get_children()
                         if window.get_name() == title), None)

        return wait_until(f"the window “{title}”", probe, timeout_s)

    def screenshot(self, path):
        time.sleep(0.4)  # animations
        self.display.screenshot(path)

    def close(self):
        """Closes the window as a person does, and waits for the program to end."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure("the desk did not end when asked to") from None
