#!/usr/bin/env python3
"""Makes first-year.csv: the 1,317 notices of the first year, as statistics.

The sums are those that were published for 15 May 2016 to 15 May 2017: 1,317
issued, 1,274 found, by outcome as below, 149 and 146 of them in Anhui. The
rows themselves are invented, and hold nothing of a person but sex and age.
The same seed gives the same file.
"""

import csv
import pathlib
import random
import sys
import uuid
from datetime import datetime, timedelta, timezone

OUTCOMES = {
    "left_home": 750, "lost": 192, "drowned": 75, "schoolmates": 67, "rescued": 40,
    "killed": 29, "accident": 7, "other": 114, "none": 43,
}
ISSUED, FOUND = 1317, 1274
ANHUI_ISSUED, ANHUI_FOUND = 149, 146

# Cities or counties that stand for their provinces, and the provinces' share
# of the rest in millions of people.
REGIONS = {
    "110105": 22, "120101": 14, "130102": 74, "140105": 35, "150102": 24, "210102": 43,
    "220102": 24, "230102": 32, "310115": 25, "320102": 85, "330102": 65, "350102": 42,
    "360102": 45, "370102": 102, "410102": 99, "420102": 58, "430102": 66, "440103": 126,
    "450102": 50, "460105": 10, "500103": 32, "510104": 84, "520102": 39, "530102": 47,
    "540102": 4, "610102": 40, "620102": 25, "630102": 6, "640104": 7, "650102": 26,
}
ANHUI = ["340102", "340202", "340302", "340402", "341202", "341302", "341502"]
FROM = datetime(2016, 5, 14, 16, 0, tzinfo=timezone.utc)  # 15 May 2016 in China
DAYS = 365

# Hours from issue to the end, by how it ended: from, to.
HOURS = {
    "left_home": (2, 240), "lost": (1, 30), "drowned": (5, 120), "schoolmates": (2, 72),
    "rescued": (6, 400), "killed": (20, 700), "accident": (6, 200), "other": (1, 300),
}


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def make_rows(rng):
    outcomes = [name for name, count in OUTCOMES.items() for _ in range(count)]
    found = [name for name in outcomes if name != "none"]
    rng.shuffle(found)
    anhui = found[:ANHUI_FOUND] + ["none"] * (ANHUI_ISSUED - ANHUI_FOUND)
    others = found[ANHUI_FOUND:] + ["none"] * (OUTCOMES["none"] - (ANHUI_ISSUED - ANHUI_FOUND))
    pairs = [(rng.choice(ANHUI), outcome) for outcome in anhui]
    pairs += [(rng.choices(list(REGIONS), list(REGIONS.values()))[0], outcome)
              for outcome in others]
    rng.shuffle(pairs)
    for region, outcome in pairs:
        issued = FROM + timedelta(seconds=rng.randrange(DAYS * 86400 - 86400))
        last_seen = issued - timedelta(minutes=rng.randrange(40, 60 * 20))
        closed = ""
        if outcome != "none":
            low, high = HOURS[outcome]
            closed = stamp(issued + timedelta(minutes=rng.randrange(low * 60, high * 60)))
        age = min(17, max(0, round(rng.gauss(13 if outcome == "left_home" else 8, 3.5))))
        yield {
            "id": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            "region": region,
            "last_seen": stamp(last_seen),
            "issued": stamp(issued),
            "person_kind": "child",
            "sex": rng.choice(["female", "male"]),
            "age_years": age,
            "outcome": outcome,
            "closed": closed,
            "found_through_tip": int(outcome != "none" and rng.random() < 0.9),
        }


def check(rows):
    """The published sums; says which one does not hold."""
    def count(fits):
        return sum(1 for row in rows if fits(row))

    sums = [
        ("issued", ISSUED, len(rows)),
        ("found", FOUND, count(lambda row: row["outcome"] != "none")),
        ("Anhui issued", ANHUI_ISSUED, count(lambda row: row["region"][:2] == "34")),
        ("Anhui found", ANHUI_FOUND,
         count(lambda row: row["region"][:2] == "34" and row["outcome"] != "none")),
    ]
    sums += [(name, wanted, count(lambda row, name=name: row["outcome"] == name))
             for name, wanted in OUTCOMES.items()]
    wrong = [f"{name}: {got} instead of {wanted}" for name, wanted, got in sums if got != wanted]
    if len({row["id"] for row in rows}) != len(rows):
        wrong.append("an id stands twice")
    return wrong


def main():
    rows = list(make_rows(random.Random(20160515)))
    wrong = check(rows)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    path = pathlib.Path(__file__).with_name("first-year.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
