# geometry.py: shapes of the base map, from degrees to blobs
#
# Points are (longitude, latitude) pairs in degrees until to_world(), after
# that integer world units: 2^24 to the width of the Mercator square, x east
# from 180 W, y south from 85.0511 N.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import math
from collections import defaultdict

WORLD = 1 << 24
EDGE_LAT = 85.0511287798
# How far the two sides of a cut along 180 degrees reach past it.
SEAM_DEG = 0.05


def decode_echarts(geometry):
    """Polygons of an echarts geometry: deltas of 1/1024 degree as characters."""
    offsets = geometry.get("encodeOffsets")
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
        offsets = [offsets] if offsets else None
    decoded = []
    for i, rings in enumerate(polygons):
        if not rings:
            continue
        decoded.append([decode_ring(ring, offsets[i][j]) if isinstance(ring, str) else
                        [tuple(p[:2]) for p in ring] for j, ring in enumerate(rings)])
    return decoded


def decode_ring(text, offset):
    x, y = offset
    points = []
    # A string of UTF-16 units: one outside the basic plane would be two.
    units = text.encode("utf-16-le")
    codes = [units[i] | units[i + 1] << 8 for i in range(0, len(units), 2)]
    for i in range(0, len(codes) - 1, 2):
        dx, dy = codes[i] - 64, codes[i + 1] - 64
        x += (dx >> 1) ^ -(dx & 1)
        y += (dy >> 1) ^ -(dy & 1)
        points.append((x / 1024, y / 1024))
    return points


def close_ring(ring):
    return ring + [ring[0]] if ring and ring[0] != ring[-1] else ring


def gcj02_shift(lon, lat):
    a, e2 = 6378245.0, 0.00669342162296594323
    x, y = lon - 105.0, lat - 35.0
    s = math.sin

    def ripple(v, p, q):
        return (20.0 * s(v * p) + 20.0 * s(v * q)) * 2.0 / 3.0

    dy = (-100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
          + ripple(x, 6 * math.pi, 2 * math.pi)
          + (20.0 * s(y * math.pi) + 40.0 * s(y / 3 * math.pi)) * 2 / 3
          + (160.0 * s(y / 12 * math.pi) + 320.0 * s(y * math.pi / 30)) * 2 / 3)
    dx = (300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
          + ripple(x, 6 * math.pi, 2 * math.pi)
          + (20.0 * s(x * math.pi) + 40.0 * s(x / 3 * math.pi)) * 2 / 3
          + (150.0 * s(x / 12 * math.pi) + 300.0 * s(x / 30 * math.pi)) * 2 / 3)
    rad = math.radians(lat)
    w = 1.0 - e2 * s(rad) ** 2
    return (math.degrees(dx / (a / math.sqrt(w) * math.cos(rad))),
            math.degrees(dy / (a * (1.0 - e2) / (w * math.sqrt(w)))))


def gcj02_to_wgs84(point):
    lon, lat = point[0], point[1]
    x, y = lon, lat
    for _ in range(4):
        dx, dy = gcj02_shift(x, y)
        x, y = lon - dx, lat - dy
    return (x, y)


def rings_of(geometry):
    if not geometry:
        return []
    if geometry["type"] == "GeometryCollection":
        return [r for part in geometry["geometries"] for r in rings_of(part)]
    if geometry["type"] == "Polygon":
        return geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    if geometry["type"] == "LineString":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiLineString":
        return geometry["coordinates"]
    return []


def lines_of(collection):
    """Every ring and line of a GeoJSON document."""
    if "features" in collection:
        return [l for f in collection["features"] for l in rings_of(f["geometry"])]
    if "geometries" in collection:
        return [l for x in collection["geometries"] for l in rings_of(x)]
    return rings_of(collection)


def unroll(ring):
    """The ring with neighbours less than half a turn apart, and closed: round a
    pole that takes a way along the map's edge."""
    out = [tuple(ring[0])]
    for lon, lat in (p[:2] for p in ring[1:]):
        last = out[-1][0]
        out.append((last + (lon - last + 180) % 360 - 180, lat))
    turn = out[-1][0] - out[0][0]
    if abs(turn) > 180:
        pole = math.copysign(90, out[0][1])
        out += [(out[-1][0], pole), (out[0][0], pole), out[0]]
    return out


def cut_at_180(rings):
    """Polygons of one polygon's rings, none of which crosses 180 degrees. The
    two sides overlap a little there, or a thread of sea would show between."""
    outer = unroll(rings[0])
    middle = sum(p[0] for p in outer) / len(outer)
    around = [outer]
    for ring in rings[1:]:
        ring = unroll(ring)
        turn = round((middle - sum(p[0] for p in ring) / len(ring)) / 360) * 360
        around.append([(x + turn, y) for x, y in ring])
    west = math.floor((min(p[0] for p in outer) + 180 - 1e-9) / 360)
    east = math.floor((max(p[0] for p in outer) + 180 - 1e-9) / 360)
    polygons = []
    for turn in range(west, east + 1):
        shifted = [[(x - 360 * turn, y) for x, y in ring] for ring in around]
        if west != east:
            shifted = [clip_edge(ring) for ring in shifted]
        if shifted[0]:
            polygons.append([ring for ring in shifted if ring])
    return polygons


def clip_edge(ring):
    for limit, below in ((180 + SEAM_DEG, True), (-180 - SEAM_DEG, False)):
        ring = clip(ring, 0, limit, below, lambda v: v)
    return close_ring(ring) if len(ring) > 2 else []


def mend_180(collection):
    """The features of a GeoJSON document, their polygons cut at 180 degrees."""
    features = collection.get("features") or [
        {"type": "Feature", "properties": {}, "geometry": geometry}
        for geometry in collection.get("geometries", [collection])]
    for feature in features:
        geometry = feature["geometry"]
        if not geometry:
            continue
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        feature["geometry"] = {
            "type": "MultiPolygon",
            "coordinates": [part for rings in polygons for part in cut_at_180(rings)],
        }
    return features


def not_map_edge(a, b):
    """FALSE for the cuts along 180 degrees and below the map's last latitude."""
    return not ((abs(a[0]) > 179.99 and abs(b[0]) > 179.99)
                or (a[1] < -EDGE_LAT + 0.1 and b[1] < -EDGE_LAT + 0.1))


def split_line(line, keep):
    parts, part = [], []
    for a, b in zip(line, line[1:]):
        if keep(a, b):
            if not part:
                part = [a]
            part.append(b)
        elif part:
            parts.append(part)
            part = []
    if part:
        parts.append(part)
    return parts


class PointGrid:
    def __init__(self, cell):
        self.cell = cell
        self.points = defaultdict(list)

    def add_line(self, line, step):
        for a, b in zip(line, line[1:]):
            n = max(1, int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) / step))
            if n > 40:
                n = 1
            for i in range(n):
                t = i / n
                p = (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
                self.points[int(p[0] // self.cell), int(p[1] // self.cell)].append(p)

    def nearest(self, p, reach):
        cx, cy = int(p[0] // self.cell), int(p[1] // self.cell)
        best = None
        for r in range(int(reach / self.cell) + 1):
            if best is not None and best < (r - 1) * self.cell:
                break
            for x in range(cx - r, cx + r + 1):
                ys = range(cy - r, cy + r + 1) if x in (cx - r, cx + r) else (cy - r, cy + r)
                for y in ys:
                    for q in self.points.get((x, y), ()):
                        d = math.hypot(q[0] - p[0], q[1] - p[1])
                        if best is None or d < best:
                            best = d
        return best


def inside(rings, p):
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
            if (ay > p[1]) != (by > p[1]) and p[0] < (bx - ax) * (p[1] - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def nest(rings):
    """Polygons of loose rings: what lies in an odd number of others is a hole."""
    rings = sorted(rings, key=lambda r: -abs(area(r)))
    polygons, owners = [], []
    for ring in rings:
        around = [i for i, outer in enumerate(owners) if inside([outer[0]], ring[0])]
        if len(around) % 2 == 0:
            polygons.append([ring])
            owners.append((ring, polygons[-1]))
        else:
            owners[around[-1]][1].append(ring)
            owners.append((ring, polygons[-1]))
    return polygons


def middle(rings):
    """A point well inside the largest ring: the best of a lattice."""
    ring = max(rings, key=lambda r: abs(area(r)))
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    thin = ring[:: max(1, len(ring) // 400)]
    best = None
    for i in range(1, 24):
        for j in range(1, 24):
            p = (x0 + (x1 - x0) * i / 24, y0 + (y1 - y0) * j / 24)
            if not inside([ring], p):
                continue
            # Labels are wide and low: room to the sides counts for more.
            room = min(math.hypot((q[0] - p[0]) * 0.6, q[1] - p[1]) for q in thin)
            if best is None or room > best[0] + 1e-9:
                best = (room, p)
    return best[1] if best else ((x0 + x1) / 2, (y0 + y1) / 2)


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def to_world(p):
    lat = max(-EDGE_LAT, min(EDGE_LAT, p[1]))
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return (round((p[0] + 180) / 360 * WORLD), round(y * WORLD))


def from_world(p):
    lat = math.degrees(math.atan(math.sinh((0.5 - p[1] / WORLD) * 2 * math.pi)))
    return (p[0] / WORLD * 360 - 180, lat)


def dedupe(line, quantum):
    out = []
    for x, y in line:
        q = ((x + quantum // 2) // quantum * quantum, (y + quantum // 2) // quantum * quantum)
        if not out or q != out[-1]:
            out.append(q)
    return out


def bounds(parts):
    xs = [p[0] for part in parts for p in part]
    ys = [p[1] for part in parts for p in part]
    return min(xs), min(ys), max(xs), max(ys)


def clip(ring, axis, limit, below, settle=round):
    """Sutherland-Hodgman against one line."""
    out = []
    if not ring:
        return out
    a = ring[-1]
    a_in = a[axis] <= limit if below else a[axis] >= limit
    for b in ring:
        b_in = b[axis] <= limit if below else b[axis] >= limit
        if a_in != b_in:
            t = (limit - a[axis]) / (b[axis] - a[axis])
            other = settle(a[1 - axis] + (b[1 - axis] - a[1 - axis]) * t)
            out.append((limit, other) if axis == 0 else (other, limit))
        if b_in:
            out.append(b)
        a, a_in = b, b_in
    return out


def cut_polygons(rings, zoom):
    """Rings cut to the tiles of @zoom, each tile a little larger than it is, so
    that no seam shows between the fills of two neighbours."""
    yield from cut(rings, 0, 0, 0, zoom, (WORLD >> zoom) // 64)


def cut(rings, level, x, y, zoom, margin):
    if not rings:
        return
    if level == zoom:
        yield rings
        return
    half = WORLD >> (level + 1)
    for dx in (0, 1):
        cx = (2 * x + dx) * half
        column = []
        for ring in rings:
            ring = clip(ring, 0, cx - margin, False) if dx else clip(ring, 0, cx + half + margin, True)
            if len(ring) > 2:
                column.append(ring)
        for dy in (0, 1):
            cy = (2 * y + dy) * half
            cell = []
            for ring in column:
                ring = clip(ring, 1, cy - margin, False) if dy else clip(ring, 1, cy + half + margin, True)
                if len(ring) > 2:
                    cell.append(ring)
            yield from cut(cell, level + 1, 2 * x + dx, 2 * y + dy, zoom, margin)


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value):
    return value << 1 if value >= 0 else (-value << 1) - 1


def encode(parts, shift):
    """Count of parts, then for each the count of points and their deltas, in
    quanta of 2^shift world units, running on from part to part."""
    out = bytearray(varint(len(parts)))
    px = py = 0
    for part in parts:
        out += varint(len(part))
        for x, y in part:
            x, y = x >> shift, y >> shift
            out += varint(zigzag(x - px)) + varint(zigzag(y - py))
            px, py = x, y
    return bytes(out)


def decode(blob, shift):
    """What encode() was given, to the quantum."""
    numbers, value, bits = [], 0, 0
    for byte in blob:
        value |= (byte & 0x7F) << bits
        bits += 7
        if byte < 0x80:
            numbers.append(value)
            value = bits = 0
    rest = iter(numbers)
    parts = []
    x = y = 0
    for _ in range(next(rest)):
        part = []
        for _ in range(next(rest)):
            dx, dy = next(rest), next(rest)
            x += dx >> 1 ^ -(dx & 1)
            y += dy >> 1 ^ -(dy & 1)
            part.append((x << shift, y << shift))
        parts.append(part)
    return parts
