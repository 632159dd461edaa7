#!/usr/bin/env python3
"""Holds the look of the tree: no trailing whitespace, no tabs where there are
to be none, a newline at the end, no path of somebody's machine, no address of a
package registry. With --layout also that the C files are laid out as
.clang-format says; --fix lays them out.

Exits with 1 and one line for each breach.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

SKIPPED_FOLDERS = re.compile(r"^(\.git|build.*|node_modules|__pycache__|\.flatpak-builder)$")
SPACES_ONLY = {".c", ".h", ".ui", ".css", ".build", ".sql", ".json", ".xml", ".py", ".yml"}
MACHINE_PATH = re.compile(r"(?<![\w.~})-])/(?:work|root|home)(?![\w-])")
REGISTRY = re.compile(
    r"\b(registry\.npmjs|registry\.yarnpkg|npmmirror\.|pypi\.(org|python)|pythonhosted\.|"
    r"crates\.io|proxy\.golang|rubygems\.|repo1?\.maven|[a]rtifactory\b|[j]frog\b)"
)

# clang-format knows neither gettext's `_("…")`, which has no space before its
# parenthesis, nor names with hyphens. It is shown stand-ins of the same width.
CLANG_FORMAT_MAJOR = "14"
STAND_INS = (("_(", "+("), ("N_(", "-~("), ("C_(", "~-("), ("NC_(", "-~-("))
LAYOUT = re.compile(r'[\s\\"]')
QUARK = re.compile(r"^(G_DEFINE_QUARK \()([\w-]+)", re.MULTILINE)


def text_files():
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if not SKIPPED_FOLDERS.match(f))
        for name in sorted(names):
            path = pathlib.Path(folder) / name
            if name == ".git" or path.is_symlink():
                continue
            content = path.read_bytes()
            if b"\0" not in content:
                yield path, content


def check_text(path, content):
    where = path.relative_to(ROOT)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        yield f"{where}: is not UTF-8"
        return
    if text and not text.endswith("\n"):
        yield f"{where}: no newline at the end"
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip() and path.suffix != ".csv":
            yield f"{where}:{number}: whitespace at the end of the line"
        if "\t" in line and path.suffix in SPACES_ONLY:
            yield f"{where}:{number}: a tab"
        if MACHINE_PATH.search(line):
            yield f"{where}:{number}: a path of somebody's machine"
        if REGISTRY.search(line):
            yield f"{where}:{number}: the address of a package registry"


def with_stand_ins(text):
    for word, stand_in in STAND_INS:
        text = re.sub(r"(?<!\w)" + re.escape(word), stand_in, text)
    return QUARK.sub(lambda m: m[1] + m[2].replace("-", "_"), text)


def without_stand_ins(text, original):
    """Puts the words back, in the order in which @original has them."""
    words = iter(re.findall(r"(?<!\w)(?:_|N_|C_|NC_)\(", original))
    quarks = iter(QUARK.findall(original))
    stand_ins = {stand_in: word for word, stand_in in STAND_INS}
    pattern = re.compile("|".join(re.escape(s) for s in sorted(stand_ins, key=len, reverse=True)))
    expected = next(words, None)

    def put_back(match):
        nonlocal expected
        if stand_ins[match[0]] != expected:
            return match[0]
        word, expected = expected, next(words, None)
        return word

    text = pattern.sub(put_back, text)
    return QUARK.sub(lambda m: "".join(next(quarks)), text)


def lay_out(path, fix):
    original = path.read_text()
    shown = with_stand_ins(original)
    laid_out = subprocess.run(
        ["clang-format", "--style=file", f"--assume-filename={path}"],
        input=shown, capture_output=True, text=True, check=True).stdout
    if laid_out == shown:
        return
    if fix:
        result = without_stand_ins(laid_out, original)
        # Nothing may differ but whitespace and where a string is broken.
        if LAYOUT.sub("", result) != LAYOUT.sub("", original):
            yield f"{path.relative_to(ROOT)}: can't be laid out by itself; do it by hand"
            return
        path.write_text(result)
        return
    was, now = shown.split("\n"), laid_out.split("\n")
    number = next((i for i, (a, b) in enumerate(zip(was, now), 1) if a != b), len(now))
    yield f"{path.relative_to(ROOT)}:{number}: not laid out as .clang-format says (make style)"


def check_layout(fix):
    if shutil.which("clang-format") is None:
        print("clang-format is not installed: the layout is not checked")
        return
    version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True).stdout
    if f"version {CLANG_FORMAT_MAJOR}." not in version:
        print(f"clang-format {CLANG_FORMAT_MAJOR} is needed: the layout is not checked")
        return
    for top in ("src", "tests"):
        for path in sorted((ROOT / top).rglob("*.[ch]")):
            yield from lay_out(path, fix)


def main() -> int:
    fix = "--fix" in sys.argv[1:]
    breaches = []
    n_files = 0
    if fix or "--layout" in sys.argv[1:]:
        breaches += check_layout(fix)
    for path, content in text_files():
        n_files += 1
        breaches += check_text(path, content)
    print("\n".join(breaches) or f"{n_files} files, no breach")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
