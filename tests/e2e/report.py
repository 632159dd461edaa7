"""A report as an officer enters it, through the window by accessible names."""

import datetime
import time


def exact(moment):
    """As the form reads a time to the second."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def china_now():
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))


class Report:
    """What the tests enter; the defaults are those of Zhijin's thirteen-year-old."""

    def __init__(self, photo, **values):
        self.photo = photo
        self.name = values.get("name", "杨小峰")
        self.sex = values.get("sex", "Male")
        self.age = values.get("age", "13")
        self.clothing = values.get("clothing", "蓝色校服外套，黑色书包")
        self.last_seen = values.get("last_seen", "-40m")
        self.place = values.get("place", "织金")
        self.place_found = values.get("place_found", "*织金*")
        self.happened = values.get("happened", "放学后没有回家，和家人吵过架")
        self.guardian = values.get("guardian", "杨国强")

    def enter_person(self, desk):
        desk.fill("Name", self.name)
        desk.press(self.sex, "push button")
        desk.fill("Age", self.age)
        desk.fill("Clothing", self.clothing)

    def enter_event(self, desk):
        desk.fill("Last seen", self.last_seen)
        desk.fill("Place", self.place)
        desk.press(self.place_found, "push button")
        desk.fill("What happened", self.happened)

    def enter_guardian(self, desk):
        desk.press("Guardian agrees to publication", "check box")
        desk.fill("Guardian", self.guardian)

    def choose_photo(self, desk, path=None):
        """Through the file chooser, by typing the path into it."""
        desk.press("Choose Photo…")
        desk.wait_for_window("Choose a Photo")
        time.sleep(0.5)
        desk.display.type(str(path or self.photo))
        time.sleep(0.5)
        desk.display.key("Return")

    def enter(self, desk):
        desk.press("New Report")
        desk.find("Name", "text")
        self.choose_photo(desk)
        desk.find("Remove Photo", "push button")
        self.enter_person(desk)
        self.enter_event(desk)
        self.enter_guardian(desk)
        desk.wait_for_text("Everything that a notice needs is there.")
