#!/usr/bin/env python3
"""Opens the desk in Chinese, goes through its pages and a report, and fails
where a text still stands in English that has a translation.
"""

import argparse
import gettext
import pathlib
import sys

from driver import Desk, Display, Failure
from sample import Sample

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOCALE = "zh_CN"


class Look:
    def __init__(self, build, folder):
        self.build = build
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        catalogue = build / "po" / LOCALE / "LC_MESSAGES" / "reunion.mo"
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

    def check(self, desk, what):
        texts = desk.texts()
        self.n_texts += len(texts)
        english = [text for text in texts if self.is_english(text)]
        desk.screenshot(self.folder / f"{LOCALE}-{what}.png")
        if english:
            raise Failure(f"{what}: still in English: {english}")

    def pages(self, desk):
        desk.wait_for_text("杨晓峰")
        self.check(desk, "cases")
        desk.select("Aaa Bbb*")
        desk.wait_for_text(self.label("since last seen"))
        self.check(desk, "case")
        for number, page, shown in ((2, "tips", "All Tips"), (3, "review", "Nothing to Review"),
                                    (4, "statistics", "By Province")):
            desk.display.key(f"alt+{number}")
            desk.wait_for_text(self.label(shown))
            self.check(desk, page)
        desk.display.key("alt+1")

    def report(self, desk):
        desk.display.key("ctrl+n")
        desk.find(self.label("Name"), "text")
        desk.fill(self.label("Name"), "杨小峰")
        desk.fill(self.label("Last seen"), "40分钟前")
        desk.display.key("Tab")
        desk.wait_for_text("40 分钟前")
        self.check(desk, "report")

    def run(self):
        display = Display()
        try:
            with Sample(ROOT, self.build, locale=LOCALE) as sample:
                sample.start_service()
                desk = Desk(display, sample.desk_command("officer"), sample.desk_environment())
                try:
                    self.pages(desk)
                    self.report(desk)
                finally:
                    desk.close()
        finally:
            display.close()
        print(f"{self.n_texts} texts, none of them left in English")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build", help="the build folder")
    parser.add_argument("--screenshots", default="build/screenshots", help="where pictures go")
    options = parser.parse_args()

    try:
        Look(pathlib.Path(options.build).resolve(), pathlib.Path(options.screenshots)).run()
    except Failure as failure:
        print(failure)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
