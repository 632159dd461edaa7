#!/usr/bin/env python3
"""Makes a folder of good, odd and bad photos, and says what is to become of each.

Writes FOLDER/expected.tsv with a line for each file: its name, then "photo
WIDTHxHEIGHT CORNER" with the colour in the first corner, or "error KIND", or
"either". "heic" before it: there where the platform decodes HEIC, else "error format". Those with metadata hold MARKER somewhere in it.

Usage: make-photos.py FOLDER
"""

import os
import pathlib
import struct
import subprocess
import sys
import zlib

MARKER = b"QZ-26.668N-105.772E-QZ"

expected = []


def expect(path, what):
    expected.append((path.name, what))


def write(path, content, what):
    path.write_bytes(content)
    expect(path, what)


# --- formats, byte by byte ------------------------------------------------------


def chunk(kind, content):
    return (struct.pack(">I", len(content)) + kind + content
            + struct.pack(">I", zlib.crc32(kind + content)))


def png(width, height, row, depth=8, colour=2, extra=b"", n_rows=None):
    """A PNG whose rows are all the same; @n_rows may be fewer than it says."""
    packer = zlib.compressobj(1)
    pixels = [packer.compress((b"\0" + row) * 64) for _ in range((n_rows or height) // 64)]
    pixels.append(packer.compress((b"\0" + row) * ((n_rows or height) % 64)))
    pixels.append(packer.flush())
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", b"".join(pixels)) + chunk(b"IEND", b""))


def tiff_fields(*fields):
    """A TIFF directory, as EXIF has it: (tag, type, count, value or bytes)."""
    offset = 8 + 2 + 12 * len(fields) + 4
    entries, more = b"", b""
    for tag, kind, count, value in fields:
        if isinstance(value, bytes) and len(value) > 4:
            entries += struct.pack("<HHII", tag, kind, count, offset + len(more))
            more += value
        elif isinstance(value, bytes):
            entries += struct.pack("<HHI4s", tag, kind, count, value)
        else:
            entries += struct.pack("<HHII", tag, kind, count, value)
    return b"II*\0" + struct.pack("<IH", 8, len(fields)) + entries + b"\0\0\0\0" + more


def exif(orientation):
    text = MARKER + b"\0"
    return b"Exif\0\0" + tiff_fields(
        (0x010e, 2, len(text), text),
        (0x010f, 2, len(text), text),
        (0x0112, 3, 1, orientation),
        (0x8298, 2, len(text), text))


def segment(code, content):
    return struct.pack(">BBH", 0xff, code, len(content) + 2) + content


def with_segments(jpeg, *segments):
    """@segments right after the start of the picture."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def resized(jpeg, width, height):
    """The same bytes under a header that says another size."""
    for code in (0xc0, 0xc2):
        at = jpeg.find(bytes([0xff, code]))
        if at >= 0:
            return jpeg[:at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9:]
    raise ValueError("no frame in this JPEG")


def bmp(width, height, n_rows):
    size = n_rows * ((width * 3 + 3) // 4 * 4)
    return (struct.pack("<2sIHHI", b"BM", 54 + size, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, size, 0, 0, 0, 0)
            + b"\0" * size)


# --- the groups -------------------------------------------------------------------


def convert(folder, name, *options):
    """With ImageMagick; @options before the file's name."""
    path = folder / name
    subprocess.run(["convert", *options, str(path)], check=True)
    return path.read_bytes()


def make_plain(folder):
    """Formats and sizes; all that is left is red in the first corner."""
    source = ["-size", "600x450", "xc:red", "-fill", "blue", "-draw", "rectangle 300,225 599,449"]
    jpeg = convert(folder, "plain.jpg", *source)
    expect(folder / "plain.jpg", "photo 600x450 red")
    made = [
        ("plain.png", source, "photo 600x450 red"),
        ("plain.bmp", source, "photo 600x450 red"),
        ("plain.tiff", source, "photo 600x450 red"),
        ("plain.webp", source, "photo 600x450 red"),
        ("lossless.webp", [*source, "-define", "webp:lossless=true"], "photo 600x450 red"),
        ("plain.heic", source, "heic photo 600x450 red"),
        ("progressive.jpg", [*source, "-interlace", "JPEG"], "photo 600x450 red"),
        ("cmyk.jpg", [*source, "-colorspace", "CMYK"], "photo 600x450 red"),
        ("gray.jpg", [*source, "-colorspace", "Gray"], "photo 600x450 any"),
        ("gray.png", [*source, "-colorspace", "Gray"], "photo 600x450 any"),
        ("sixteen-bit.png", [*source, "-depth", "16", "-define", "png:bit-depth=16"],
         "photo 600x450 red"),
        ("palette.png", [*source, "-type", "Palette"], "photo 600x450 red"),
        ("interlaced.png", [*source, "-interlace", "PNG"], "photo 600x450 red"),
        ("animated.gif", ["-delay", "10", *source, "-size", "600x450", "xc:green", "-loop", "0"],
         "photo 600x450 red"),
        ("icon.ico", ["-size", "48x48", "xc:red"], "error format"),
        ("portable.ppm", source, "error format"),
        ("one-pixel.png", ["-size", "1x1", "xc:red"], "photo 1x1 red"),
        ("one-pixel.jpg", ["-size", "1x1", "xc:red"], "photo 1x1 any"),
        ("399x399.jpg", ["-size", "399x399", "xc:red"], "photo 399x399 red"),
        ("400x400.jpg", ["-size", "400x400", "xc:red"], "photo 400x400 red"),
        ("wide.jpg", ["-size", "4000x1000", "xc:red"], "photo 1600x400 red"),
        ("tall.png", ["-size", "1001x3201", "xc:red"], "photo 500x1600 red"),
        ("line.png", ["-size", "9000x1", "xc:red"], "photo 1600x1 red"),
    ]
    for name, options, what in made:
        convert(folder, name, *options)
        expect(folder / name, what)
    return jpeg


def make_transparent(folder):
    write(folder / "transparent.png", png(500, 500, b"\0\0\0\0" * 500, colour=6),
          "photo 500x500 white")
    frames = chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(
        b"fcTL", struct.pack(">IIIIIHHBB", 0, 500, 500, 0, 0, 1, 10, 0, 0))
    write(folder / "animated.png", png(500, 500, b"\xff\0\0" * 500, extra=frames),
          "photo 500x500 red")


def make_turned(folder):
    """The same picture as eight cameras hold it: red comes to the first corner."""
    turns = [[], ["-flop"], ["-rotate", "180"], ["-flip"], ["-transpose"], ["-rotate", "270"],
             ["-transverse"], ["-rotate", "90"]]
    source = ["-size", "480x640", "xc:blue", "-fill", "red", "-draw", "rectangle 0,0 239,319"]
    for orientation, turn in enumerate(turns, 1):
        name = f"orientation-{orientation}.jpg"
        jpeg = convert(folder, name, *source, *turn)
        write(folder / name, with_segments(jpeg, segment(0xe1, exif(orientation))),
              "photo 480x640 red")
    jpeg = convert(folder, "orientation-large.jpg", "-size", "1500x2000", "xc:blue", "-fill", "red",
                   "-draw", "rectangle 0,0 749,999", "-rotate", "270")
    write(folder / "orientation-large.jpg", with_segments(jpeg, segment(0xe1, exif(6))),
          "photo 1200x1600 red")
    for orientation in (0, 9, 65535):
        write(folder / f"orientation-{orientation}.jpg",
              with_segments((folder / "plain.jpg").read_bytes(), segment(0xe1, exif(orientation))),
              "photo 600x450 red")


def make_telling(folder, jpeg):
    """Metadata of every kind; none of it may come out again."""
    text = MARKER + b"\0"
    gps = tiff_fields((0x8825, 4, 1, 26), (0x010e, 2, len(text), text))
    profile = b"ICC_PROFILE\0\1\1" + struct.pack(">I", 128) + b"\0" * 60 + MARKER + b"\0" * 42
    iptc = b"\x1c\x02\x78" + struct.pack(">H", len(MARKER)) + MARKER
    resource = (b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
                + b"\0" * (len(iptc) % 2))
    xmp = (b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MARKER
           + b"</x:xmpmeta>")
    for name, told in [
        ("gps.jpg", segment(0xe1, b"Exif\0\0" + gps)),
        ("xmp.jpg", segment(0xe1, xmp)),
        ("iptc.jpg", segment(0xed, resource)),
        ("comment.jpg", segment(0xfe, MARKER)),
        ("profile.jpg", segment(0xe2, profile)),
        ("all.jpg", segment(0xe1, exif(1)) + segment(0xe1, xmp) + segment(0xed, resource)
         + segment(0xfe, MARKER) + segment(0xef, MARKER)),
        ("exif-empty.jpg", segment(0xe1, b"Exif\0\0" + MARKER)),
        ("exif-loop.jpg", segment(0xe1, b"Exif\0\0II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1,
                                                                       8, 8) + MARKER)),
    ]:
        write(folder / name, with_segments(jpeg, told), "photo 600x450 red")
    ended = segment(0xe1, b"Exif\0\0" + MARKER + jpeg)
    for part in (8, 15):
        write(folder / f"cut-{part:02}-thumbnail.jpg",
              with_segments(jpeg[:len(jpeg) * part // 16], ended), "error format")
    write(folder / "thumbnail.jpg", with_segments(jpeg, ended), "photo 600x450 red")
    write(folder / "trailing.jpg", jpeg + MARKER * 100, "photo 600x450 red")
    write(folder / "polyglot.jpg", jpeg + b"PK\x03\x04" + MARKER + b"PK\x05\x06" + b"\0" * 18,
          "photo 600x450 red")
    red = b"\xff\0\0" * 500
    for name, told in [
        ("text.png", chunk(b"tEXt", b"Comment\0" + MARKER)),
        ("ztxt.png", chunk(b"zTXt", b"Comment\0\0" + zlib.compress(MARKER))),
        ("itxt.png", chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + MARKER)),
        ("exif.png", chunk(b"eXIf", exif(1)[6:])),
        ("text-bomb.png", chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 60_000_000))),
    ]:
        write(folder / name, png(500, 500, red, extra=told),
              "either" if name == "text-bomb.png" else "photo 500x500 red")


def make_cut(folder):
    """Broken off: half a face is no photo."""
    for name in ("plain.jpg", "progressive.jpg", "plain.png", "plain.webp", "animated.gif", "plain.tiff",
                 "plain.bmp"):
        whole = (folder / name).read_bytes()
        for part in range(16):
            write(folder / f"cut-{part:02}-{name}", whole[:len(whole) * part // 16],
                  "error format")


def make_false(folder, jpeg):
    """No pictures, whatever they are called."""
    vp8 = b"WEBPVP8 " + struct.pack("<I", 10) + b"\x30\x01\x00\x9d\x01\x2a\x58\x02\xc2\x01"
    write(folder / "cut.webp", b"RIFF" + struct.pack("<I", 400) + vp8, "error format")
    write(folder / "zero.jpg", b"", "error format")
    write(folder / "zeros.jpg", b"\0" * 100000, "error format")
    write(folder / "text.jpg", b"This is no photo.\n" * 50, "error format")
    write(folder / "letters.png", b"\x89PNG\r\n\x1a\n" + b"not a chunk at all" * 9, "error format")
    write(folder / "start-only.jpg", b"\xff\xd8\xff\xe0", "error format")
    write(folder / "named.png", jpeg, "photo 600x450 red")
    write(folder / "page.html", b"<html><img src='plain.jpg'></html>", "error format")
    secret = folder / "secret.txt"
    secret.write_bytes(MARKER)
    write(folder / "entity.svg", f"""<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY secret SYSTEM "file://{secret}">]>
<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"><text y="40">&secret;</text></svg>
""".encode(), "error format")
    write(folder / "link.svg", f"""<svg xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink" width="500" height="500"><image width="500" height="500"
 xlink:href="file://{folder}/plain.jpg"/></svg>""".encode(), "error format")
    write(folder / "drawing.jpg", b'<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"/>',
          "error format")
    write(folder / "pixmap.xpm", b'/* XPM */\nstatic char *x[] = {"2 1 1 1", "a c red", "aa"};\n',
          "error format")


def make_huge(folder, jpeg):
    """Larger than it looks: a few kilobytes that ask for gigabytes."""
    progressive = (folder / "progressive.jpg").read_bytes()
    cmyk = (folder / "cmyk.jpg").read_bytes()
    write(folder / "bomb.png", png(100_000, 100_000, b"\0" * 100, n_rows=1), "error size")
    write(folder / "bomb-one-bit.png", png(30_000, 30_000, b"\0" * 3750, depth=1, colour=0),
          "error size")
    write(folder / "bomb-thin.png", png(2_000_000_000, 1, b"\0", n_rows=1), "either")
    write(folder / "bomb-header.bmp", bmp(60_000, 60_000, 0), "error size")
    write(folder / "bomb-negative.bmp", bmp(600, -2**31, 0), "either")
    write(folder / "bomb.gif", b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0)
          + b"\xff\0\0\0\0\0" + b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
          + b"\x02\x02\x44\x01\x00;", "error size")
    write(folder / "bomb.tiff", tiff_fields(
        (256, 4, 1, 100_000), (257, 4, 1, 100_000), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 100_000), (279, 4, 1, 100)), "either")
    write(folder / "bomb.jpg", resized(jpeg, 65500, 65500), "error size")
    write(folder / "bomb-progressive.jpg", resized(progressive, 65500, 65500), "error size")
    # VP8L: 14 bits each for width and height, less 1.
    write(folder / "bomb.webp", b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8L"
          + struct.pack("<IBI", 18, 0x2f, 0x0fffffff) + b"\0" * 13, "error size")
    heic = (folder / "plain.heic").read_bytes()
    at = heic.find(b"ispe") + 8
    write(folder / "bomb.heic", heic[:at] + struct.pack(">II", 60000, 60000) + heic[at + 8:],
          "error size")
    for part in (1, 8, 15):
        write(folder / f"cut-{part:02}-plain.heic", heic[:len(heic) * part // 16], "error format")
    write(folder / "none.jpg", resized(jpeg, 0, 0), "either")
    write(folder / "none.png", png(0, 0, b""), "error format")
    # The largest that is taken: how much memory does it need?
    write(folder / "largest.png", png(7000, 7000, b"\xff\0\0\xff" * 7000, colour=6),
          "photo 1600x1600 red")
    write(folder / "largest.jpg", resized(jpeg, 7000, 7000), "photo 1600x1600 red")
    write(folder / "largest-progressive.jpg", resized(progressive, 7000, 7000), "either")
    write(folder / "largest-cmyk.jpg", resized(cmyk, 7000, 7000), "either")
    with open(folder / "sparse.jpg", "wb") as sparse:
        sparse.write(jpeg)
        sparse.truncate(200_000_000)
    expect(folder / "sparse.jpg", "error size")


def make_no_files(folder):
    """What stands in a folder beside files."""
    os.symlink("plain.jpg", folder / "link.jpg")
    os.symlink("nowhere.jpg", folder / "dangling.jpg")
    os.symlink("loop.jpg", folder / "loop.jpg")
    os.symlink("/dev/zero", folder / "device.jpg")
    os.symlink("/proc/self/mem", folder / "memory.jpg")
    os.mkdir(folder / "folder.jpg")
    os.mkfifo(folder / "pipe.jpg")
    expect(folder / "link.jpg", "photo 600x450 red")
    for name in ("dangling", "loop", "device", "folder", "pipe", "memory", "missing"):
        expect(folder / f"{name}.jpg", "error read")
    locked = folder / "locked.jpg"
    write(locked, (folder / "plain.jpg").read_bytes(), "error read")
    locked.chmod(0)


def main():
    folder = pathlib.Path(sys.argv[1])
    jpeg = make_plain(folder)
    make_transparent(folder)
    make_turned(folder)
    make_telling(folder, jpeg)
    make_cut(folder)
    make_false(folder, jpeg)
    make_huge(folder, jpeg)
    make_no_files(folder)
    lines = [f"{name}\t{what}\n" for name, what in expected]
    (folder / "expected.tsv").write_text("".join(lines))


if __name__ == "__main__":
    main()
