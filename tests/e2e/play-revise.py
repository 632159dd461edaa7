#!/usr/bin/env python3
"""Plays what becomes of a report after it was filed: the reviewer returns it with
reasons at two fields, the officer mends them; the published case is amended, with
the desk killed in the middle; the history says who did what; and an amendment
that meets somebody else's is compared and made again.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import json
import signal
import socket
import sqlite3
import sys
import time
import urllib.request

import play
from driver import Desk, Display, Failure, wait_until
from report import Report

NAME = "杨小峰"
PARTNER = "news-day"


class Revise(play.Play):
    prefix = "revise-"

    def __init__(self, build, folder):
        super().__init__(build, folder)
        self.reviewer_display = Display()

    def end(self):
        try:
            super().end()
        finally:
            self.reviewer_display.close()

    # --- asking the service -------------------------------------------------------

    def case(self):
        return next(c for c in self.officer.cases().values()
                    if c["report"].get("name") == NAME)

    def wait_for(self, what, predicate):
        case = self.officer.wait_for_case(
            lambda c: c["report"].get("name") == NAME and predicate(c))
        if case is None:
            raise Failure(f"{what}: the service has {self.case()}")
        return case

    def amend_elsewhere(self, changes, reason):
        """As another desk would, straight at the service."""
        case = self.case()
        case["report"].update(changes)
        request = urllib.request.Request(
            f"{self.officer.service}/v1/cases/{case['id']}/amendment", method="POST",
            headers={"Content-Type": "application/json",
                     "Authorization": "Bearer " + self.officer.token,
                     "If-Match": f"\"{case['revision']}\"",
                     "Idempotency-Key": f"elsewhere-{case['revision']}"},
            data=json.dumps({"case": case, "reason": reason}).encode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    # --- the return ------------------------------------------------------------------

    def file_report(self):
        self.open_desk()
        self.desk.wait_for_text("杨晓峰")
        Report(self.photo("zhijin-boy-2.jpg")).enter(self.desk)
        self.desk.press("Submit")
        self.wait_for("the report did not arrive", lambda c: c["state"] == "submitted")

    def mark(self, reviewer, field, reason):
        """By keyboard: the mnemonic, the beginning of the field's name, the reason."""
        display = reviewer.display
        display.key("alt+m")
        time.sleep(0.6)  # what pops up is not in the accessible tree
        display.type(field)
        time.sleep(0.4)
        display.key("Return")
        reviewer.find(f"What is wrong with “{field}*", "text")
        display.type(reason)

    def open_reviewer(self):
        reviewer = Desk(self.reviewer_display, self.sample.desk_command("reviewer"),
                        self.sample.desk_environment())
        reviewer.select(NAME + "*")
        return reviewer

    def return_report(self):
        reviewer = self.open_reviewer()
        try:
            reviewer.press("Return…", "push button")
            reviewer.find("Mark a Field")
            self.picture("return-empty", reviewer)
            reviewer.display.type("Please be more exact in two places.")
            self.mark(reviewer, "Clothing", "Which shoes, which trousers?")
            self.mark(reviewer, "Height", "Ask the mother how tall he is.")
            self.picture("return", reviewer)
            reviewer.press("*Return", "push button")
            case = self.wait_for("it was not returned", lambda c: c["state"] == "returned")
            reviewer.wait_for_text("Nothing to Review")
        finally:
            reviewer.close()
        self.expect("reasons at fields", {
            "clothing": "Which shoes, which trousers?",
            "height_cm": "Ask the mother how tall he is.",
        }, {r["field"]: r["reason"] for r in case["field_reasons"]})

    def mend(self):
        self.desk.wait_for_text("Please be more exact in two places.")
        self.desk.press("Edit and Submit…")
        self.desk.wait_for_text("The reviewer asks: Which shoes, which trousers?")
        self.desk.wait_for_text("The reviewer asks: Ask the mother how tall he is.")
        self.desk.wait_for_text("Marked below: Clothing · Height (cm)")
        self.picture("reasons")
        # The keyboard is at the first of them.
        self.desk.display.key("ctrl+a")
        self.desk.display.type("蓝色校服外套，黑色长裤，白色球鞋")
        self.desk.wait_for_text("Seen to. The reviewer asked: Which shoes, which trousers?")
        self.desk.fill("Height (cm)", "152")
        self.desk.wait_for_text("All that is marked below has been seen to.")
        self.picture("seen-to")
        self.desk.press("Submit")
        case = self.wait_for("it was not submitted again", lambda c: c["state"] == "submitted")
        self.expect("height", 152, case["report"]["height_cm"])
        self.expect("reasons left", None, case.get("field_reasons"))

    def approve(self):
        reviewer = self.open_reviewer()
        try:
            reviewer.press("Approve", "push button")
            reviewer.wait_for_text("Nothing to Review")
        finally:
            reviewer.close()
        self.desk.wait_for_text("Published")

    # --- the amendment ------------------------------------------------------------------

    def kept(self):
        store = sqlite3.connect(self.sample.folder / "officer" / "station.sqlite")
        try:
            row = store.execute("SELECT record, reason FROM amending").fetchone()
            return (json.loads(row[0])["report"], row[1]) if row else (None, None)
        finally:
            store.close()

    def fill_in_form(self, name, text):
        """The panel of what will be sent covers the lower half of the form."""
        self.desk.foot = 310
        self.desk.fill(name, text)
        self.desk.foot = 80

    def amend(self):
        case = self.case()
        self.desk.press("Amend…", "push button")
        self.desk.wait_for_text("Nothing has been changed yet.")
        self.picture("amend-empty")
        self.fill_in_form("Clothing", "粉色外套，黑色长裤")
        self.fill_in_form("Height (cm)", "15x")
        self.desk.wait_for_text("enter a whole number")
        self.desk.fill("Reason for the Update", "邻居看见他换了外套")
        time.sleep(1.2)
        self.desk.process.send_signal(signal.SIGKILL)
        self.desk.process.wait()
        report, reason = self.kept()
        self.expect("clothing kept", "粉色外套，黑色长裤", report.get("clothing"))
        self.expect("reason kept", "邻居看见他换了外套", reason)
        self.expect("clothing at the service", case["report"]["clothing"],
                    self.case()["report"]["clothing"])
        self.open_desk()
        self.desk.select(NAME + "*")
        self.desk.wait_for_text("An amendment is being written here.")
        self.picture("amending-kept")
        self.desk.press("Go On Amending…")
        self.desk.wait_for_text("Now: 粉色外套，黑色长裤")
        self.desk.wait_for_text("enter a whole number")
        # The reason is the one from before the kill: it is read in the history below.
        self.fill_in_form("Height (cm)", "152")
        self.desk.wait_for_text("The notice changes everywhere; nobody is alerted anew.")
        self.picture("amend")
        self.desk.press("Send Amendment")
        message = self.sample.partners.wait_for("notice.updated", 21, case["id"], partner=PARTNER)
        if message is None:
            raise Failure("the partners were not told of the amendment")
        self.expect("told to the partner", True, "粉色外套，黑色长裤" in json.dumps(
            message, ensure_ascii=False))
        self.desk.press("History…")
        self.desk.wait_for_window("History")
        self.desk.wait_for_text("“邻居看见他换了外套”")
        self.desk.wait_for_text("Now: 粉色外套，黑色长裤")
        self.desk.wait_for_text("Was: 蓝色校服外套，黑色长裤，白色球鞋")
        self.desk.wait_for_text("王军 ·")
        self.desk.wait_for_text("Which shoes, which trousers?")
        self.picture("history")
        self.desk.display.key("Escape")

    # --- the conflict --------------------------------------------------------------------------

    def meet_another(self):
        """The desk's amendment waits without a line while another reaches the service."""
        own_port = self.sample.port
        self.sample.stop_service()
        self.desk.wait_for_text("can't be reached", 60)
        self.desk.press("Amend…", "push button")
        self.fill_in_form("Clothing", "绿色外套")
        self.fill_in_form("Marks", "左手有疤")
        self.desk.fill("Reason for the Update", "出租车司机说的")
        self.desk.press("Send Amendment")
        self.desk.wait_for_text("waiting to be sent")
        self.desk.press("History…")
        self.desk.wait_for_text("This is what was fetched last")
        self.desk.wait_for_text("“邻居看见他换了外套”")
        self.picture("history-offline")
        self.desk.display.key("Escape")

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.sample.port = probe.getsockname()[1]
        self.sample.start_service()
        self.officer.service = f"http://127.0.0.1:{self.sample.port}"
        self.amend_elsewhere({"clothing": "红色外套"}, "同学说的")
        self.sample.stop_service()
        self.sample.port = own_port
        self.sample.start_service()
        self.officer.service = self.sample.service

        self.desk.wait_for_text("the service refused it", 60)
        self.picture("refused")
        self.desk.press("Compare What Was Refused…")
        self.desk.wait_for_window("Refused Amendment")
        for text in ("绿色外套", "红色外套", "左手有疤", "Your reason: 出租车司机说的",
                     "Somebody else has changed this too."):
            self.desk.wait_for_text(text)
        self.picture("compare")
        self.desk.press("Amend Again…")
        self.desk.wait_for_text("New: 左手有疤")
        self.picture("amend-again")
        self.desk.press("Send Amendment")
        case = self.wait_for("the marks did not arrive",
                             lambda c: c["report"].get("marks") == "左手有疤")
        self.expect("clothing, the other's", "红色外套", case["report"]["clothing"])
        wait_until("nothing refused any more",
                   lambda: self.desk.find_now("Compare What Was Refused…") is None)

    def change_under_the_pen(self):
        """Somebody else changes the case while it is being amended here."""
        self.desk.press("Amend…", "push button")
        self.fill_in_form("Marks", "左手有疤，缺一颗牙")
        self.amend_elsewhere({"marks": "右手有疤", "clothing": "黄色外套"}, "母亲说的")
        self.desk.wait_for_text("Somebody else has changed this too, to: 右手有疤")
        self.desk.wait_for_text("Changed by somebody else just now. It was: 红色外套")
        self.desk.wait_for_text("Now: 左手有疤，缺一颗牙")
        self.picture("under-the-pen")
        self.desk.fill("Reason for the Update", "母亲又说")
        self.desk.press("Send Amendment")
        case = self.wait_for("the marks did not arrive",
                             lambda c: c["report"].get("marks") == "左手有疤，缺一颗牙")
        self.expect("clothing, the other's", "黄色外套", case["report"]["clothing"])

    def run(self):
        self.sample.start_service()
        self.officer = self.sample.signed_in("officer")
        self.file_report()
        self.return_report()
        self.mend()
        self.approve()
        self.amend()
        self.meet_another()
        self.change_under_the_pen()
        self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(Revise))
