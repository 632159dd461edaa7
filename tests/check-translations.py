#!/usr/bin/env python3
"""Holds the translations whole: every file with text for people is named in
po/POTFILES, every language has a translation for every text of the sources,
and each translation takes the values and the mnemonic that its text takes.

Exits with 1 and what is amiss.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PO = ROOT / "po"
# Where text for people may stand.
PLACES = ["src/**/*.c", "src/**/*.h", "src/**/*.ui", "data/*.desktop.in", "data/*.metainfo.xml.in"]
# As Meson's preset "glib" reads the sources.
KEYWORDS = [
    "_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3",
]
FLAGS = [
    "N_:1:pass-c-format", "C_:2:pass-c-format", "NC_:2:pass-c-format",
    "g_dngettext:2:pass-c-format", "g_strdup_printf:1:c-format", "g_string_printf:2:c-format",
    "g_string_append_printf:2:c-format", "g_error_new:3:c-format", "g_set_error:4:c-format",
    "g_markup_printf_escaped:1:c-format", "g_log:3:c-format", "g_print:1:c-format",
    "g_printerr:1:c-format", "g_printf:1:c-format", "g_fprintf:2:c-format",
    "g_sprintf:2:c-format", "g_snprintf:3:c-format",
]


def run(*command):
    """Returns whether the command succeeded, and what it had to say."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=dict(os.environ, LC_ALL="C.UTF-8"),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    return done.returncode == 0, done.stdout.strip()


def listed(name):
    lines = (PO / name).read_text().splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def extract(template):
    files = sorted({path.relative_to(ROOT) for place in PLACES for path in ROOT.glob(place)})
    return run(
        "xgettext", "--from-code=UTF-8", "--package-name=reunion", "--output", template,
        *("--keyword=" + keyword for keyword in KEYWORDS), *("--flag=" + flag for flag in FLAGS),
        *files)


def check_potfiles(template):
    potfiles = listed("POTFILES")
    speaking = set()
    for line in template.read_text().splitlines():
        if line.startswith("#: "):
            speaking.update(re.findall(r"(\S+):\d+", line))
    for name in sorted(speaking - set(potfiles)):
        yield f"po/POTFILES: {name} has text for people; add it"
    for name in sorted(set(potfiles) - speaking):
        yield f"po/POTFILES: {name} has no text for people; take it out"


def check_language(language, template, folder):
    name = PO / f"{language}.po"
    whole, complaint = run("msgcmp", name, template)
    if not whole:
        yield complaint
    # The sources say which texts are formats, so it's the merged file that is checked.
    merged = folder / name.name
    done, complaint = run("msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file", merged,
                          name, template)
    if done:
        done, complaint = run("msgfmt", "--check", "--check-accelerators=_", "--output-file",
                              "/dev/null", merged)
    if not done:
        yield complaint


def main() -> int:
    languages = listed("LINGUAS")
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / "reunion.pot"
        done, complaint = extract(template)
        if not done:
            print(complaint)
            return 1
        breaches = list(check_potfiles(template))
        for language in languages:
            breaches += check_language(language, template, pathlib.Path(folder))

    for breach in breaches:
        print(breach)
    if breaches:
        print("`make update-po` brings the files in po/ up to date; then translate what is new.")
    else:
        print(f"{len(languages)} translation is whole" if len(languages) == 1
              else f"{len(languages)} translations are whole")
    return 1 if breaches or not languages else 0


if __name__ == "__main__":
    sys.exit(main())
