#!/usr/bin/env python3
"""Makes posters of a published case through the real window: saves the sheet and
the picture, and reads both with other programs.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import argparse
import pathlib
import subprocess
import sys
import time

from driver import Desk, Display, Failure, wait_until
from sample import Sample

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = "Aaa Bbb"
PHONE = "0318-2101234"


class Play:
    def __init__(self, sample, folder):
        self.sample = sample
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.display = Display()
        self.desk = None

    def picture(self, name):
        self.desk.screenshot(self.folder / f"poster-{name}.png")
        print(f"  poster-{name}.png", flush=True)

    def choose(self, item, picture=None):
        self.desk.press("Poster")
        self.desk.find(item)
        if picture is not None:
            self.picture(picture)
        self.desk.press(item)

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
        print(f"  {what}: {expected}", flush=True)

    def run(self):
        self.sample.start_service()
        self.desk = Desk(self.display, self.sample.desk_command("officer"),
                         self.sample.desk_environment())
        self.desk.wait_for_text(NAME)
        self.desk.select(NAME + "*")
        self.choose("Chinese and English", "menu")
        sheet = self.save("Save as PDF…", ".pdf")
        self.picture("saved")
        words = self.output("pdftotext", str(sheet), "-")
        for expected in ("寻人启事", "MISSING", NAME, PHONE):
            self.check("on the sheet", expected, words)
        picture = self.save("Save as Picture…", ".png")
        self.check("scanned from the picture", f"{self.sample.service}/notice/",
                   self.output("zbarimg", "-q", "--raw", str(picture)))
        self.choose("Print…")
        self.desk.wait_for_window("Print")
        self.picture("print")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build", help="the build folder")
    parser.add_argument("--screenshots", default="build/screenshots")
    options = parser.parse_args()

    with Sample(ROOT, pathlib.Path(options.build).resolve()) as sample:
        play = Play(sample, options.screenshots)
        try:
            play.run()
        except Failure as failure:
            print(f"FAILED: {failure}")
            if play.desk is not None:
                play.picture("failed")
                print("In the window:", *play.desk.texts(), sep="\n  ")
            return 1
        finally:
            if play.desk is not None:
                play.desk.close()
            play.display.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
