#!/usr/bin/env python3
"""Makes later-years.csv: the notices of the second and third year, as statistics.

The sums are those that were published: 3,053 issued and 2,980 found in two years,
3,978 issued and 3,901 found in three, the first year among them. How the cases of
these two years ended was not published: they are spread as in the first. The rows
themselves are invented, and hold nothing of a person but sex and age. The same
seed gives the same file.
"""

import csv
import importlib.util
import pathlib
import random
import sys
import uuid
from datetime import datetime, timedelta, timezone

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("first", HERE / "make-first-year.py")
first = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(first)

# After so many years: issued, found.
AFTER = {1: (first.ISSUED, first.FOUND), 2: (3053, 2980), 3: (3978, 3901)}


def start_of(year):
    return datetime(2015 + year, 5, 14, 16, 0, tzinfo=timezone.utc)  # 15 May in China


def make_rows(rng, year):
    issued_count = AFTER[year][0] - AFTER[year - 1][0]
    found_count = AFTER[year][1] - AFTER[year - 1][1]
    known = [name for name in first.OUTCOMES if name != "none"]
    weights = [first.OUTCOMES[name] for name in known]
    outcomes = rng.choices(known, weights, k=found_count) + ["none"] * (issued_count - found_count)
    rng.shuffle(outcomes)
    regions = dict(first.REGIONS, **{"340102": 62})
    seconds = int((start_of(year + 1) - start_of(year)).total_seconds())
    for outcome in outcomes:
        issued = start_of(year) + timedelta(seconds=rng.randrange(seconds))
        reported = issued - timedelta(minutes=max(4, round(rng.gauss(35, 20))))
        last_seen = reported - timedelta(minutes=rng.randrange(30, 60 * 20))
        closed = ""
        if outcome != "none":
            low, high = first.HOURS[outcome]
            closed = first.stamp(issued + timedelta(minutes=rng.randrange(low * 60, high * 60)))
        age = min(17, max(0, round(rng.gauss(13 if outcome == "left_home" else 8, 3.5))))
        yield {
            "id": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            "region": rng.choices(list(regions), list(regions.values()))[0],
            "last_seen": first.stamp(last_seen),
            "reported": first.stamp(reported),
            "issued": first.stamp(issued),
            "person_kind": "child",
            "sex": rng.choice(["female", "male"]),
            "age_years": age,
            "outcome": outcome,
            "closed": closed,
            "found_through_tip": int(outcome != "none" and rng.random() < 0.9),
        }


def check(rows):
    """The published sums; says which one does not hold."""
    wrong = []
    for year, (issued, found) in AFTER.items():
        end = first.stamp(start_of(year + 1))
        until = [row for row in rows if row["issued"] < end]
        got = (first.ISSUED + len(until),
               first.FOUND + sum(1 for row in until if row["outcome"] != "none"))
        if got != (issued, found):
            wrong.append(f"after {year} years: {got} instead of {(issued, found)}")
    if len({row["id"] for row in rows}) != len(rows):
        wrong.append("an id stands twice")
    return wrong


def main():
    rng = random.Random(20180515)
    rows = [row for year in (2, 3) for row in make_rows(rng, year)]
    wrong = check(rows)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    path = HERE / "later-years.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
