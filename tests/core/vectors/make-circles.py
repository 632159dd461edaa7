#!/usr/bin/env python3
"""Makes circles.tsv: vertices of geodesic circles by GeodSolve, the program of
GeographicLib (Debian: geographiclib-tools), to which the test of
reunion-geodesy.c compares its own.

Columns: latitude and longitude of the centre, radius in km, bearing, latitude
and longitude of the vertex; all angles in degrees.
"""

import pathlib
import subprocess

CENTRES = [(0, 0), (0, 179.5), (0.0, -30.25), (31.15, 121.45), (45, 105), (45, 179.9),
           (-45, -179.99), (89, 10), (-89, 170), (90, 0), (-90, 0)]
RADII_KM = [100, 200, 300, 500]
BEARINGS = range(0, 360, 10)


def main():
    rows = [(lat, lon, radius, bearing)
            for lat, lon in CENTRES for radius in RADII_KM for bearing in BEARINGS]
    request = "".join(f"{lat} {lon} {bearing} {radius * 1000}\n"
                      for lat, lon, radius, bearing in rows)
    answer = subprocess.run(["GeodSolve", "-p", "7"], input=request, capture_output=True,
                            text=True, check=True).stdout.splitlines()
    path = pathlib.Path(__file__).with_name("circles.tsv")
    with open(path, "w", encoding="utf-8") as file:
        for row, line in zip(rows, answer, strict=True):
            file.write("\t".join(map(str, row)) + "\t" + "\t".join(line.split()[:2]) + "\n")
    print(f"{path.name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
