#!/usr/bin/env python3
"""Draws the portraits of the sample: invented faces, head and shoulders.

Writes 600 x 800 JPEGs without metadata. Needs Debian's librsvg2-bin and
imagemagick.
"""

import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent

# Child faces are rounder and sit lower: face width, height, eye line.
TODDLER = {"w": 150, "h": 160, "eyes": 20, "eye": 17}
TEEN = {"w": 130, "h": 172, "eyes": 0, "eye": 14}

PEOPLE = {
    "hengshui-girl": dict(
        TODDLER, ground=("#f3dfc9", "#e6c6a5"), skin="#f0c8a4", shade="#dba981", hair="#6b4328",
        cut="bob", top="#f4a3b6", collar="#ffffff", mark=(-52, -22)),
    "zhijin-boy": dict(
        TEEN, ground=("#cfe0ee", "#a9c6de"), skin="#e8b98f", shade="#cf986c", hair="#1d1a1c",
        cut="short", top="#2f5fa8", collar="#ffffff", mark=None),
    "zhijin-boy-2": dict(
        TEEN, ground=("#dbe6d4", "#b7cda9"), skin="#e3b187", shade="#c78f64", hair="#231d1b",
        cut="side", top="#33518f", collar="#f4f6fb", mark=None),
    "chaoyang-boy": dict(
        TEEN, ground=("#e3dfec", "#c5bddb"), skin="#efc5a0", shade="#d8a47c", hair="#2a2321",
        cut="side", top="#8b9097", collar="#767b82", mark=None, glasses=True),
    "huixian-boy": dict(
        TODDLER, ground=("#d7ebe8", "#acd3cc"), skin="#f3cba8", shade="#deac85", hair="#2b2422",
        cut="tuft", top="#3f7fc4", collar="#ffffff", mark=None, dungarees=True),
}


def hair(p):
    w, h = p["w"], p["h"]
    colour = p["hair"]
    top = f"M {-w - 8},-10 C {-w - 20},{-h - 40} {-w // 2},{-h - 62} 0,{-h - 60}" \
          f" C {w // 2},{-h - 62} {w + 20},{-h - 40} {w + 8},-10"
    fringe = {
        "bob": f" L {w - 10},-40 C {w - 30},{-h + 70} {w // 3},{-h + 50} 0,{-h + 62}"
               f" C {-w // 3},{-h + 50} {-w + 30},{-h + 70} {-w + 10},-40 Z",
        "short": f" L {w - 6},-30 C {w - 14},{-h + 76} {w // 2},{-h + 34} 10,{-h + 40}"
                 f" C {-w // 2},{-h + 36} {-w + 14},{-h + 76} {-w + 6},-30 Z",
        "side": f" L {w - 6},-30 C {w - 12},{-h + 70} {w // 2},{-h + 30} {w // 4},{-h + 22}"
                f" C {-w // 4},{-h + 78} {-w + 30},{-h + 88} {-w + 6},-20 Z",
        "tuft": f" L {w - 4},-50 C {w - 16},{-h + 50} {w // 2},{-h + 22} 0,{-h + 26}"
                f" C {-w // 2},{-h + 22} {-w + 16},{-h + 50} {-w + 4},-50 Z",
    }[p["cut"]]
    parts = [f'<path d="{top}{fringe}" fill="{colour}"/>']
    if p["cut"] == "tuft":
        parts.append(f'<path d="M -18,{-h - 56} q 8,-34 30,-30 q -12,12 -2,32 z" fill="{colour}"/>')
    return "".join(parts)


def back_hair(p):
    if p["cut"] != "bob":
        return ""
    w, h = p["w"], p["h"]
    return (f'<path d="M {-w - 20},-20 C {-w - 44},{h - 30} {-w + 10},{h + 10} {-w + 40},{h - 6}'
            f' L {w - 40},{h - 6} C {w - 10},{h + 10} {w + 44},{h - 30} {w + 20},-20 Z"'
            f' fill="{p["hair"]}"/>')


def face(p):
    w, h, y, r = p["w"], p["h"], p["eyes"], p["eye"]
    gap = w * 0.42
    eyes = ""
    for side in (-1, 1):
        x = side * gap
        eyes += (f'<ellipse cx="{x}" cy="{y}" rx="{r + 6}" ry="{r - 1}" fill="#fff"/>'
                 f'<circle cx="{x}" cy="{y}" r="{r - 3}" fill="#33241c"/>'
                 f'<circle cx="{x + 4}" cy="{y - 4}" r="3.4" fill="#fff"/>'
                 f'<path d="M {x - r - 8},{y - 4} q {r + 8},{-r - 6} {2 * r + 16},0"'
                 f' stroke="#33241c" stroke-width="5" fill="none" stroke-linecap="round"/>'
                 f'<path d="M {x - r - 10},{y - r - 20} q {r + 10},-12 {2 * r + 20},{2 * side}"'
                 f' stroke="{p["hair"]}" stroke-width="8" fill="none" stroke-linecap="round"/>')
    cheeks = "".join(
        f'<ellipse cx="{s * w * 0.58}" cy="{y + 52}" rx="26" ry="16" fill="#e9806f" opacity=".28"/>'
        for s in (-1, 1))
    mark = ""
    if p.get("mark"):
        mark = f'<circle cx="{p["mark"][0]}" cy="{p["mark"][1]}" r="5" fill="#6b4328"/>'
    glasses = ""
    if p.get("glasses"):
        glasses = (f'<g fill="none" stroke="#22242a" stroke-width="7">'
                   f'<rect x="{-gap - 36}" y="{y - 28}" width="72" height="56" rx="20"/>'
                   f'<rect x="{gap - 36}" y="{y - 28}" width="72" height="56" rx="20"/>'
                   f'<path d="M {-gap + 36},{y} q {gap - 36},-12 {2 * gap - 72},0"/></g>')
    ears = "".join(
        f'<ellipse cx="{s * (w + 2)}" cy="{y + 14}" rx="20" ry="32" fill="{p["shade"]}"/>'
        for s in (-1, 1))
    head = (f'<path d="M {-w},-30 C {-w},{-h - 20} {w},{-h - 20} {w},-30'
            f' C {w},{h * 0.62} {w * 0.55},{h} 0,{h} C {-w * 0.55},{h} {-w},{h * 0.62} {-w},-30 Z"'
            f' fill="{p["skin"]}"/>')
    nose = (f'<path d="M -8,{y + 50} q 8,12 18,0" stroke="{p["shade"]}" stroke-width="6"'
            f' fill="none" stroke-linecap="round"/>')
    mouth = (f'<path d="M -30,{y + 86} q 30,24 60,0" stroke="#b0504a" stroke-width="7" fill="none"'
             f' stroke-linecap="round"/>')
    return ears + head + cheeks + nose + mouth + eyes + mark + glasses


def body(p):
    h = p["h"]
    neck = (f'<path d="M -46,{h - 40} L -50,{h + 70} Q 0,{h + 110} 50,{h + 70} L 46,{h - 40} Z"'
            f' fill="{p["shade"]}"/>')
    shirt = (f'<path d="M -330,480 C -320,{h + 110} -170,{h + 78} -60,{h + 52} Q 0,{h + 112} 60,'
             f'{h + 52} C 170,{h + 78} 320,{h + 110} 330,480 Z" fill="{{colour}}"/>')
    if p.get("dungarees"):
        cloth = shirt.format(colour="#ffffff")
        cloth += (f'<path d="M -120,{h + 88} l 40,0 l 10,80 l 140,0 l 10,-80 l 40,0 l 26,240'
                  f' l -290,0 Z" fill="{p["top"]}"/>'
                  f'<circle cx="-66" cy="{h + 178}" r="10" fill="#f1c94c"/>'
                  f'<circle cx="66" cy="{h + 178}" r="10" fill="#f1c94c"/>')
        return neck + cloth
    cloth = shirt.format(colour=p["top"])
    cloth += (f'<path d="M -62,{h + 50} Q 0,{h + 126} 62,{h + 50} L 84,{h + 96} Q 0,{h + 172} -84,'
              f'{h + 96} Z" fill="{p["collar"]}"/>')
    return neck + cloth


def draw(p):
    light, dark = p["ground"]
    return f'''<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800">
<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="{light}"/><stop offset="1" stop-color="{dark}"/></linearGradient></defs>
<rect width="600" height="800" fill="url(#g)"/>
<g transform="translate(300,360)">{back_hair(p)}{body(p)}{face(p)}{hair(p)}</g></svg>'''


def main():
    for name, person in PEOPLE.items():
        svg = HERE / f"{name}.svg"
        png = HERE / f"{name}.png"
        svg.write_text(draw(person))
        subprocess.run(["rsvg-convert", "-o", png, svg], check=True)
        subprocess.run(["convert", png, "-strip", "-quality", "86", HERE / f"{name}.jpg"], check=True)
        png.unlink()
        svg.unlink()


if __name__ == "__main__":
    main()
