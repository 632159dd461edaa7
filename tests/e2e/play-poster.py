#!/usr/bin/env python3
"""Makes posters of a published case through the real window: saves the sheet and
the picture, and reads both with other programs.
"""

import subprocess
import sys
import time

import play
from driver import Failure, wait_until

NAME = "Aaa Bbb"
PHONE = "0318-2101234"


class Poster(play.Play):
    prefix = "poster-"

    def choose(self, item, picture=None):
        """The role tells it from the map's button of the same name."""
        self.desk.press("Poster")
        self.desk.find(item, "menu item")
        if picture is not None:
            self.picture(picture)
        self.desk.press(item, "menu item")

    def save(self, item, suffix):
        """Saves under a name of our own, and returns it once it is written."""
        path = self.sample.folder / f"poster{suffix}"
        self.choose(item)
        self.desk.wait_for_window("Save the Poster")
        time.sleep(0.5)
        self.display.key("ctrl+a")
        self.display.type(str(path))
        self.display.key("Return")
        self.desk.wait_for_text(f"Saved as “{path.name}”.")
        wait_until(f"{path.name} on disk", path.exists, 5)
        return path

    @staticmethod
    def output(*command):
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def check(self, what, expected, found):
        if expected not in found:
            raise Failure(f"{what}: expected {expected!r} in {found!r}")
        self.say(f"{what}: {expected}")

    def run(self):
        self.sample.start_service()
        self.open_desk()
        self.desk.wait_for_text(NAME)
        self.desk.select(NAME + "*")
        self.choose("Chinese and English", "menu")
        sheet = self.save("Save as PDF…", ".pdf")
        self.picture("saved")
        words = self.output("pdftotext", str(sheet), "-")
        for expected in ("寻人启事", "MISSING", NAME, PHONE):
            self.check("on the sheet", expected, words)
        picture = self.save("Save as Picture…", ".png")
        self.check("scanned from the picture", f"{self.sample.service}/alerts/",
                   self.output("zbarimg", "-q", "--raw", str(picture)))
        self.choose("Print…")
        self.desk.wait_for_window("Print")
        self.picture("print")
        self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(Poster))
