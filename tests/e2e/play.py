"""What every play has in common: a service on sample data, a desk on a display
of its own, pictures of what was seen, and an end whatever happened.
"""

import argparse
import pathlib
import signal
import sys

from driver import Desk, Display, Failure
from sample import Sample

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Play:
    """One play; @prefix goes before the names of its pictures."""

    locale = None
    prefix = ""

    def __init__(self, build, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sample = Sample(ROOT, pathlib.Path(build).resolve(), locale=self.locale)
        self.display = Display()
        self.desk = None
        self.n_pictures = 0

    def run(self):
        raise NotImplementedError

    def say(self, what):
        print(f"  {what}", flush=True)

    def picture(self, name, desk=None):
        self.n_pictures += 1
        path = self.folder / f"{self.prefix}{self.n_pictures:02}-{name}.png"
        (desk or self.desk).screenshot(path)
        self.say(path.name)

    def expect(self, what, expected, found):
        if expected != found:
            raise Failure(f"{what}: expected {expected!r}, found {found!r}")
        self.say(f"{what}: {found}")

    def photo(self, name):
        return self.sample.data / "portraits" / name

    def open_desk(self, role="officer"):
        self.desk = Desk(self.display, self.sample.desk_command(role),
                         self.sample.desk_environment())

    def close_desk(self):
        self.desk.close()
        self.desk = None

    def end(self):
        try:
            if self.desk is not None and self.desk.process.poll() is None:
                self.picture("failed")
                print("\n".join(self.desk.texts()), file=sys.stderr)
                self.desk.process.kill()
                self.desk.process.wait()
        finally:
            self.display.close()


def main(play_class):
    """Plays; returns the exit status: 1 at the first step that did not happen."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__.split("\n\n")[0])
    parser.add_argument("--build", default="build", help="the build folder")
    parser.add_argument("--screenshots", default="build/screenshots",
                        help="where to leave the pictures")
    options = parser.parse_args()

    # Ended from outside, it still ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    play = play_class(options.build, options.screenshots)
    with play.sample:
        try:
            play.run()
        except Failure as failure:
            print(f"FAILED: {failure}", file=sys.stderr)
            return 1
        finally:
            play.end()
    print(f"Played to its end; {play.n_pictures} pictures in {options.screenshots}")
    return 0
