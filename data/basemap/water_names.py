# water_names.py: the names of great rivers and lakes of the base map
#
# GSHHG's rivers bear no names. Here are the names of those that people find
# their way by, each with points that lie on it, most of them at towns; they are
# put onto the line that is nearest, so that a name never stands on dry land.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import math

import geometry as g

# How far a point may be from the river that it names. The rivers themselves are
# good to a kilometre or two.
FARTHEST_KM = 6.0

# Chinese name, Latin name, first zoom, points (latitude, longitude). Where two of a
# river's points are close together on the screen the program names it once.
RIVERS = [
    ("长江", "Yangtze", 5, (30.5, 116.98), (29.75, 107.4), (29.83, 112.55), (31.7, 118.45),
     (32.2, 119.6), (31.03, 109.5), (28.8, 105.0)),
    ("金沙江", "Jinsha River", 6, (26.54, 101.86), (29.96, 99.04)),
    ("通天河", "Tongtian River", 6, (34.03, 95.83)),
    ("黄河", "Yellow River", 5, (40.25, 107.0), (34.95, 113.6), (37.35, 118.0), (36.2, 116.2),
     (37.5, 110.75), (37.46, 105.0), (33.96, 102.05), (34.82, 98.37)),
    ("珠江", "Pearl River", 7, (23.09, 113.4)),
    ("西江", "Xi River", 6, (23.42, 110.9)),
    ("北江", "Bei River", 7, (24.2, 113.4)),
    ("东江", "Dong River", 7, (23.45, 114.65)),
    ("红水河", "Hongshui River", 7, (24.35, 107.57)),
    ("郁江", "Yu River", 8, (22.66, 109.18)),
    ("柳江", "Liu River", 8, (24.66, 109.22)),
    ("南盘江", "Nanpan River", 7, (24.75, 104.9)),
    ("北盘江", "Beipan River", 8, (25.65, 105.65)),
    ("黑龙江", "Heilong (Amur)", 5, (49.4, 127.8), (52.87, 125.66), (47.7, 131.5)),
    ("阿穆尔河", "Amur", 5, (50.2, 137.0)),
    ("额尔古纳河", "Argun River", 6, (51.21, 119.82)),
    ("松花江", "Songhua River", 5, (46.1, 129.3), (45.4, 125.3), (43.8, 126.55)),
    ("嫩江", "Nen River", 6, (48.3, 124.5)),
    ("乌苏里江", "Ussuri River", 6, (46.9, 134.0)),
    ("图们江", "Tumen River", 7, (42.95, 129.85)),
    ("鸭绿江", "Yalu River", 6, (41.68, 127.08), (40.5, 124.9)),
    ("辽河", "Liao River", 6, (42.25, 123.58)),
    ("西辽河", "Xiliao River", 7, (43.51, 121.45)),
    ("海河", "Hai River", 8, (39.0, 117.45)),
    ("滦河", "Luan River", 7, (40.9, 117.85)),
    ("永定河", "Yongding River", 8, (40.24, 115.57)),
    ("汾河", "Fen River", 7, (36.95, 111.78)),
    ("渭河", "Wei River", 6, (34.23, 108.1), (34.55, 109.8)),
    ("洛河", "Luo River", 8, (34.4, 111.7)),
    ("淮河", "Huai River", 5, (32.45, 115.5), (32.95, 117.6), (32.35, 114.6)),
    ("汉江", "Han River", 5, (32.88, 109.57), (31.1, 112.5), (33.05, 107.3)),
    ("嘉陵江", "Jialing River", 6, (31.31, 106.11), (32.9, 105.9)),
    ("岷江", "Min River", 7, (29.6, 103.75)),
    ("大渡河", "Dadu River", 7, (30.7, 102.05)),
    ("雅砻江", "Yalong River", 6, (29.9, 101.05)),
    ("乌江", "Wu River", 6, (28.25, 108.2), (27.31, 106.75)),
    ("沅江", "Yuan River", 6, (28.0, 110.2)),
    ("湘江", "Xiang River", 6, (27.3, 112.9)),
    ("赣江", "Gan River", 6, (27.45, 115.05)),
    ("闽江", "Min River", 7, (26.4, 118.4)),
    ("韩江", "Han River", 8, (23.95, 116.48)),
    ("瓯江", "Ou River", 8, (28.15, 120.35)),
    ("钱塘江", "Qiantang River", 7, (30.05, 119.99)),
    ("澜沧江", "Lancang (Mekong)", 5, (24.6, 100.45), (29.6, 98.4), (22.0, 100.85)),
    ("湄公河", "Mekong", 5, (17.4, 104.75), (13.5, 105.95)),
    ("怒江", "Nu (Salween)", 5, (26.9, 98.85), (30.75, 96.39)),
    ("萨尔温江", "Salween", 6, (20.35, 98.04)),
    ("伊洛瓦底江", "Irrawaddy", 6, (22.0, 96.0)),
    ("元江", "Yuan (Red) River", 7, (23.6, 102.0)),
    ("红河", "Red River", 7, (21.7, 104.9)),
    ("雅鲁藏布江", "Yarlung Tsangpo", 5, (29.35, 89.6), (29.3, 84.5), (29.2, 93.5)),
    ("布拉马普特拉河", "Brahmaputra", 5, (26.6, 93.0)),
    ("恒河", "Ganges", 5, (25.4, 83.5)),
    ("印度河", "Indus", 5, (28.5, 69.8)),
    ("塔里木河", "Tarim River", 5, (41.1, 84.2), (40.62, 81.4)),
    ("叶尔羌河", "Yarkand River", 7, (38.91, 77.58)),
    ("伊犁河", "Ili River", 6, (43.79, 81.52)),
    ("额尔齐斯河", "Irtysh", 6, (47.6, 86.9)),
    ("黑河", "Hei River", 7, (39.5, 99.6)),
    ("叶尼塞河", "Yenisei", 5, (58.5, 92.2)),
    ("勒拿河", "Lena", 5, (61.2, 128.0)),
    ("鄂毕河", "Ob", 5, (61.2, 73.37)),
    ("尼罗河", "Nile", 5, (26.1, 32.75)),
    ("多瑙河", "Danube", 6, (44.2, 27.5)),
    ("伏尔加河", "Volga", 5, (49.5, 45.0)),
    ("亚马孙河", "Amazon", 5, (-2.6, -57.3)),
    ("密西西比河", "Mississippi", 5, (34.8, -90.4)),
]

# As RIVERS; each point has to lie on the water itself, and stays where it is.
LAKES = [
    ("青海湖", "Qinghai Lake", 5, (36.9, 100.15)),
    ("鄱阳湖", "Poyang Lake", 6, (29.1, 116.3)),
    ("洞庭湖", "Dongting Lake", 6, (29.38, 112.95)),
    ("太湖", "Lake Tai", 6, (31.2, 120.15)),
    ("洪泽湖", "Hongze Lake", 7, (33.3, 118.65)),
    ("巢湖", "Chao Lake", 7, (31.55, 117.55)),
    ("微山湖", "Weishan Lake", 7, (34.7, 117.15)),
    ("呼伦湖", "Hulun Lake", 6, (48.95, 117.4)),
    ("兴凯湖", "Khanka Lake", 6, (45.0, 132.4)),
    ("纳木错", "Namtso", 6, (30.73, 90.6)),
    ("色林错", "Siling Tso", 6, (31.8, 89.0)),
    ("博斯腾湖", "Bosten Lake", 6, (41.98, 87.05)),
    ("滇池", "Dian Lake", 8, (24.82, 102.7)),
    ("洱海", "Erhai Lake", 8, (25.8, 100.18)),
    ("贝加尔湖", "Lake Baikal", 4, (53.4, 108.0)),
    ("巴尔喀什湖", "Lake Balkhash", 5, (46.1, 74.3)),
    ("伊塞克湖", "Issyk-Kul", 6, (42.45, 77.3)),
]

LAST_ZOOM = 12


class Unplaced(Exception):
    """A name's point is not on its water; says which and what to do."""


def nearest_on(line, p):
    """(distance, point) of the line's point nearest to p, in world units."""
    best = (math.inf, p)
    for (ax, ay), (bx, by) in zip(line, line[1:]):
        dx, dy = bx - ax, by - ay
        span = dx * dx + dy * dy
        t = max(0.0, min(1.0, ((p[0] - ax) * dx + (p[1] - ay) * dy) / span)) if span else 0.0
        x, y = ax + t * dx, ay + t * dy
        best = min(best, (math.dist(p, (x, y)), (x, y)))
    return best


def is_close(line, p, reach):
    """Whether the line's bounds come near: spares most lines the reckoning."""
    return (min(x for x, _ in line) - reach <= p[0] <= max(x for x, _ in line) + reach
            and min(y for _, y in line) - reach <= p[1] <= max(y for _, y in line) + reach)


def place(zh, latin, lat, lon, lines, rings, is_lake):
    """Where the name stands, in degrees."""
    p = g.to_world((lon, lat))
    # A river that has both its banks is water too.
    if any(is_close(ring, p, 0) and g.inside([ring], p) for ring in rings):
        return lat, lon
    if is_lake:
        raise Unplaced(f"“{zh}” ({latin}): {lat}, {lon} is on no lake. "
                       "Correct the point in water_names.py.")
    unit_km = 40075.0 * math.cos(math.radians(lat)) / g.WORLD
    reach = FARTHEST_KM / unit_km
    near = [nearest_on(line, p) for line in lines if is_close(line, p, reach)]
    near += [nearest_on(ring + ring[:1], p) for ring in rings if is_close(ring, p, reach)]
    off, (x, y) = min(near, default=(math.inf, p))
    if off > reach:
        raise Unplaced(f"“{zh}” ({latin}): no river within {FARTHEST_KM:g} km of {lat}, {lon}. "
                       "Correct the point in water_names.py.")
    lon, lat = g.from_world((x, y))
    return lat, lon


def rows(lines, rings):
    """(zh, latin, lat, lon, first zoom, last zoom) of every name; lines and rings
    are the base map's of its finest band, in world units. Unplaced names fail."""
    found = []
    for table, is_lake in ((RIVERS, False), (LAKES, True)):
        for zh, latin, first, *points in table:
            for lat, lon in points:
                lat, lon = place(zh, latin, lat, lon, lines, rings, is_lake)
                found.append((zh, latin, lat, lon, first, LAST_ZOOM))
    return found
