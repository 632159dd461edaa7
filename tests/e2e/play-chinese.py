#!/usr/bin/env python3
"""Opens the desk in Chinese, goes through its pages and a report, and fails
where a text still stands in English that has a translation.
"""

import gettext
import sys

import play
from driver import Failure


class Chinese(play.Play):
    locale = "zh_CN"
    prefix = "zh_CN-"

    def __init__(self, build, folder):
        super().__init__(build, folder)
        catalogue = self.sample.build / "po" / self.locale / "LC_MESSAGES" / "reunion.mo"
        with open(catalogue, "rb") as file:
            self.translate = gettext.GNUTranslations(file).gettext
        self.n_texts = 0

    def label(self, text):
        """@text as the window shows it, without its mnemonic."""
        translated = self.translate(text)
        start = translated.find("(_")
        return translated[:start] + translated[start + 4:] if start >= 0 else translated

    def is_english(self, text):
        return any(self.translate(own) != own for own in (text, "_" + text))

    def look(self, what):
        texts = self.desk.texts()
        self.n_texts += len(texts)
        english = [text for text in texts if self.is_english(text)]
        self.picture(what)
        if english:
            raise Failure(f"{what}: still in English: {english}")

    def look_through_pages(self):
        self.desk.wait_for_text("杨晓峰")
        self.look("cases")
        self.desk.select("Aaa Bbb*")
        self.desk.wait_for_text(self.label("since last seen"))
        self.look("case")
        for number, page, shown in ((2, "tips", "All Tips"), (3, "review", "Nothing to Review"),
                                    (4, "statistics", "By Province")):
            self.desk.display.key(f"alt+{number}")
            self.desk.wait_for_text(self.label(shown))
            self.look(page)
        self.desk.display.key("alt+1")

    def look_at_report(self):
        self.desk.display.key("ctrl+n")
        # The letter that leads to an entry stands behind its name: "姓名(A)".
        self.desk.find(self.label("Name") + "*", "text")
        self.desk.fill(self.label("Name") + "*", "杨小峰")
        self.desk.fill(self.label("Last seen") + "*", "40分钟前")
        self.desk.display.key("Tab")
        self.desk.wait_for_text("40 分钟前")
        self.look("report")

    def run(self):
        self.sample.start_service()
        self.open_desk()
        self.look_through_pages()
        self.look_at_report()
        self.close_desk()
        self.say(f"{self.n_texts} texts, none of them left in English")


if __name__ == "__main__":
    sys.exit(play.main(Chinese))
