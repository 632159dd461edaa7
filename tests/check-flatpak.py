#!/usr/bin/env python3
"""Holds what the Flatpak of the desk promises: it is the application that the
rest of the tree speaks of, it reaches no file but its own and those that the
officer picks, and everything that it is built from is pinned.

Exits with 1 and one line for each breach.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
APPLICATION_ID = "org.reunion.Station"
MANIFEST = ROOT / "flatpak" / f"{APPLICATION_ID}.json"
DESKTOP_FILE = ROOT / "data" / f"{APPLICATION_ID}.desktop.in"

# The network for the central service, a window, and drawing it. Photos come
# through the file portal, notifications through theirs.
PERMISSIONS = {
    "--share=ipc",
    "--share=network",
    "--socket=wayland",
    "--socket=fallback-x11",
    "--device=dri",
}
COMMIT = re.compile(r"^[0-9a-f]{40}$")
SHA256 = re.compile(r"^[0-9a-f]{64}$")


def all_modules(modules):
    for module in modules:
        yield module
        yield from all_modules(module.get("modules", []))


def check_source(module, source):
    name = module["name"]
    kind = source.get("type")
    if kind == "dir":
        folder = (MANIFEST.parent / source.get("path", "")).resolve()
        if name != "reunion" or folder != ROOT:
            yield f"{name}: a folder can be the source of reunion alone"
        return
    if not source.get("url", "").startswith("https://"):
        yield f"{name}: the address of its source must begin with https://"
    if kind == "git":
        if not source.get("tag") or not COMMIT.match(source.get("commit", "")):
            yield f"{name}: a git source needs a tag and the full commit"
    elif kind in ("archive", "file"):
        if not SHA256.match(source.get("sha256", "")):
            yield f"{name}: an {kind} needs its sha256"
    else:
        yield f"{name}: a source of type {kind} is not pinned"


def check(manifest):
    if manifest.get("id") != APPLICATION_ID:
        yield f"id is {manifest.get('id')}, expected {APPLICATION_ID}"
    command = manifest.get("command")
    if f"\nExec={command}\n" not in DESKTOP_FILE.read_text():
        yield f"command is {command}; {DESKTOP_FILE.name} starts another"
    if manifest.get("runtime") != "org.gnome.Platform" or manifest.get("sdk") != "org.gnome.Sdk":
        yield "runtime and sdk must be GNOME's"
    if not re.match(r"^\d+$", manifest.get("runtime-version", "")):
        yield "runtime-version must be a released one"
    for permission in manifest.get("finish-args", []):
        if permission.startswith("--filesystem"):
            yield f"{permission}: files come through the portal only"
        elif permission not in PERMISSIONS:
            yield f"{permission}: not among the permissions of the desk"
    modules = list(all_modules(manifest.get("modules", [])))
    if not modules or modules[-1]["name"] != "reunion":
        yield "the last module must be reunion"
    for module in modules:
        if not module.get("sources"):
            yield f"{module['name']}: has no source"
        for source in module.get("sources", []):
            yield from check_source(module, source)


def main() -> int:
    try:
        manifest = json.loads(MANIFEST.read_text())
    except json.JSONDecodeError as error:
        print(f"{MANIFEST.name}: {error}")
        return 1
    breaches = list(check(manifest))
    print("\n".join(breaches) or f"{len(manifest['modules'])} modules, each pinned")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
