#!/usr/bin/env python3
"""The map with no network at all: in a network namespace that has nothing but the
machine itself. Yesterday's officer opens the desk while no service is there, and
finds the map, its circles and what they reach, the time line, places by name, the
form with its map, dragging, measuring, coordinates, pictures and the poster; also
where a tile service was chosen that can't be reached.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import os
import socket
import sqlite3
import subprocess
import sys
import time

import play
from driver import Failure, wait_until

NAME = "Aaa Bbb"
INSIDE = "REUNION_PLAY_WITHOUT_NETWORK"


def go_inside():
    """Starts this play once more where there is no network, with a bus of its own."""
    command = ["unshare", "--net", "--map-root-user", "sh", "-c",
               'ip link set lo up && exec dbus-run-session -- "$@"', "sh",
               sys.executable, *sys.argv]
    probe = subprocess.run(["unshare", "--net", "--map-root-user", "ip", "link", "set", "lo", "up"],
                           capture_output=True, text=True)
    if probe.returncode != 0:
        print("FAILED: no network namespace can be made here, so nothing was tried: "
              f"{probe.stderr.strip()}. Allow user namespaces, or run as root.", file=sys.stderr)
        return 1
    return subprocess.run(command, env=dict(os.environ, **{INSIDE: "1"})).returncode


class Offline(play.Play):
    prefix = "offline-"

    def make_sure(self):
        links = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True, check=True)
        up = [line.split(": ")[1].split("@")[0] for line in links.stdout.splitlines()
              if ",UP" in line or "<UP" in line]
        self.expect("interfaces that are up", ["lo"], up)
        for address in ("192.0.2.1", "1.1.1.1"):
            try:
                socket.create_connection((address, 443), 3).close()
            except OSError:
                continue
            raise Failure(f"{address} can be reached: this is no place without a network")

    def be_here_yesterday(self):
        self.sample.start_service()
        self.open_desk()
        self.desk.select(NAME + "*")
        self.desk.wait_for_text("since last seen")
        self.close_desk()
        self.sample.stop_service()

    # --- the map ---------------------------------------------------------------

    def map_node(self):
        """The drawn map: the widest of what bears its name."""
        nodes = list(self.desk.find_all("Map")) + list(self.desk.find_all("*circle of*"))
        if not nodes:
            raise Failure("no map in the window")
        return max(nodes, key=lambda node: node.get_extents(0).width)

    def place_on_map(self, right, down):
        """A point of the map, from its middle, on the screen."""
        node = self.map_node()
        extents = node.get_extents(1)
        left, top = self.desk.window_origin(node)
        return (left + extents.x + extents.width // 2 + right,
                top + extents.y + extents.height // 2 + down)

    def click_map(self, right, down, button="1"):
        x, y = self.place_on_map(right, down)
        self.display.run("xdotool", "mousemove", str(x), str(y), "click", button)
        time.sleep(0.4)

    def count_colours(self, path):
        """Of the map in a picture of the window: a plain sea has a handful."""
        x, y = self.place_on_map(0, 0)
        return int(subprocess.run(
            ["convert", str(path), "-crop", f"240x240+{x - 120}+{y - 120}", "+repage",
             "-format", "%k", "info:"], capture_output=True, text=True, check=True).stdout)

    def crop_map(self):
        """The middle of the map as it now is, as bytes."""
        path = self.sample.folder / "crop.png"
        self.display.screenshot(path)
        x, y = self.place_on_map(0, 0)
        return subprocess.run(["convert", str(path), "-crop", f"240x240+{x - 120}+{y - 120}",
                               "+repage", "rgb:-"], capture_output=True, check=True).stdout

    def see_map(self):
        self.open_desk()
        self.desk.wait_for_text("can't be reached", 60)
        self.desk.select(NAME + "*")
        self.desk.wait_for_text("since last seen")
        self.desk.wait_for_text("circle of")
        self.desk.wait_for_text("Natural Earth")
        time.sleep(1.5)
        self.picture("case")
        path = self.folder / f"{self.prefix}{self.n_pictures:02}-case.png"
        colours = self.count_colours(path)
        if colours < 100:
            raise Failure(f"the map has {colours} colours only: it was not painted")
        self.say(f"colours of the map: {colours}")

    def see_reach(self):
        self.desk.wait_for_text("What the Circle Reaches")
        self.desk.wait_for_text("million people")

    def see_envelope(self):
        """Its lines go with the button, and come back."""
        with_lines = self.crop_map()
        self.desk.press("How Far the Person Can Have Come")
        wait_until("the lines going away", lambda: self.crop_map() != with_lines)
        self.desk.press("How Far the Person Can Have Come")
        wait_until("the lines coming back", lambda: self.crop_map() == with_lines)

    def move_time(self):
        scale = self.desk.find("Time on the map")
        before = self.desk.texts()
        self.desk.click_node(scale)
        self.display.key("Right", "Right", "Right")
        wait_until("another moment", lambda: self.desk.texts() != before)
        self.picture("time-line")
        self.desk.press("Now")

    def measure(self):
        self.desk.press("Measure Distance and Bearing*")
        self.desk.wait_for_text("Click where to measure from")
        self.click_map(-120, -60)
        self.click_map(90, 80)
        self.desk.wait_for_text(" km")
        self.picture("measured")
        self.display.key("Escape")

    def copy_coordinates(self):
        self.click_map(40, 30, "3")
        self.desk.wait_for_text("Copy ")
        self.picture("menu")
        self.display.key("Down", "Return")
        self.desk.wait_for_text("Copied ")

    def save_picture(self):
        path = self.sample.folder / "map.png"
        self.desk.press("Save as Picture…*")
        self.desk.wait_for_window("Save Picture of the Map")
        time.sleep(0.5)
        self.display.key("ctrl+a")
        self.display.type(str(path))
        self.display.key("Return")
        self.desk.wait_for_text("The picture of the map is saved.")
        wait_until("the picture on disk", path.exists, 5)

    def preview_poster(self):
        self.desk.press("Poster")
        self.desk.find("Print…")
        self.desk.press("Print…")
        self.desk.wait_for_window("Print")
        self.picture("poster")
        self.display.key("Escape")

    def fill_form(self):
        self.desk.display.key("ctrl+n")
        self.desk.find("Name", "text")
        self.desk.fill("Name", "陈小亮")
        self.desk.fill("Last seen", "-40m")
        self.desk.fill("Place", "zhijin")
        self.desk.press("*Zhijin*", "push button")
        self.desk.wait_for_text("105.768")
        time.sleep(1.0)
        self.picture("form")

    def drag(self):
        x, y = self.place_on_map(0, 0)
        self.display.run("xdotool", "mousemove", str(x), str(y), "mousedown", "1",
                         "mousemove", str(x + 20), str(y + 10), "mousemove", str(x + 60),
                         str(y + 40), "mouseup", "1")
        wait_until("the point moving with the hand", lambda: not any(
            "105.768" in text for text in self.desk.texts()))
        self.picture("dragged")
        self.desk.press("Back to Cases")

    def use_far_service(self):
        store = sqlite3.connect(self.sample.folder / "officer" / "station.sqlite")
        store.executemany("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [
            ("map-kind", "service"), ("map-attribution", "Far Survey"),
            ("map-service", "http://192.0.2.1/{z}/{x}/{y}.png")])
        store.commit()
        store.close()
        self.open_desk()
        self.desk.select(NAME + "*")
        self.desk.wait_for_text("The map service doesn’t answer; the built-in map is shown", 60)
        time.sleep(1.0)
        self.picture("far-service")
        path = self.folder / f"{self.prefix}{self.n_pictures:02}-far-service.png"
        if self.count_colours(path) < 100:
            raise Failure("the built-in map is not painted under the far service's")

    def run(self):
        self.make_sure()
        self.be_here_yesterday()
        self.see_map()
        self.see_reach()
        self.see_envelope()
        self.move_time()
        self.measure()
        self.copy_coordinates()
        self.save_picture()
        self.preview_poster()
        self.fill_form()
        self.drag()
        self.close_desk()
        self.use_far_service()
        self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(Offline) if INSIDE in os.environ else go_inside())
