#!/usr/bin/env python3
"""Plays one case through the real window, from the report to the withdrawal,
against the real service and a real receiver of webhooks; then the same with the
network down. A screenshot of each step is left behind.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import datetime
import signal
import sys
import time

import play
from driver import Desk, Display, Failure, wait_until
from report import Report, china_now, exact

# Reads WGS-84 and can alert a ring, so that what it is told can be compared.
PARTNER = "news-day"


class Path(play.Play):
    def __init__(self, build, folder):
        super().__init__(build, folder)
        self.reviewer_display = Display()

    # --- the path ------------------------------------------------------------

    def file_report(self):
        """Files a child who has been missing for almost an hour."""
        self.open_desk()
        self.desk.wait_for_text("杨晓峰")
        self.picture("cases")
        report = Report(self.photo("zhijin-boy-2.jpg"),
                        last_seen=exact(china_now() - datetime.timedelta(minutes=58)))
        report.enter(self.desk)
        self.picture("report")
        self.desk.find("Public Notice")
        self.desk.press("Public Notice")
        self.picture("public-notice")
        self.desk.press("Submit")
        case = self.officer.wait_for_case(lambda c: c["report"].get("name") == report.name)
        if case is None:
            raise Failure("the case did not arrive at the service")
        self.expect("state at the service", "submitted", case["state"])
        self.desk.wait_for_text("In review")
        self.picture("in-review")
        return case

    def approve(self, case):
        reviewer = Desk(self.reviewer_display, self.sample.desk_command("reviewer"),
                        self.sample.desk_environment())
        try:
            reviewer.select(case["report"]["name"] + "*")
            reviewer.find("Approve", "push button")
            self.picture("review", reviewer)
            reviewer.press("Approve", "push button")
            reviewer.wait_for_text("Nothing to Review")
        finally:
            reviewer.close()

    def follow_publication(self, case):
        partners = self.sample.partners
        message = partners.wait_for("notice.published", 21, case["id"], partner=PARTNER)
        if message is None:
            raise Failure(f"{partners.count('notice.published', case['id'])} of 21 partners were "
                          f"told; refused: {partners.refusals}")
        self.expect("partners told", 21, partners.count("notice.published", case["id"]))
        self.expect("radius pushed, km", 100, message["circle"]["radius_km"])
        self.desk.wait_for_text("Published")
        self.desk.wait_for_text("circle of 100 km")
        self.picture("published")

    def follow_escalation(self, case):
        self.say("waiting for the second hour to begin")
        message = self.sample.partners.wait_for("notice.escalated", 21, case["id"],
                                                timeout_s=120, partner=PARTNER)
        if message is None:
            raise Failure("no escalation was pushed to 21 partners")
        self.expect("radius pushed, km", 200, message["circle"]["radius_km"])
        self.expect("told before, km", 100, message["stage"]["told_radius_km"])
        self.desk.wait_for_text("circle of 200 km")
        self.picture("escalated")

    def take_tip(self, case):
        sent = time.monotonic()
        status, answer = self.sample.partners.send_tip(self.sample.service, PARTNER, {
            "tip_id": "play-1", "case_id": case["id"], "text": "在车站候车室看到一个很像的男孩",
            "place": "贵阳客运站", "latitude": 26.6477, "longitude": 106.6302,
            "seen": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        })
        self.expect("answer to the tip", 201, status)
        self.desk.wait_for_text("; 1 tip, nearest 86 km")
        self.say(f"on the officer's map after {time.monotonic() - sent:.2f} s")
        self.desk.wait_for_text("贵阳客运站")
        self.picture("tip")
        self.desk.press("Tips", "page tab")
        self.desk.select("贵阳客运站*")
        self.desk.press("Credible", "push button")
        self.desk.wait_for_text("Credible")
        self.picture("tips")
        self.desk.press("Cases", "page tab")

    def close_case(self, case):
        self.desk.press("Close Case…")
        self.desk.choose("How it ended", "Had left home")
        self.picture("closing")
        self.desk.press("Close Case", "push button")
        if self.sample.partners.wait_for("notice.withdrawn", 21, case["id"]) is None:
            raise Failure("the notice was not withdrawn at 21 partners")
        self.expect("partners that withdrew it", 21,
                   self.sample.partners.count("notice.withdrawn", case["id"]))
        self.desk.wait_for_text("Closed")
        self.picture("closed")

    # --- the same with the network down ----------------------------------------

    def count_cases(self, name):
        return sum(1 for case in self.officer.cases().values()
                   if case["report"].get("name") == name)

    def submit_offline(self, report):
        self.sample.stop_service(signal.SIGKILL)
        self.desk.wait_for_text("can't be reached", 40)
        report.enter(self.desk)
        self.desk.press("Submit")
        self.desk.wait_for_text("Waiting to be sent")
        self.desk.wait_for_text("2 items wait on this PC")  # the photo, and the report

    def queue_and_send(self):
        report = Report(self.photo("chaoyang-boy.jpg"), name="陈小亮", last_seen="-25m")
        self.submit_offline(report)
        self.picture("network-down")
        self.sample.start_service()
        self.officer = self.sample.signed_in("officer")
        if self.officer.wait_for_case(lambda c: c["report"].get("name") == report.name) is None:
            raise Failure("the report did not go out when the network was back")
        self.desk.wait_for_text("In review")
        self.picture("network-back")
        self.expect("cases that arrived", 1, self.count_cases(report.name))

    def queue_and_restart(self):
        """The desk is closed while its report waits; both are started again."""
        report = Report(self.photo("huixian-boy.jpg"), name="赵小川", last_seen="-15m")
        self.submit_offline(report)
        self.close_desk()
        self.sample.start_service()
        self.officer = self.sample.signed_in("officer")
        self.expect("cases before the desk is back", 0, self.count_cases(report.name))
        self.open_desk()
        if self.officer.wait_for_case(lambda c: c["report"].get("name") == report.name) is None:
            raise Failure("the report did not go out after both were started again")
        self.desk.wait_for_text("In review")
        wait_until("an empty outbox",
                   lambda: not any("wait" in text for text in self.desk.texts()))
        self.picture("restarted")
        time.sleep(2)  # room for a second sending, which must not come
        self.expect("cases that arrived", 1, self.count_cases(report.name))

    def run(self):
        self.sample.start_service()
        self.officer = self.sample.signed_in("officer")
        case = self.file_report()
        self.approve(case)
        self.follow_publication(case)
        self.follow_escalation(case)
        self.take_tip(case)
        self.close_case(case)
        self.expect("signatures that did not fit", [], self.sample.partners.refusals)
        self.queue_and_send()
        self.queue_and_restart()
        self.close_desk()

    def end(self):
        super().end()
        self.reviewer_display.close()


if __name__ == "__main__":
    sys.exit(play.main(Path))
