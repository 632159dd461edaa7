#!/usr/bin/env python3
"""The public page and its form in a real Chromium: with and without scripts, on a telephone
and a desktop, in Chinese and English, before and after the end.

    public.py PROGRAM SCREENSHOTS [--all] [unittest's arguments]

Every size, language and scheme is looked at with --all, else some of each.

Whatever the console of the browser complains about fails the test.
"""

import http.client
import json
import pathlib
import sqlite3
import subprocess
import sys
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
IS_WHOLE = "--all" in sys.argv
if IS_WHOLE:
    sys.argv.remove("--all")
SHOTS = pathlib.Path(sys.argv.pop(2)).resolve()
sys.path[:0] = [str(HERE), str(HERE.parent / "central")]

from chromium import Chromium  # noqa: E402
from service import SAMPLE, Service, TIMEOUT_S  # noqa: E402

OFFICER, OTHER_OFFICER = "zhao.qiang", "wang.jun"
PHONE, DESKTOP = (360, 740), (1280, 800)
LOOKS = [(language, kind, dark) for language in ("zh-CN", "en-GB") for kind in ("phone", "desktop")
         for dark in (False, True)]
if not IS_WHOLE:
    LOOKS = [("zh-CN", "phone", False), ("en-GB", "desktop", True)]
WORDS = {
    "zh-CN": {"missing": "寻人：Aaa Bbb", "send": "发送给警方", "thanks": "警方已收到您的线索",
              "ended": "寻人启事已撤回", "erased": "已按规定删除", "clock": "已失踪",
              "proof": "官方网址", "fault": "请写下您看到了什么"},
    "en-GB": {"missing": "Missing: Aaa Bbb", "send": "Send to the police",
              "thanks": "The police have your tip", "ended": "This notice has been withdrawn",
              "erased": "has been erased", "clock": "Missing for", "proof": "official one",
              "fault": "Say what you saw"},
}


class Stream(threading.Thread):
    """The event stream of an officer, from now on."""

    def __init__(self, service, who):
        super().__init__(daemon=True)
        after = 0
        while True:
            _, page = service.call("GET", f"/v1/changes?after={after}&limit=1000", None, who)
            if page["next"] == after:
                break
            after = page["next"]
        self.connection = http.client.HTTPConnection("127.0.0.1", service.port,
                                                     timeout=TIMEOUT_S)
        self.connection.request("GET", f"/v1/events?after={after}", headers={
            "Authorization": "Bearer " + service.tokens[who]})
        self.answer = self.connection.getresponse()
        self.changes = []
        self.news = threading.Condition()
        self.start()

    def run(self):
        try:
            while line := self.answer.readline():
                if line.startswith(b"data: "):
                    with self.news:
                        self.changes.append(json.loads(line[6:]))
                        self.news.notify_all()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass

    def wait_for_tip(self, text, timeout_s=TIMEOUT_S):
        end = time.monotonic() + timeout_s
        with self.news:
            while True:
                for change in self.changes:
                    if change.get("tip", {}).get("text") == text:
                        return change["tip"]
                left = end - time.monotonic()
                if left <= 0:
                    return None
                self.news.wait(left)


class Public(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service()
        cls.addClassCleanup(cls.service.close)
        cls.url = cls.service.start("--sample", str(SAMPLE))
        cls.service.sign_in()
        cls.browser = Chromium()
        cls.addClassCleanup(cls.browser.close)
        cases = cls.service.cases("chen.fang").values()
        cls.open = next(c["id"] for c in cases if c["station"] == "131102-03")
        cls.closed, cls.expired = [c["id"] for c in cases if c["state"] == "closed"][:2]
        cls.names = [c["report"].get("name", "杨晓峰") for c in cases]
        with sqlite3.connect(cls.service.store, timeout=TIMEOUT_S) as db:
            record = json.loads(db.execute("SELECT record FROM cases WHERE id = ?",
                                           (cls.expired,)).fetchone()[0])
            record["state"] = "expired"
            db.execute("UPDATE cases SET state = 'expired', record = ? WHERE id = ?",
                       (json.dumps(record), cls.expired))
        db.close()
        cls.photo = cls.service.folder / "photo.jpg"
        cls.photo.write_bytes((SAMPLE / "portraits" / "hengshui-girl.jpg").read_bytes())

    def page(self, **options):
        page = self.browser.new_page(**options)
        self.addCleanup(page.close)
        self.addCleanup(self.expect_quiet, page)
        return page

    def look(self, language, kind, dark):
        width, height = PHONE if kind == "phone" else DESKTOP
        return self.page(width=width, height=height, language=language, dark=dark)

    def expect_quiet(self, page):
        """Nothing was refused by the policy, nothing failed to load, no script broke."""
        page.gather()
        self.assertEqual(page.said, [])

    def go(self, page, path, status=200):
        page.go(self.url + path)
        self.assertEqual(page.status, status, path)
        self.assertFalse(page.is_too_wide(), f"{path} has to be moved sideways")

    def alert(self, path="", case_id=None):
        return f"/alerts/{case_id or self.open}{path}"

    def photograph(self, page, name, whole=True):
        page.photograph(SHOTS / f"public-{name}.png", whole)

    def send(self, page):
        page.load(lambda: page.click(".send"), "the answer to the form")

    # --- the page ---------------------------------------------------------------------

    def test_page(self):
        for language, kind, dark in LOOKS:
            with self.subTest(language=language, kind=kind, dark=dark):
                page = self.look(language, kind, dark)
                self.go(page, self.alert())
                text = page.text()
                for word in ("missing", "clock", "proof"):
                    self.assertIn(WORDS[language][word], text)
                self.assertEqual(page.run(
                    "[...document.images].filter(i => !i.naturalWidth).length"), 0)
                self.assertEqual(page.run("document.images.length"), 2)
                self.assertEqual(page.run("document.cookie"), "")
                self.photograph(page, f"page-{kind}-{language[:2]}{'-dark' if dark else ''}")

    def test_without_script(self):
        page = self.page(script=False)
        self.go(page, self.alert())
        self.assertIn(WORDS["zh-CN"]["missing"], page.text())
        # The number to call is to be seen without moving.
        box = page.run("document.querySelector('.phone').getBoundingClientRect().bottom")
        self.assertLess(box, PHONE[1])
        self.photograph(page, "page-first-sight", whole=False)
        # To the other language and back, by links.
        page.load(lambda: page.click("a.tongue"), "English")
        self.assertIn(WORDS["en-GB"]["missing"], page.text())
        page.load(lambda: page.click(".web"), "the form")
        self.assertIn(WORDS["en-GB"]["send"], page.text())

    def test_redirect(self):
        page = self.page()
        self.go(page, f"/notice/{self.open}")
        self.assertEqual(page.run("location.pathname"), self.alert())

    def test_ended(self):
        for language, words in WORDS.items():
            for case_id, status in ((self.closed, 200), (self.expired, 410)):
                for path in ("", "/tips"):
                    with self.subTest(language=language, status=status, path=path):
                        page = self.page(language=language, expected=410)
                        page.go(self.url + self.alert(path, case_id))
                        self.assertEqual(page.status, 410 if path else status)
                        text = page.text()
                        self.assertIn(words["ended"], text)
                        if not path:
                            self.assertEqual(words["erased"] in text, status == 410)
                            self.photograph(page, f"{'closed' if status == 200 else 'expired'}-"
                                                  f"{language[:2]}")
                        for name in self.names:
                            self.assertNotIn(name, page.run("document.documentElement.outerHTML"))
                        self.assertEqual(page.run("document.images.length"), 0)

    def test_print(self):
        page = self.page(width=1280, height=800, dark=True)
        self.go(page, self.alert())
        page.print(SHOTS / "public-print.pdf")
        subprocess.run(["pdftoppm", "-png", "-r", "60", "-singlefile",
                        SHOTS / "public-print.pdf", SHOTS / "public-print"], check=True)
        text = subprocess.run(["pdftotext", "-raw", SHOTS / "public-print.pdf", "-"],
                              check=True, capture_output=True, text=True).stdout
        self.assertIn("0318-2101234", text)
        self.assertNotIn("在网上提供线索", text)

    # --- the form -----------------------------------------------------------------------

    def test_form_looks(self):
        for language, kind, dark in LOOKS:
            with self.subTest(language=language, kind=kind, dark=dark):
                page = self.look(language, kind, dark)
                self.go(page, self.alert("/tips"))
                self.photograph(page, f"form-{kind}-{language[:2]}{'-dark' if dark else ''}")

    def test_form_without_script(self):
        stream = Stream(self.service, OFFICER)
        other = Stream(self.service, OTHER_OFFICER)
        text = "没有脚本也能发送"
        page = self.page(script=False)
        self.go(page, self.alert("/tips"))
        page.type("#text", text)
        page.type("#place", "邯郸站")
        page.choose_file("#photo", self.photo)
        # The map has no script to help: it sends the form, and all comes back.
        page.load(lambda: page.click("#map", (0.4, 0.6)), "the marked map")
        self.assertEqual(page.status, 200)
        self.assertEqual(page.value("#text"), text)
        self.assertEqual(page.value("#place"), "邯郸站")
        self.assertRegex(page.value("#point"), r"^36\.\d{4}, 11[345]\.\d{4}$")
        self.assertTrue(page.run("location.hash === '#where'"))
        self.assertIn("已收到您选的照片", page.text())
        self.photograph(page, "form-marked")
        time.sleep(2)
        # Enter in a field sends the tip, and does not press the map.
        page.click("#place")
        page.load(page.press_enter, "the thanks")
        self.assertIn(WORDS["zh-CN"]["thanks"], page.text())
        number = page.text(".receipt b")
        self.photograph(page, "thanks-zh")
        tip = stream.wait_for_tip(text)
        self.assertIsNotNone(tip, "the officer has it on the event stream")
        self.assertEqual(tip["id"][:8].upper(), number)
        self.assertIn("photo", tip)
        self.assertIsNone(other.wait_for_tip(text, 0.2))

    def test_form_with_script(self):
        stream = Stream(self.service, OFFICER)
        near = Stream(self.service, "sun.lei")
        text = "With a script it is quicker"
        # Where another station is, which is told as well.
        page = self.page(language="en-GB", position=(35.46, 113.80))
        self.go(page, self.alert("/tips"))
        began = page.run("performance.timeOrigin")
        page.type("#text", text)
        page.click("#map", (0.5, 0.9))
        marked = page.value("#point")
        self.assertRegex(marked, r"^3\d\.\d{4}, 11\d\.\d{4}$")
        self.assertEqual(page.run("performance.timeOrigin"), began, "no other page for a mark")
        page.click("#point + .small")
        page.wait_until(lambda: page.value("#point") != marked, "the position")
        self.assertEqual(page.value("#point"), "35.4600, 113.8000")
        page.click("#seen + .small")
        self.assertRegex(page.value("#seen"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d$")
        page.choose_file("#photo", self.photo)
        page.wait_until(lambda: page.run(
            "(document.querySelector('.preview') || {}).naturalWidth > 0"), "the preview")
        self.photograph(page, "form-filled")
        time.sleep(2)
        self.send(page)
        self.assertIn(WORDS["en-GB"]["thanks"], page.text())
        self.photograph(page, "thanks-en")
        tip = stream.wait_for_tip(text)
        self.assertIsNotNone(tip, "the officer has it on the event stream")
        self.assertEqual((tip["latitude"], tip["longitude"]), (35.46, 113.8))
        self.assertEqual(tip["near_station"], "410782-02")
        self.assertIsNotNone(near.wait_for_tip(text), "the nearer station has it too")

    def test_twice(self):
        stream = Stream(self.service, OFFICER)
        page = self.page(script=False)
        self.go(page, self.alert("/tips"))
        page.type("#text", "只算一次")
        time.sleep(2)
        self.send(page)
        number = page.text(".receipt b")
        page.load(lambda: page.run("history.back()"), "the form again")
        page.load(lambda: page.click(".send"), "the thanks again")
        self.assertEqual(page.text(".receipt b"), number)
        self.assertIsNotNone(stream.wait_for_tip("只算一次"))
        time.sleep(0.3)
        self.assertEqual(sum(c.get("tip", {}).get("text") == "只算一次" for c in stream.changes), 1)

    def test_faults(self):
        broken = self.service.folder / "broken.jpg"
        broken.write_bytes(b"GIF89a this is no photo")
        for language, words in WORDS.items():
            for script in (False, True) if IS_WHOLE else (language == "en-GB",):
                with self.subTest(language=language, script=script):
                    page = self.page(language=language, script=script, expected=422)
                    self.go(page, self.alert("/tips"))
                    page.type("#contact", "<b>13900000101</b>")
                    page.type("#point", "somewhere\"><script>alert(1)</script>")
                    page.choose_file("#photo", broken)
                    self.send(page)
                    self.assertEqual(page.status, 422)
                    self.assertEqual(page.value("#contact"), "<b>13900000101</b>")
                    self.assertEqual(page.value("#point"), "somewhere\"><script>alert(1)</script>")
                    self.assertEqual(page.run("document.querySelectorAll('[aria-invalid]').length"),
                                     2)
                    self.assertEqual(page.run("document.querySelectorAll('.faults li').length"), 2)
                    self.photograph(page, f"faults-{language[:2]}")
                    # Nothing at all.
                    page = self.page(language=language, script=script, expected=422)
                    self.go(page, self.alert("/tips"))
                    self.send(page)
                    self.assertIn(words["fault"], page.text())

    def expect_refused(self, expression, kind):
        page = self.browser.new_page()
        self.addCleanup(page.close)
        self.go(page, self.alert("/tips"))
        page.run(expression)
        page.wait_until(lambda: page.gather() or page.said, f"a complaint about {kind}")
        self.assertIn("Content Security Policy", page.said[0])

    def test_policy(self):
        """That the console would say so, and that the policy holds."""
        for kind, expression in (
                ("a script", "var s = document.createElement('script'); s.textContent = 'var bad = 1';"
                             "document.body.append(s)"),
                ("a style", "var s = document.createElement('style'); s.textContent = 'a{}';"
                            "document.body.append(s)"),
                ("a picture", "new Image().src = 'http://127.0.0.1:9/x.png'"),
                ("a frame", "var f = document.createElement('iframe'); f.src = '/healthz';"
                            "document.body.append(f)"),
                ("a call", "fetch('/healthz').catch(() => 0); 0")):
            with self.subTest(kind=kind):
                self.expect_refused(expression, kind)

    def test_huge_photo(self):
        huge = self.service.folder / "huge.jpg"
        with open(huge, "wb") as out:
            out.write(b"\xff\xd8\xff")
            out.truncate(17 * 1024 * 1024)
        page = self.page()
        self.go(page, self.alert("/tips"))
        page.choose_file("#photo", huge)
        page.wait_until(lambda: "15 MB，请缩小" in page.text("#photo ~ .said")
                        if page.text("#photo ~ .said") else "超过15 MB" in page.text(),
                        "the sentence")
        self.assertEqual(page.value("#photo"), "")


if __name__ == "__main__":
    unittest.main(testRunner=unittest.TextTestRunner(stream=sys.stderr, verbosity=2))
