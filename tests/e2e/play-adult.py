#!/usr/bin/env python3
"""Files an adult with dementia through the real window: the form rearranges when it is
said who is missing, words are completed from lists, and the notice shows what goes out
and what stays.

Exits with 1 when something typed is lost, or the notice tells what it must not.
"""

import sys
import time

import play
from driver import Failure, wait_until
from report import Report


class Adult(play.Play):
    prefix = "adult-"
    no_child = "At 72 years this is no child."

    def label(self, text):
        return text

    def entry(self, text):
        """The entry of that name; in Chinese the letter that leads to it stands behind."""
        return text

    def value(self, name, role="text"):
        node = self.desk.find(self.entry(name), role)
        return node.get_text()

    def expect_value(self, name, expected):
        wait_until(f"“{expected}” in {name}; there is “{self.value(name)}”",
                   lambda: self.value(name) == expected, 10)

    def choose_kind(self):
        """What was typed first stays, and the sentence says what to do."""
        self.desk.press(self.label("New Report"))
        self.desk.find(self.entry("Name"), "text")
        self.desk.fill(self.entry("Name"), "陈秀英")
        self.desk.press(self.label("Female") + "*", "push button")
        self.desk.fill(self.entry("Age"), "72")
        self.desk.fill(self.entry("Guardian"), "李建国")
        self.desk.wait_for_text(self.no_child)
        self.desk.bring_into_view(self.entry("Name"), "text")
        self.picture("no-child")
        self.desk.choose(self.entry("Who is missing"), self.label("Adult with dementia"))
        self.desk.find(self.entry("Mental state"), "text")
        self.expect_value("Name", "陈秀英")
        self.expect_value("Family contact", "李建国")
        self.picture("kind-chosen")

    def type_with_lists(self):
        """A colour, then what has it; Escape and Enter leave the list alone."""
        self.desk.fill(self.entry("Clothing"), "hs")
        self.desk.find(self.label("Suggestions"), "list")
        self.picture("colours")
        self.display.key("Down", "Down", "Down", "Return")  # black, red, grey
        self.expect_value("Clothing", "灰色")
        self.display.type("yrf")
        self.desk.find("羽绒服", "list item")
        self.picture("garment")
        self.display.key("Down", "Tab")
        self.expect_value("Clothing", "灰色羽绒服")
        self.display.type("，黑色裤子")
        self.expect_value("Clothing", "灰色羽绒服，黑色裤子")
        self.display.key("Return")  # Carried follows, for this person
        self.display.type("fz")
        self.desk.find("防走失手环", "list item")
        self.display.key("Escape")
        wait_until("the list closed",
                   lambda: self.desk.find_now("防走失手环", "list item") is None)
        self.expect_value("Carried", "fz")
        self.display.type("s")
        self.desk.find("防走失手环", "list item")
        self.display.key("Down", "Return")
        self.expect_value("Carried", "防走失手环")
        self.display.key("Return")  # leads on to the next entry
        self.display.type("四川话")
        self.expect_value("Language or dialect", "四川话")

    def enter_rest(self):
        self.desk.fill(self.entry("Mental state"), "认知障碍，记不清家庭住址")
        self.desk.fill(self.entry("Medical needs"), "每晚须服降压药")
        report = Report(self.photo("hengshui-girl.jpg"), last_seen="-50m",
                        happened="早上出门买菜后没有回家")
        self.display.key("alt+o")
        self.desk.wait_for_window(self.label("Choose a Photo"))
        time.sleep(0.5)
        self.display.type(str(report.photo))
        time.sleep(0.5)
        self.display.key("Return")
        self.desk.find(self.label("Remove Photo"), "push button")
        self.desk.fill(self.entry("Last seen"), report.last_seen)
        self.desk.fill(self.entry("Place"), report.place)
        self.desk.press(report.place_found, "push button")
        self.desk.fill(self.entry("What happened"), report.happened)
        self.desk.press(self.entry("Family agrees to publication"), "check box")
        self.desk.wait_for_text(self.label("Everything that a notice needs is there."))
        self.desk.bring_into_view(self.entry("Clothing"), "text")
        self.picture("ready")

    def look_at_notice(self):
        self.desk.click_node(self.desk.find(self.label("Public Notice")))
        self.desk.wait_for_text("寻找走失老人：陈秀英")
        self.desk.wait_for_text("陪在老人身边")
        self.desk.wait_for_text(self.label("Goes out"))
        texts = self.desk.texts()
        self.expect("what stays is listed", True,
                    any(self.label("Mental state") in t and self.label("Family contact") in t
                        for t in texts))
        self.picture("notice")

    def file(self):
        self.display.key("ctrl+Return")
        filed = self.officer.wait_for_case(lambda c: c["report"].get("name") == "陈秀英")
        if filed is None:
            raise Failure("the case did not arrive")
        report = filed["report"]
        for field, expected in (("person_kind", "dementia"), ("age_years", 72),
                                ("clothing", "灰色羽绒服，黑色裤子"), ("carried", "防走失手环"),
                                ("language", "四川话"), ("guardian_name", "李建国")):
            self.expect(field, expected, report.get(field))

    def run(self):
        self.sample.start_service()
        self.officer = self.sample.signed_in("officer")
        self.open_desk()
        self.desk.wait_for_text("杨晓峰")
        self.choose_kind()
        self.type_with_lists()
        self.enter_rest()
        self.look_at_notice()
        self.file()
        self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(Adult))
