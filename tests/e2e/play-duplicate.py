#!/usr/bin/env python3
"""A report about somebody who is in an open case already, through the real
window: the bar says so while the report is typed, the other case stands beside
it, Submit asks once more, the pair is told apart, and the other is opened with
the report kept. Then the place of loss is dragged on the map, and the list is
narrowed to a place. In both languages, by day and by night.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import gettext
import json
import sqlite3
import sys
import time

import play
from driver import Desk, Failure, wait_until
from report import Report


class Duplicate(play.Play):
    prefix = "duplicate-"
    def __init__(self, build, folder):
        super().__init__(build, folder)
        self.translate = lambda text: text

    def speak(self, locale):
        """From here on the desk is in that language."""
        self.sample.locale = locale
        catalogue = self.sample.build / "po" / locale / "LC_MESSAGES" / "reunion.mo"
        with open(catalogue, "rb") as file:
            self.translate = gettext.GNUTranslations(file).gettext

    def open_desk(self, role="officer", environment=None):
        self.desk = Desk(self.display, self.sample.desk_command(role),
                         {**self.sample.desk_environment(), **(environment or {})})

    def drafts(self):
        store = sqlite3.connect(self.sample.folder / "officer" / "station.sqlite")
        try:
            return [json.loads(row[0])["report"] for row in store.execute(
                "SELECT record FROM cases WHERE state = 'draft'").fetchall()]
        finally:
            store.close()

    def point(self):
        """Where the one draft's place of loss is kept."""
        time.sleep(1.2)
        report = self.drafts()[0]
        return report["latitude"], report["longitude"]

    def map_node(self):
        return self.desk.find(self.translate("Map"), "image")

    def map_middle(self):
        from accessible import Atspi
        extents = self.map_node().get_extents(Atspi.CoordType.WINDOW)
        return extents.x + extents.width // 2, extents.y + extents.height // 2

    # --- the warning ---------------------------------------------------------------

    def type_the_same(self):
        report = Report(self.photo("chaoyang-boy.jpg"), name="王小宝", age="2", place="新乡",
                        place_found="*新乡*")
        report.enter(self.desk)
        self.desk.wait_for_text("This person may be in an open case already")
        self.picture("bar")

    def look_beside(self):
        self.desk.display.key("ctrl+b")
        self.desk.find("The Other Case", "label")
        self.desk.wait_for_text("In this report: ")
        self.desk.find("Differs")
        self.desk.find("The same in both")
        self.picture("beside")

    def submit_all_the_same(self):
        self.desk.press("Submit", "push button")
        self.desk.wait_for_text("Two cases for one person send people two ways.")
        self.picture("asked-once-more")
        self.desk.press("*Look Again*", "push button")
        self.expect("drafts after looking again", 1, len(self.drafts()))

    def open_the_other(self):
        self.desk.press("Same Person: Open That Case")
        self.desk.wait_for_text("since last seen")
        self.expect("the report is kept", "王小宝", self.drafts()[0].get("name"))
        self.picture("the-other-opened")

    def tell_apart(self):
        self.open_draft()
        self.desk.wait_for_text("This person may be in an open case already")
        self.desk.press("Not the Same")
        wait_until("the bar going away", lambda: not any(
            "in an open case already" in text for text in self.desk.texts()))
        self.desk.press("Back to Cases")
        self.open_draft()
        time.sleep(1)
        if any("in an open case already" in text for text in self.desk.texts()):
            raise Failure("the pair was told apart, and is asked about again")
        self.picture("told-apart")

    def open_draft(self):
        self.desk.choose(self.translate("State of the cases listed"), self.translate("In Draft"))
        self.desk.select("王小宝*")
        self.desk.press(self.translate("Edit and Submit…"))
        self.desk.find(self.translate("Name") + "*", "text")

    # --- the map -------------------------------------------------------------------------

    def drag_the_point(self):
        # Where the map has been fitted, the pin's point is the middle.
        x, y = self.map_middle()
        before = self.point()
        run = self.desk.display.run
        run("xdotool", "mousemove", str(x), str(y - 18), "sleep", "0.3", "mousedown", "1",
            "sleep", "0.2", "mousemove_relative", "--", "60", "-40", "sleep", "0.2",
            "mousemove_relative", "--", "20", "-10", "sleep", "0.2")
        self.picture("dragging")
        run("xdotool", "key", "Escape", "sleep", "0.2", "mouseup", "1")
        self.expect("the point after Escape", before, self.point())
        run("xdotool", "mousemove", str(x), str(y - 18), "sleep", "0.3", "mousedown", "1",
            "sleep", "0.2", "mousemove_relative", "--", "60", "-40", "sleep", "0.2",
            "mousemove_relative", "--", "20", "-10", "sleep", "0.2", "mouseup", "1")
        after = self.point()
        self.say(f"dragged from {before} to {after}")
        if not (after[0] > before[0] and after[1] > before[1]):
            raise Failure(f"dragged to the north-east of {before}, found {after}")
        self.desk.display.key("alt+Left")
        nudged = self.point()
        if not (nudged[1] < after[1] and abs(nudged[0] - after[0]) < 1e-3):
            raise Failure(f"Alt+Left moved {after} to {nudged}")
        self.picture("dropped")

    # --- the list ------------------------------------------------------------------------

    def rows(self):
        return [node.get_name() for node in self.desk.walk()
                if node.get_role_name() == "list item" and self.desk.is_showing(node)]

    def open_place_filter(self, button):
        town = self.translate("Town to look around")
        if self.desk.find_now(town) is None:
            self.desk.click_node(self.desk.find(button))
            time.sleep(1)
        return self.desk.find_now(town)

    def narrow_to_a_place(self):
        any_place = self.translate("Place of the cases listed: %s") % self.translate("Any Place")
        # The list has only just come back, and may still be where a click misses it.
        wait_until("the question for a town", lambda: self.open_place_filter(any_place))
        self.desk.display.type("织金")
        self.desk.find("*Zhijin*", "push button")
        self.picture("places-found")
        self.desk.display.key("Return")
        self.desk.find(self.translate("Remove the Place"), "push button")
        time.sleep(0.5)
        self.picture("around-a-place")

    def find_nothing(self):
        self.desk.display.key("ctrl+f")
        self.desk.display.type("zzzz")
        self.desk.wait_for_text("zzzz”")
        self.picture("nothing-found")
        self.desk.press(self.translate("Clear the Filters"))
        self.desk.find(self.translate("Place of the cases listed: %s")
                       % self.translate("Any Place"))

    def narrow_to_the_map(self):
        any_place = self.translate("Place of the cases listed: %s") % self.translate("Any Place")
        self.desk.click_node(self.desk.find(any_place))
        self.desk.press(self.translate("What the Map Shows Now"))
        self.desk.find(self.translate("Place of the cases listed: %s")
                       % self.translate("Within the Map's View"))
        self.picture("within-the-map")
        self.desk.press(self.translate("Remove the Place"))

    def look_by_night(self):
        """The same in Chinese and in the dark: a second report, and the list."""
        self.speak("zh_CN")
        self.prefix = "duplicate-zh_CN-dark-"
        self.open_desk(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
        self.desk.wait_for_text("王小宝")
        self.desk.display.key("ctrl+n")
        self.desk.fill(self.translate("Name") + "*", "王小宝")
        self.desk.fill(self.translate("Age") + "*", "2")
        self.desk.fill(self.translate("Place") + "*", "新乡")
        self.desk.press("*新乡*", "push button")
        self.desk.wait_for_text(self.translate("This person may be in an open case already"))
        self.picture("bar")
        self.desk.display.key("ctrl+b")
        self.desk.find(self.translate("The Other Case"), "label")
        self.picture("beside")
        self.desk.press(self.translate("Back to Cases"))
        self.narrow_to_a_place()
        self.find_nothing()
        self.close_desk()

    def run(self):
        self.sample.start_service()
        self.open_desk()
        self.desk.wait_for_text("王小宝")
        self.type_the_same()
        self.look_beside()
        self.submit_all_the_same()
        self.open_the_other()
        self.tell_apart()
        self.drag_the_point()
        self.desk.press("Back to Cases")
        self.narrow_to_a_place()
        self.find_nothing()
        self.narrow_to_the_map()
        self.close_desk()
        self.look_by_night()


if __name__ == "__main__":
    sys.exit(play.main(Duplicate))
