#!/usr/bin/env python3
"""Makes the C source of the small map on the public pages out of the base map.

    build-outline.py BASEMAP OUTPUT

Taken are land, borders and lakes of the band for zooms 4 to 5 (2.5 km) and the larger places, within the
window below. The shapes stay as they are coded in the base map (README.md). Runs when the service is built,
so that another base map gives another picture.
"""

import math
import sqlite3
import sys

BAND = 1
# Land, border of a state, border of a province, lake: README.md.
KINDS = (0, 1, 2, 5)
WORLD = 1 << 24
# Degrees: China, and what 600 km around a place in it can show.
WEST, SOUTH, EAST, NORTH = 62, 2, 150, 62
# Capitals, seats of provinces and prefectures, cities, seats of counties.
PLACE_KINDS = (2, 3, 4, 5, 6)
LAST_FIRST_ZOOM = 8


def to_world(lon, lat):
    y = math.asinh(math.tan(math.radians(lat)))
    return (lon + 180) / 360 * WORLD, (1 - y / math.pi) / 2 * WORLD


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def bounds(shape, quantum):
    """West, north, east and south in world units."""
    n_parts, at = varint(shape, 0)
    x = y = 0
    xs, ys = [], []
    for _ in range(n_parts):
        n_points, at = varint(shape, at)
        for _ in range(n_points):
            dx, at = varint(shape, at)
            dy, at = varint(shape, at)
            x += (dx >> 1) ^ -(dx & 1)
            y += (dy >> 1) ^ -(dy & 1)
            xs.append(x * quantum)
            ys.append(y * quantum)
    return min(xs), min(ys), max(xs), max(ys)


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    basemap, output = sys.argv[1:]
    db = sqlite3.connect(f"file:{basemap}?mode=ro&immutable=1", uri=True)
    quantum = 1 << db.execute("SELECT shift FROM band WHERE band = ?", (BAND,)).fetchone()[0]
    west, north = to_world(WEST, NORTH)
    east, south = to_world(EAST, SOUTH)
    shapes, blob = [], bytearray()
    for kind in KINDS:
        for (shape,) in db.execute("SELECT shape FROM feature WHERE band = ? AND kind = ? ORDER BY id",
                                   (BAND, kind)):
            box = bounds(shape, quantum)
            if box[2] >= west and box[0] <= east and box[3] >= north and box[1] <= south:
                shapes.append((kind, len(blob), *box))
                blob += shape
    marks = ",".join("?" * len(PLACE_KINDS))
    places = db.execute(
        f"SELECT lat, lon, zh, latin FROM place WHERE kind IN ({marks}) AND first_zoom <= ?"
        " AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ? ORDER BY id",
        (*PLACE_KINDS, LAST_FIRST_ZOOM, WEST, EAST, SOUTH, NORTH)).fetchall()
    with open(output, "w", encoding="utf-8") as out:
        out.write("/* Made by data/basemap/build-outline.py. */\n\n#include \"central-outline.h\"\n\n")
        out.write(f"const guint central_outline_quantum = {quantum};\n\n")
        out.write(f"const gsize central_outline_n_bytes = {len(blob)};\n\n")
        out.write("const guint8 central_outline_bytes[] = {\n")
        for at in range(0, len(blob), 32):
            out.write(",".join(map(str, blob[at:at + 32])) + ",\n")
        out.write("};\n\n")
        out.write(f"const guint central_outline_n_shapes = {len(shapes)};\n\n")
        out.write("const CentralOutlineShape central_outline_shapes[] = {\n")
        for shape in shapes:
            out.write("  { " + ", ".join(map(str, shape)) + " },\n")
        out.write("};\n\n")
        out.write(f"const guint central_outline_n_places = {len(places)};\n\n")
        out.write("const CentralOutlinePlace central_outline_places[] = {\n")
        for lat, lon, zh, latin in places:
            out.write(f"  {{ {lat}, {lon}, {quote(zh or latin)}, {quote(latin)} }},\n")
        out.write("};\n")


main()
