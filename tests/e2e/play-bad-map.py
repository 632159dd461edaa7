#!/usr/bin/env python3
"""A base map file that is none, played through the real window: missing, empty,
text, cut short, with bits turned, of another schema, a folder, a pipe. Every time
the desk opens and says so in a sentence on its map; and a report is filed all the
same.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import os
import random
import shutil
import sqlite3
import sys

import play
from driver import Failure
from report import Report

SOUND = play.ROOT / "data" / "basemap" / "basemap.sqlite"
CAN_NOT_BE_OPENED = "can’t be opened"
DAMAGED = "is damaged or is not a base map"
OTHER_VERSION = "was made for another version"


def cut(length):
    return lambda path: path.write_bytes(SOUND.read_bytes()[:length])


def turn_bits(path):
    """All over the file, but not in its first page: it opens, and goes wrong later."""
    chance = random.Random(7)
    data = bytearray(SOUND.read_bytes())
    for _ in range(20000):
        data[chance.randrange(4096, len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def edit(statement):
    def make(path):
        shutil.copyfile(SOUND, path)
        database = sqlite3.connect(path)
        database.execute(statement)
        database.commit()
        database.close()

    return make


# What is wrong, the words that have to be seen, and how it is made.
FILES = [
    ("missing", CAN_NOT_BE_OPENED, lambda path: None),
    ("empty", DAMAGED, lambda path: path.write_bytes(b"")),
    ("text", DAMAGED, lambda path: path.write_text("This is no map.\n" * 1000)),
    ("cut-in-the-header", DAMAGED, cut(50)),
    ("cut-after-a-page", DAMAGED, cut(4096)),
    ("cut-in-the-middle", DAMAGED, cut(SOUND.stat().st_size // 2)),
    ("bits-turned", DAMAGED, turn_bits),
    ("other-schema", OTHER_VERSION, edit("PRAGMA user_version = 99")),
    ("shapes-are-nonsense", DAMAGED, edit("UPDATE feature SET shape = randomblob(40)")),
    ("tables-missing", DAMAGED, edit("DROP TABLE feature_bounds")),
    ("folder", CAN_NOT_BE_OPENED, lambda path: path.mkdir()),
    ("pipe", CAN_NOT_BE_OPENED, lambda path: os.mkfifo(path)),
    ("link-to-itself", CAN_NOT_BE_OPENED, lambda path: path.symlink_to(path)),
    ("not-to-be-read", CAN_NOT_BE_OPENED, lambda path: (shutil.copyfile(SOUND, path),
                                                        path.chmod(0))),
]


class BadMap(play.Play):
    prefix = "bad-map-"

    def open_with(self, name, make):
        path = self.sample.folder / f"{name}.sqlite"
        make(path)
        environment = dict(self.sample.desk_environment(), REUNION_BASEMAP=str(path))
        self.desk = play.Desk(self.display, self.sample.desk_command("officer"), environment)
        self.desk.select("杨晓峰*")

    def use_map(self):
        """It zooms, and still runs after that."""
        for button in ("Zoom Out", "Zoom Out", "Zoom In", "Zoom In", "Zoom In"):
            self.desk.press(button)
        if self.desk.process.poll() is not None:
            raise Failure(f"the desk ended with status {self.desk.process.returncode}")

    def file_report(self):
        report = Report(self.photo("chaoyang-boy.jpg"), name="陈小亮", last_seen="-25m",
                        place="26.6668, 105.7680", place_found="*WGS-84*")
        report.enter(self.desk)
        self.picture("report")
        self.desk.press("Submit")
        case = self.officer.wait_for_case(lambda c: c["report"].get("name") == report.name)
        if case is None:
            raise Failure("the report did not arrive at the service")
        self.expect("state at the service", "submitted", case["state"])

    def run(self):
        self.sample.start_service()
        self.officer = self.sample.signed_in("officer")
        for name, words, make in FILES:
            if name == "not-to-be-read" and os.geteuid() == 0:
                self.say("not-to-be-read: root may read everything, so it is no fault here")
                continue
            self.open_with(name, make)
            self.desk.wait_for_text(words)
            self.use_map()
            self.picture(name)
            if name == "cut-in-the-middle":
                self.file_report()
            self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(BadMap))
