#!/usr/bin/env python3
"""Two reports at once at one desk, and a mind that is changed: undo and redo from
the keyboard over entries, a choice, a photo and the map; two drafts typed in turn,
and the program killed; then a large file of an earlier version, killed while it is
brought up to date, which goes on from there.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import datetime
import json
import signal
import sqlite3
import sys
import time
import uuid

import play
from driver import Failure, wait_until
from report import Report

N_LARGE = 20000


class Undo(play.Play):
    prefix = "undo-"

    def words(self):
        """What the window says, by what this play calls it."""
        return {
            "new": "New Report", "name": "Name", "clothing": "Clothing", "male": "Male",
            "age": "Age", "undo": "Undo", "redo": "Redo", "remove": "Remove Photo",
            "back": "Back to Cases", "drafts": "Unfinished Reports", "unnamed": "Unnamed, begun*",
            "edit": "Edit and Submit…", "whole number": "enter a whole number",
            "upgrade": "up to Date…",
        }

    def store(self):
        return sqlite3.connect(self.sample.folder / "officer" / "station.sqlite")

    def drafts(self):
        """The drafts in the desk's store by id: report, photos, what can't be read."""
        store = self.store()
        try:
            found = {}
            for case_id, record in store.execute(
                    "SELECT id, record FROM cases WHERE state = 'draft'"):
                unread = store.execute("SELECT value FROM settings WHERE key = ?",
                                       ("draft-text:" + case_id,)).fetchone()
                case = json.loads(record)
                found[case_id] = (case["report"], case.get("photos", []),
                                  json.loads(unread[0]) if unread and unread[0] else {})
            return found
        finally:
            store.close()

    def draft(self, **values):
        """The draft that has these values; None when there is none."""
        for report, photos, unread in self.drafts().values():
            if all(report.get(key) == value for key, value in values.items()):
                return report, photos, unread
        return None

    def wait_for_draft(self, what, probe):
        def fits():
            return any(probe(*draft) for draft in self.drafts().values())

        wait_until(f"in the store: {what}", fits, 10)
        self.say(f"in the store: {what}")

    def is_sensitive(self, name):
        from accessible import Atspi
        return self.desk.find(name, "push button").get_state_set().contains(
            Atspi.StateType.SENSITIVE)

    def text_of(self, name):
        node = self.desk.find(name, "text")
        return node.get_text()

    def wait_for_typed(self, name, expected):
        wait_until(f"“{expected}” in “{name}”", lambda: self.text_of(name) == expected)

    # --- undo ---------------------------------------------------------------------

    def change_my_mind(self):
        self.desk.press(self.word["new"])
        self.desk.find(self.word["name"], "text")
        self.expect("Undo at the start", False, self.is_sensitive(self.word["undo"]))
        Report(self.photo("zhijin-boy.jpg")).choose_photo(self.desk)
        self.desk.find(self.word["remove"], "push button")
        self.desk.fill(self.word["name"], "Li Lei")
        self.desk.press(self.word["male"], "push button")
        self.desk.fill(self.word["clothing"], "blue coat")
        self.desk.fill(self.word["age"], "thirteen")
        self.desk.wait_for_text(self.word["whole number"])
        self.picture("typed")

    def take_it_back(self):
        self.display.key("ctrl+z")
        self.wait_for_typed(self.word["age"], "")
        self.display.key("ctrl+z")
        self.wait_for_typed(self.word["clothing"], "blue ")
        self.display.key("ctrl+z")
        self.wait_for_typed(self.word["clothing"], "")
        self.display.key("ctrl+z", "ctrl+z", "ctrl+z")
        self.wait_for_typed(self.word["name"], "")
        self.desk.press(self.word["undo"])
        wait_until("no photo", lambda: self.desk.find_now(self.word["remove"]) is None)
        self.wait_for_draft("all is taken back", lambda report, photos, unread:
                            not photos and not unread and "name" not in report)
        self.expect("Undo at the end", False, self.is_sensitive(self.word["undo"]))
        self.picture("taken-back")

    def bring_it_back(self):
        for _ in range(3):
            self.display.key("ctrl+shift+z")
        self.desk.find(self.word["remove"], "push button")
        self.wait_for_typed(self.word["name"], "Li Lei")
        for _ in range(4):
            self.display.key("ctrl+y")
        self.wait_for_typed(self.word["age"], "thirteen")
        self.desk.wait_for_text(self.word["whole number"])
        self.wait_for_draft("all is brought back", lambda report, photos, unread:
                            len(photos) == 1 and report.get("name") == "Li Lei"
                            and report.get("clothing") == "blue coat"
                            and report.get("sex") == "male"
                            and unread == {"age_years": "thirteen"})
        self.expect("Redo at the end", False, self.is_sensitive(self.word["redo"]))
        # What comes next is typed where the last step happened.
        self.display.key("ctrl+z")
        self.wait_for_typed(self.word["age"], "")
        self.display.type("13")
        self.wait_for_draft("the age typed after undo", lambda report, photos, unread:
                            report.get("age_years") == 13)
        self.picture("brought-back")

    # --- two drafts -----------------------------------------------------------------

    def write_two(self):
        self.display.key("ctrl+n")
        wait_until("an empty form", lambda: self.text_of(self.word["name"]) == "")
        self.desk.find(self.word["unnamed"], "label")
        self.desk.fill(self.word["clothing"], "red cap")
        self.display.key("Left", "Left", "Left")
        self.picture("second-draft")
        self.open_menu()
        self.picture("other-drafts")
        self.choose_in_menu("Li Lei")
        self.wait_for_typed(self.word["name"], "Li Lei")
        self.wait_for_typed(self.word["age"], "13")
        time.sleep(0.4)
        self.display.type("4")  # goes on where the caret was
        self.wait_for_typed(self.word["age"], "134")
        self.display.key("BackSpace")
        self.open_menu()
        self.choose_in_menu(self.word["unnamed"])
        self.wait_for_typed(self.word["clothing"], "red cap")
        time.sleep(0.4)
        self.display.type("knit ")
        self.wait_for_typed(self.word["clothing"], "red knit cap")
        self.open_menu()
        self.choose_in_menu("Li Lei")
        self.wait_for_typed(self.word["age"], "13")
        self.desk.fill(self.word["clothing"], "blue coat, torn")

    def open_menu(self):
        self.desk.click_node(self.desk.find(self.word["drafts"]))
        time.sleep(0.4)

    def choose_in_menu(self, name):
        self.desk.find(name, "menu item")
        self.display.key("Return")  # the only one

    def survive_kill(self):
        time.sleep(1.5)  # what is promised: at most the last second is lost
        self.desk.process.send_signal(signal.SIGKILL)
        self.desk.process.wait()
        self.expect("drafts kept", 2, len(self.drafts()))
        if self.draft(clothing="red knit cap") is None:
            raise Failure(f"the second draft is not as typed: {self.drafts()}")
        if self.draft(clothing="blue coat, torn", age_years=13, name="Li Lei") is None:
            raise Failure(f"the first draft is not as typed: {self.drafts()}")
        self.open_desk()
        self.desk.find("Li Lei*")
        self.desk.select(self.word["unnamed"])
        self.picture("after-the-kill")
        self.desk.press(self.word["edit"])
        self.wait_for_typed(self.word["clothing"], "red knit cap")
        time.sleep(0.4)
        self.display.type("old ")
        self.wait_for_typed(self.word["clothing"], "red knit old cap")
        self.desk.press(self.word["back"])
        self.desk.find(self.word["edit"])

    # --- a large file of an earlier version ------------------------------------------

    def make_large(self):
        """As an earlier version left it: many cases, and an index by other rules."""
        store = self.store()
        (record,) = store.execute("SELECT record FROM cases WHERE state = 'closed'"
                                  " OR state = 'escalating' LIMIT 1").fetchone()
        columns = [row[1] for row in store.execute("PRAGMA table_info (cases)")]
        state, place, seen = store.execute(
            "SELECT state, place_in_list, last_seen_usec FROM cases WHERE record = ?",
            (record,)).fetchone()
        self.expect("columns known", True, {"id", "record", "is_dirty"} <= set(columns))
        case = json.loads(record)
        lost = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)
        with store:
            for number in range(N_LARGE):
                case["id"] = str(uuid.UUID(int=number * 2 ** 112 + 0x4000_8000_0000_0000_0000))
                moment = lost - datetime.timedelta(minutes=number)
                case["report"]["last_seen"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
                store.execute(
                    "INSERT INTO cases (id, state, place_in_list, last_seen_usec, revision,"
                    " is_dirty, record) VALUES (?, ?, ?, ?, 1, 0, ?)",
                    (case["id"], state, place, seen, json.dumps(case)))
            store.execute("UPDATE settings SET value = '0' WHERE key = 'search_text_version'")
        store.close()

    def n_indexed(self):
        store = self.store()
        try:
            return store.execute("SELECT count(*) FROM case_rows").fetchone()[0]
        finally:
            store.close()

    def upgrade(self):
        self.close_desk()
        self.make_large()
        self.open_desk()
        self.desk.wait_for_text(self.word["upgrade"])
        wait_until("some of it done", lambda: self.n_indexed() > 1000, 60)
        self.desk.process.send_signal(signal.SIGKILL)
        self.desk.process.wait()
        done = self.n_indexed()
        if not 1000 < done < N_LARGE:
            raise Failure(f"killed in the middle, with {done} of {N_LARGE} done")
        self.say(f"killed with {done} done")
        self.open_desk()
        self.desk.wait_for_text(self.word["upgrade"])
        self.picture("upgrade")
        self.desk.find("Li Lei*", timeout_s=120)
        if self.n_indexed() < N_LARGE:
            raise Failure(f"{self.n_indexed()} cases are in the index")
        store = self.store()
        (kept,) = store.execute(
            "SELECT count(*) FROM settings WHERE key = 'search_filled'").fetchone()
        store.close()
        self.expect("marks left of it", 0, kept)
        self.picture("upgraded")

    def run(self):
        self.word = self.words()
        self.sample.start_service()
        self.open_desk()
        self.desk.wait_for_text("杨晓峰")
        self.change_my_mind()
        self.take_it_back()
        self.bring_it_back()
        self.write_two()
        self.survive_kill()
        self.upgrade()
        self.close_desk()


if __name__ == "__main__":
    sys.exit(play.main(Undo))
