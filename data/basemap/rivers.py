# rivers.py: rivers and lakes of the base map, from GSHHG by way of GMT
#
# Rivers are World Data Bank II's, lakes GSHHG's. GMT keeps both cut into small
# squares and prints what is in each; here the pieces become whole lines again.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import math
import os
import subprocess
import tempfile
from collections import defaultdict

import geometry as g

# World Data Bank II's classes: 0 has both banks, 1 to 4 are permanent rivers
# from the greatest down. What only runs at times is left out, as are canals
# but for the great ones (8).
BANKS, GREAT, MAIN, LESSER, MINOR, CANAL = 0, 1, 2, 3, 4, 8

# Around China: here a map shows more.
HOME = (72.0, 17.0, 136.0, 55.0)

# Nothing as large as this is a lake: the Caspian is part of the coast.
LARGEST_LAKE_DEG2 = 25.0

# For each band of the map: the classes abroad and those at home; how far a line
# may be off and how long one has to be at least, in world units; how large a
# lake has to be abroad and at home, in square degrees.
BANDS = [
    dict(classes=((GREAT,), (GREAT,)), off=2600, length=20000, lake=(1.0, 0.5)),
    dict(classes=((GREAT,), (GREAT, MAIN)), off=900, length=12000, lake=(0.3, 0.1)),
    dict(classes=((GREAT, MAIN), (GREAT, MAIN, LESSER)), off=280, length=6000, lake=(0.06, 0.02)),
    dict(classes=((GREAT, MAIN), (GREAT, MAIN, LESSER, MINOR, CANAL)), off=56, length=1500,
         lake=(0.02, 0.002)),
]


def dump(*options):
    """What GMT prints of the whole world: pieces of lines, in degrees."""
    # It keeps a diary where it runs, and heeds a user's settings.
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run(["gmt", "pscoast", "-Rd", "-Dh", *options, "-M"], check=True,
                              stdout=subprocess.PIPE, cwd=folder,
                              env=dict(os.environ, HOME=folder, GMT_USERDIR=folder)
                              ).stdout.decode("ascii")
    pieces = []
    for line in text.splitlines():
        if line.startswith(">"):
            pieces.append([])
        elif line and not line.startswith("#"):
            lon, lat = (float(v) for v in line.split()[:2])
            point = (round((lon + 180) % 360 - 180, 4), round(lat, 4))
            if not pieces[-1] or pieces[-1][-1] != point:
                pieces[-1].append(point)
    # No piece is as wide as that but one that jumps from one side of the map to
    # the other.
    return [part for piece in pieces
            for part in g.split_line(piece, lambda a, b: abs(a[0] - b[0]) < 90)]


def join(pieces):
    """Lines as long as can be: joined wherever two ends, and only two, meet."""
    pieces = sorted(set(map(tuple, pieces)))
    at = defaultdict(list)
    for i, piece in enumerate(pieces):
        at[piece[0]].append(i)
        at[piece[-1]].append(i)
    used = [False] * len(pieces)

    def grow(line):
        while True:
            here = at[line[-1]]
            rest = [i for i in here if not used[i]]
            if len(here) != 2 or len(rest) != 1:
                return line
            used[rest[0]] = True
            piece = pieces[rest[0]]
            line = line + list(piece[1:] if piece[0] == line[-1] else piece[-2::-1])

    lines = []
    for i, piece in enumerate(pieces):
        if not used[i]:
            used[i] = True
            lines.append(grow(grow(list(piece))[::-1]))
    return lines


def simplify(line, off):
    """Douglas and Peucker's way, without going round in calls."""
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: math.dist(line[i], line[0]))
        return simplify(line[:far + 1], off)[:-1] + simplify(line[far:], off)
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = bx - ax, by - ay
        span = math.hypot(dx, dy)
        worst, where = off, None
        for i in range(first + 1, last):
            x, y = line[i][0] - ax, line[i][1] - ay
            far = abs(x * dy - y * dx) / span if span else math.hypot(x, y)
            if far > worst:
                worst, where = far, i
        if where is not None:
            keep.add(where)
            todo += [(first, where), (where, last)]
    return [line[i] for i in sorted(keep)]


def length(line):
    return sum(math.dist(a, b) for a, b in zip(line, line[1:]))


def is_home(line):
    west, south, east, north = HOME
    return any(west < x < east and south < y < north for x, y in line)


class Rivers:
    """All that GMT has, read once; band() gives what one band of the map shows."""

    def __init__(self):
        self.lines = {c: [(is_home(line), [g.to_world(p) for p in line])
                          for line in join(dump(f"-I{c}"))]
                      for c in (GREAT, MAIN, LESSER, MINOR, CANAL)}
        banks = [r for r in join(dump(f"-I{BANKS}")) if len(r) > 3 and r[0] == r[-1]]
        lakes = [r for r in join(dump("-W2/thin", "-A0/2/2+l")) if len(r) > 3 and r[0] == r[-1]]
        lakes = [r for r in lakes if abs(g.area(r)) < LARGEST_LAKE_DEG2]
        self.banks = [[g.to_world(p) for p in ring] for ring in banks]
        self.lakes = [(is_home(r), abs(g.area(r)), [g.to_world(p) for p in r]) for r in lakes]

    def band(self, number):
        """(rings of water, {class: lines}), both in world units."""
        band = BANDS[number]
        water = list(self.banks)
        water += [ring for home, size, ring in self.lakes if size >= band["lake"][home]]
        # A bank that is far off would let the river run dry.
        rings = [simplify(ring, band["off"] * 0.7)[:-1] for ring in water]
        lines = {}
        for class_, all_lines in self.lines.items():
            lines[class_] = [simplify(line, band["off"]) for home, line in all_lines
                             if class_ in band["classes"][home] and length(line) >= band["length"]]
        return rings, lines
