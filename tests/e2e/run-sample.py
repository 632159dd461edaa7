#!/usr/bin/env python3
"""`make run` with a display: the central service on sample data, the sample
partners, and the desk, signed in as the sample officer.

Ends everything that it started when the desk is closed.
"""

import argparse
import pathlib
import signal
import sys

from sample import Sample

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build", help="the build folder")
    options = parser.parse_args()

    # Ended from outside, it still ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with Sample(ROOT, pathlib.Path(options.build).resolve(), auto_tips=True) as sample:
        sample.start_service()
        print("The central service listens on", sample.service)
        print("Sample accounts:", ", ".join(f"{a} ({r})" for a, r in sample.accounts()))
        print("Their passwords stand in data/sample/accounts.json.")
        desk = sample.start_desk("officer")
        return desk.wait()


if __name__ == "__main__":
    sys.exit(main())
