#!/usr/bin/env python3
"""Holds the floors: no room includes a header from a floor above its own, the
pure floors touch neither clock, file, socket nor widget, and SQL stays in the
store.

Exits with 1 and one line for each breach.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "src"

# Each folder and those that it may include from.
BELOW = {
    "core": set(),
    "interchange": {"core"},
    "store": {"core", "interchange"},
    "sync": {"core", "interchange", "store"},
    "map": {"core"},
    "desk": {"core", "interchange", "store", "sync", "map"},
    "central": {"core", "interchange", "store"},
}
PURE = {"core", "interchange"}
IMPURE_HEADERS = re.compile(
    r"^(gtk/|gdk/|adwaita|shumate/|libsoup/|sqlite3|gio/|glib/gstdio|unistd|fcntl|sys/|time\.h)"
)
IMPURE_CALLS = re.compile(
    r"\b(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|g_file_\w+|g_open|fopen|"
    r"time_zone_new_local|getenv|g_getenv)\s*\("
)
SQL = re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b')
# The base map and MBTiles are files of the map's own, read by the map alone.
SQL_FLOORS = {"store", "map"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def main() -> int:
    owner = {}
    for folder in BELOW:
        for header in (ROOT / folder).glob("*.h"):
            if header.name in owner:
                print(f"{header}: the same name stands in src/{owner[header.name]}")
                return 1
            owner[header.name] = folder

    breaches = []
    n_files = 0
    for folder, allowed in BELOW.items():
        for path in sorted((ROOT / folder).glob("*.[ch]")):
            n_files += 1
            for number, line in enumerate(path.read_text().splitlines(), 1):
                where = f"src/{folder}/{path.name}:{number}"
                match = INCLUDE.match(line)
                if match:
                    name = match.group(2)
                    floor = owner.get(name)
                    if floor is not None and floor != folder and floor not in allowed:
                        breaches.append(f"{where}: {folder} must not include {name} of {floor}")
                    if folder in PURE and IMPURE_HEADERS.match(name):
                        breaches.append(f"{where}: {folder} is pure and must not include {name}")
                if folder in PURE and IMPURE_CALLS.search(line):
                    breaches.append(f"{where}: {folder} is pure: {line.strip()}")
                if folder not in SQL_FLOORS and SQL.search(line):
                    breaches.append(f"{where}: SQL belongs in the store: {line.strip()}")

    for breach in breaches:
        print(breach)
    if not breaches:
        print(f"{n_files} files keep to their floors")
    return 1 if breaches or n_files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
