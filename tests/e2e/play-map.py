#!/usr/bin/env python3
"""A map of the station's own, played through the real window: a tile service
is set in Preferences, tried and shown; it fails, and the built-in map shows with
a note; it comes back, and so does its map. Then a map file, a damaged one, and
the built-in map again. What was chosen is there after the desk was closed.

Exits with 1 at the first step that did not happen, with what was there instead.
"""

import sqlite3
import struct
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import play
from driver import wait_until



def png(rows):
    """@rows of RGB bytes as a PNG."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    height, width = len(rows), len(rows[0]) // 3
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 1))
            + chunk(b"IEND", b""))


def tile(x, y, light, dark):
    """Fields of two colours, with a line round them."""
    colour = bytes(light if (x + y) % 2 == 0 else dark)
    line = bytes(c - 40 for c in colour)
    return png([line * 256] + [line + colour * 254 + line] * 254 + [line * 256])


class Tiles:
    """A tile service that can be told to fail."""

    def __init__(self):
        owner = self
        self.is_well = True
        self.n_requests = 0
        self.agents = set()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                owner.n_requests += 1
                owner.agents.add(self.headers.get("User-Agent", ""))
                zoom, x, y = (int(part) for part in self.path.split("/")[1:4])
                body = tile(x, y, (226, 236, 214), (214, 226, 200)) if owner.is_well else b"broken"
                self.send_response(200 if owner.is_well else 503)
                self.send_header("Content-Type", "image/png" if owner.is_well else "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/{{z}}/{{x}}/{{y}}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def write_map_file(path):
    """An MBTiles file of the world, zoom 0 to 6."""
    database = sqlite3.connect(path)
    database.executescript(
        "CREATE TABLE metadata (name text, value text);"
        "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer,"
        " tile_data blob);"
        "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);")
    database.executemany("INSERT INTO metadata VALUES (?, ?)", [
        ("name", "County survey"), ("format", "png"), ("minzoom", "0"), ("maxzoom", "6"),
        ("bounds", "-180,-85,180,85"), ("attribution", "© County Survey Office")])
    pictures = [tile(i, 0, (246, 232, 206), (236, 220, 190)) for i in range(2)]
    database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", (
        (zoom, x, y, pictures[(x + y) % 2])
        for zoom in range(7) for x in range(2 ** zoom) for y in range(2 ** zoom)))
    database.commit()
    database.close()


class Map(play.Play):
    prefix = "map-"

    def setting(self, key):
        store = sqlite3.connect(self.sample.folder / "officer" / "station.sqlite")
        try:
            row = store.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
            return row[0] if row else None
        finally:
            store.close()

    def set(self, key, value):
        store = sqlite3.connect(self.sample.folder / "officer" / "station.sqlite")
        store.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, value))
        store.commit()
        store.close()

    def open_case(self):
        self.open_desk()
        self.desk.wait_for_text("杨晓峰")
        self.desk.select("杨晓峰*")

    def open_preferences(self):
        self.display.key("ctrl+comma")
        self.desk.wait_for_window("Preferences")

    def use_service(self, tiles):
        self.open_preferences()
        self.picture("preferences-built-in")
        self.desk.click_node(self.desk.find("Map service", "label"))
        self.desk.find("Address, with {z}, {x} and {y}", "text")
        self.desk.fill("Address, with {z}, {x} and {y}", "https://tiles.example/nothing")
        self.desk.press("Test")
        self.desk.wait_for_text("has to say where a tile's numbers go")
        self.picture("preferences-bad-address")
        self.desk.fill("Address, with {z}, {x} and {y}", tiles.address)
        self.desk.fill("Attribution", "Sample Survey")
        self.desk.press("Test")
        self.desk.wait_for_text("It works: a tile of 256 × 256 pixels came.")
        self.picture("preferences-service")
        self.expect("kept address", tiles.address, self.setting("map-service"))
        self.expect("kept kind", "service", self.setting("map-kind"))
        self.display.key("Escape")
        self.desk.wait_for_text("Sample Survey")
        wait_until("tiles of the map", lambda: tiles.n_requests > 6)
        self.expect("who asks", True, all(a.startswith("Reunion/") for a in tiles.agents))
        self.picture("service")

    def fail_and_recover(self, tiles):
        tiles.is_well = False
        self.desk.press("Zoom Out")
        self.desk.press("Zoom Out")
        self.desk.wait_for_text("The map service can’t answer just now (503)")
        self.picture("service-fails")
        tiles.is_well = True
        wait_until("the note going away", lambda: not any(
            "can’t answer just now" in text for text in self.desk.texts()), 90)
        self.picture("service-back")

    def use_file(self):
        path = self.sample.folder / "county.mbtiles"
        write_map_file(path)
        self.set("map-kind", "file")
        self.set("map-file", str(path))
        self.set("map-attribution", "")
        self.open_case()
        self.desk.wait_for_text("© County Survey Office")
        self.picture("file")
        self.open_preferences()
        self.desk.press("Test")
        self.desk.wait_for_text("It works: a tile of 256 × 256 pixels came.")
        self.picture("preferences-file")
        self.close_desk()
        path.write_bytes(path.read_bytes()[:5000])

    def meet_damaged_file(self):
        self.open_case()
        self.desk.wait_for_text("The built-in map is shown.")
        self.picture("file-damaged")
        self.open_preferences()
        self.desk.click_node(self.desk.find("Built-in map", "label"))
        self.display.key("Escape")
        wait_until("the note going away", lambda: not any(
            "The built-in map is shown." in text for text in self.desk.texts()))
        self.expect("kept kind", "built-in", self.setting("map-kind"))

    def run(self):
        tiles = Tiles()
        try:
            self.sample.start_service()
            self.open_case()
            self.use_service(tiles)
            self.fail_and_recover(tiles)
            self.close_desk()
            self.use_file()
            self.meet_damaged_file()
            self.close_desk()
        finally:
            tiles.close()


if __name__ == "__main__":
    sys.exit(play.main(Map))
