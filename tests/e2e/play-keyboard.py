#!/usr/bin/env python3
"""Files the four cases of the sample by keyboard alone, through the real window,
and counts the presses beyond the text itself.

Exits with 1 when a case does not arrive as typed, or takes more than 60 presses.
"""

import sys
import time

import play
from driver import Failure

MOST_PRESSES = 60


class Case:
    def __init__(self, photo, name, sex_key, age, clothing, last_seen, place, happened):
        self.photo = photo
        self.name = name
        self.sex_key = sex_key  # the letter of the button
        self.age = age
        self.clothing = clothing
        self.last_seen = last_seen
        self.place = place
        self.happened = happened


# Nobody who is in an open case of the sample data: what is asked then has a play of
# its own, play-duplicate.py.
CASES = [
    Case("hengshui-girl.jpg", "Ccc Ddd", "f", "2", "粉色上衣", "昨天22:40", "衡水",
         "父母在候车厅睡着时不见了"),
    Case("zhijin-boy.jpg", "杨晓峰", "m", "13", "蓝色校服，黑色书包", "-3h", "织金",
         "和家人争吵后离家"),
    Case("chaoyang-boy.jpg", "周子涵", "m", "13", "灰色卫衣", "2小时前", "朝阳",
         "放学后没有回家"),
    Case("huixian-boy.jpg", "李小满", "m", "2", "蓝色背带裤", "-50m", "35.4622, 113.8007",
         "在家门口被陌生人抱走"),  # a place by its coordinates
]


class Keyboard(play.Play):
    prefix = "keyboard-"

    def choose_photo(self, name):
        self.display.key("alt+o")
        self.desk.wait_for_window("Choose a Photo")
        time.sleep(0.5)
        self.display.type(str(self.photo(name)))
        time.sleep(0.5)
        self.display.key("Return")
        self.desk.find("Remove Photo", "push button")

    def enter(self, case):
        self.display.key("ctrl+n")
        self.desk.find("Name", "text")
        time.sleep(0.3)
        self.display.type(case.name)
        self.choose_photo(case.photo)
        self.display.key("alt+" + case.sex_key)
        self.display.key("alt+a")
        self.display.type(case.age)
        self.display.key("alt+c")
        self.display.type(case.clothing)
        self.display.key("alt+l")
        self.display.type(case.last_seen)
        self.display.key("Return")
        self.display.type(case.place)
        time.sleep(0.6)  # a pause of the fingers: the places found show up
        self.display.key("Return")
        self.display.key("alt+h")
        self.display.type(case.happened)
        self.display.key("alt+g")
        self.desk.wait_for_text("Everything that a notice needs is there.")

    def file(self, number, case):
        before = self.display.n_presses
        self.enter(case)
        self.picture(f"{number}-ready")
        self.display.key("ctrl+Return")
        filed = self.officer.wait_for_case(
            lambda c: c["id"] not in self.known and c["report"].get("name") == case.name)
        if filed is None:
            raise Failure(f"the case of {case.name} did not arrive")
        self.known.add(filed["id"])
        presses = self.display.n_presses - before
        report = filed["report"]
        for field, expected in (("age_years", int(case.age)), ("clothing", case.clothing),
                                ("circumstances", case.happened)):
            if report.get(field) != expected:
                raise Failure(f"{case.name}: {field} is {report.get(field)!r}, "
                              f"{expected!r} was typed")
        if not report.get("place") or "latitude" not in report:
            raise Failure(f"{case.name}: the place is not set")
        self.say(f"{case.name}: {presses} presses beyond the text")
        if presses > MOST_PRESSES:
            raise Failure(f"{presses} presses, more than {MOST_PRESSES}")

    def run(self):
        self.sample.start_service()
        self.officer = self.sample.signed_in("officer")
        self.known = set(self.officer.cases())
        self.open_desk()
        self.desk.wait_for_text("杨晓峰")
        for number, case in enumerate(CASES, 1):
            self.file(number, case)
        self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(Keyboard))
