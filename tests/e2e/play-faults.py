#!/usr/bin/env python3
"""What goes wrong at a desk, played through the real window: a time in the
future, a broken ID number, a photo that is none, Submit pressed early, the
program killed in the middle of a report, a service that answers nonsense. Each
gets a sentence, and nothing that was typed is lost.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import json
import signal
import sqlite3
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import play
from driver import Failure, wait_until
from report import Report


class Nonsense:
    """Stands where the service should be, and says what no service says."""

    ANSWERS = [
        (200, "text/html", b"<html><body>Welcome to the hotel's network</body></html>"),
        (200, "application/json", b'{"token": 7, "account": []}'),
        (200, "application/json", b"\xff\xfe{"),
        (302, "text/plain", b""),
        (500, "text/plain", b"core dumped"),
    ]

    def __init__(self, port):
        owner = self
        self.n_requests = 0

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                status, kind, body = owner.ANSWERS[owner.n_requests % len(owner.ANSWERS)]
                owner.n_requests += 1
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Faults(play.Play):
    prefix = "faults-"

    def stored_draft(self):
        """The one draft in the desk's store: its report, and what could not be read."""
        store = sqlite3.connect(self.sample.folder / "officer" / "station.sqlite")
        try:
            rows = store.execute("SELECT id, record FROM cases WHERE state = 'draft'").fetchall()
            if len(rows) != 1:
                raise Failure(f"one draft expected in the store, found {len(rows)}")
            unread = store.execute("SELECT value FROM settings WHERE key = ?",
                                   ("draft-text:" + rows[0][0],)).fetchone()
            return json.loads(rows[0][1])["report"], json.loads(unread[0]) if unread else {}
        finally:
            store.close()

    # --- the faults --------------------------------------------------------------

    def submit_empty(self):
        self.desk.press("New Report")
        self.desk.find("Name", "text")
        self.desk.press("Submit")
        self.desk.wait_for_text("things are still missing")
        self.desk.wait_for_text("Enter the name, or how the person can be described.")
        self.picture("submitted-early")

    def choose_what_is_no_photo(self):
        no_photo = self.sample.folder / "holiday.jpg"
        no_photo.write_text("This is no picture.")
        Report(no_photo).choose_photo(self.desk)
        self.desk.wait_for_text("holiday.jpg")
        self.picture("no-photo")

    def type_what_can_not_be(self):
        self.desk.fill("Name", "马小跳")
        self.desk.fill("Resident ID number", "520524201305041234")
        self.desk.wait_for_text("The last character should be 5, not 4")
        self.desk.fill("Age", "thirteen")
        self.desk.wait_for_text("enter a whole number")
        self.desk.fill("Last seen", "2099-01-01 10:00")
        self.desk.wait_for_text("is still to come")
        self.desk.fill("What happened", "说去找同学，没有回来")
        self.picture("can-not-be")

    def survive_kill(self):
        time.sleep(1.5)  # what is promised: at most the last second is lost
        self.desk.process.send_signal(signal.SIGKILL)
        self.desk.process.wait()
        report, unread = self.stored_draft()
        self.expect("name kept", "马小跳", report.get("name"))
        self.expect("what happened kept", "说去找同学，没有回来", report.get("circumstances"))
        self.expect("ID number as typed kept", "520524201305041234", unread.get("resident_id"))
        self.expect("age as typed kept", "thirteen", unread.get("age_years"))
        self.expect("time as typed kept", "2099-01-01 10:00", unread.get("last_seen"))
        self.open_desk()
        self.desk.select("马小跳*")
        self.desk.press("Edit and Submit…")
        self.desk.wait_for_text("The last character should be 5, not 4")
        self.desk.wait_for_text("enter a whole number")
        self.desk.wait_for_text("is still to come")
        self.picture("after-the-kill")
        self.desk.press("Back to Cases")

    def meet_nonsense(self):
        self.sample.stop_service(signal.SIGKILL)
        nonsense = Nonsense(self.sample.port)
        try:
            self.desk.wait_for_text("goes out once, by itself", 60)
            report = Report(self.photo("chaoyang-boy.jpg"), name="孙小宁")
            report.enter(self.desk)
            self.desk.press("Submit")
            self.desk.wait_for_text("Waiting to be sent")
            self.desk.wait_for_text("2 items wait on this PC")
            seen = nonsense.n_requests
            self.desk.press("*Try Now")
            wait_until("the desk asking again", lambda: nonsense.n_requests > seen + 3, 60)
            self.desk.wait_for_text("2 items wait on this PC")
            self.picture("nonsense")
        finally:
            nonsense.close()
        self.sample.start_service()
        officer = self.sample.signed_in("officer")
        if officer.wait_for_case(lambda c: c["report"].get("name") == "孙小宁", 90) is None:
            raise Failure("the report did not go out when the real service was back")
        self.desk.wait_for_text("In review", 60)
        self.expect("cases that arrived", 1, sum(
            1 for c in officer.cases().values() if c["report"].get("name") == "孙小宁"))
        self.picture("service-back")

    def run(self):
        self.sample.start_service()
        self.open_desk()
        self.desk.wait_for_text("杨晓峰")
        self.submit_empty()
        self.choose_what_is_no_photo()
        self.type_what_can_not_be()
        self.survive_kill()
        self.meet_nonsense()
        self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(Faults))
