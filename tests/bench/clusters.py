#!/usr/bin/env python3
"""Times the tips' cluster index beside npm's supercluster on the same points.

  clusters.py [--build build] [--points 100000 1000000]

Installs supercluster by name into a temporary folder, runs both under two rules and
prints a table. Ends with 1 when the two don't find as many marks at every zoom;
for that supercluster runs once more with positions in double precision, as Reunion's
are: in single precision the order in which it adds decides over neighbours.
"""

# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = "supercluster@8.0.1"
# Name, radius and tile in pixels, shallowest and deepest zoom.
RULES = [
    ("supercluster's own", 40, 512, 0, 16),
    ("the tip layer's", 44, 256, 0, 18),
]


def ask(command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def print_row(label, theirs, ours, digits):
    print(f"| {label:58} | {theirs:13.{digits}f} | {ours:8.{digits}f} | {theirs / ours:7.1f} |", flush=True)


def compare(bench, folder, points, n_points, rule):
    """Whether both found as many marks at each zoom."""
    name, *numbers = rule
    options = [str(number) for number in numbers]
    theirs = ask(["node", "--max-old-space-size=6000", os.path.join(HERE, "clusters.mjs"), folder, points, *options])
    ours = ask([bench, "run", points, *options])
    print_row(f"{n_points:,} points, {name} rule: build", theirs["build_ms"], ours["build_ms"], 1)
    for share in ("p50", "p99"):
        key = f"query_{share}_ms"
        print_row(f"{n_points:,} points, {name} rule: query, {share}", theirs[key], ours[key], 4)
    exact = ask(["node", "--max-old-space-size=6000", os.path.join(HERE, "clusters.mjs"), folder, points, *options,
                 "exact"])
    if exact["counts"] == ours["counts"]:
        return True
    for zoom, expected in exact["counts"].items():
        if ours["counts"][zoom] != expected:
            print(f"zoom {zoom}: expected {expected} marks, found {ours['counts'][zoom]}", file=sys.stderr)
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--points", type=int, nargs="+", default=[100000, 1000000])
    arguments = parser.parse_args()
    bench = os.path.join(arguments.build, "tests", "bench", "bench-clusters")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE],
                       check=True, stdout=sys.stderr)
        print(f"| {'milliseconds; marks are as many on both sides':58} |  supercluster |  Reunion |   ratio |")
        print("|---|---|---|---|")
        same = True
        for n_points in arguments.points:
            points = os.path.join(folder, "points")
            subprocess.run([bench, "make", points, str(n_points)], check=True)
            for rule in RULES:
                same = compare(bench, folder, points, n_points, rule) and same
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
