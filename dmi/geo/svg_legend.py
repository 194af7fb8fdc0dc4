"""The foot of a printed map (legend, list of numbers, source) and its scale bar and north arrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dmi.geo.projections import METERS_PER_FOOT, METERS_PER_MILE
from dmi.geo.svg_marks import COOL, HEAT, INK, INK_2, Value, number, symbol, tag, text, text_width
from dmi.geo.svg_sheet import MapSheet
from dmi.geo.svg_view import View

ROW = 16.0
ENTRY = 178.0
AREA_LINES: dict[str, dict[str, Value]] = {
    "target": {"stroke": INK, "stroke_width": 3.6},
    "broad": {"stroke": INK_2, "stroke_width": 2.2, "stroke_dasharray": "7 5"},
    "compare": {"stroke": "#4a3f8f", "stroke_width": 2.8, "stroke_dasharray": "12 4 2 4"},
    "beat": {"stroke": INK_2, "stroke_width": 1.1, "stroke_dasharray": "1.5 3"},
    "city": {"stroke": INK_2, "stroke_width": 1.4},
}
_FEET = (50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000)
_MILES = ((0.05, "0.05"), (0.1, "0.1"), (0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (5.0, "5"), (10.0, "10"))


@dataclass(frozen=True)
class Entry:
    """One line of the legend: a drawn sample (at 0, 0, 26 wide) and words."""

    sample: str
    words: str


def height(sheet: MapSheet) -> float:
    """How much room the foot needs below the map."""
    listed = _list_rows(sheet)
    return 18 + ROW * (_rows(sheet) + listed + len(_last_lines(sheet))) + (6 if listed else 0)


def draw(sheet: MapSheet, *, top: float) -> str:
    """The foot, starting at `top`."""
    entries, columns, drawn = list(_entries(sheet)), _columns(sheet), []
    for i, entry in enumerate(entries):
        x, y = (i % columns) * (sheet.width / columns), top + 20 + ROW * (i // columns)
        drawn.append(tag("g", entry.sample, transform=f"translate({number(x)} {number(y - 4)})"))
        drawn.append(text(x + 33, y, fit(entry.words, sheet.width / columns - 38, 11), size=11))
    y = top + 20 + ROW * _rows(sheet)
    if _list_rows(sheet):
        drawn.append(tag("line", x1=0, x2=sheet.width, y1=y - 8, y2=y - 8, stroke="#7d8a97", stroke_width=0.6))
        drawn += _list(sheet, y + 6)
        y += 6 + ROW * _list_rows(sheet)
    for i, line in enumerate(_last_lines(sheet)):
        drawn.append(text(0, y + ROW * i, fit(line, sheet.width, 10), size=10, fill=INK_2))
    return "".join(drawn)


def fit(words: str, width: float, size: float) -> str:
    """Words cut with an ellipsis where they would not fit."""
    if text_width(words, size) <= width:
        return words
    while words and text_width(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip(" ,;.") + "…"


def _last_lines(sheet: MapSheet) -> list[str]:
    return [f"Source: {sheet.source}."] + ([sheet.notice] if sheet.notice else [])


def _columns(sheet: MapSheet) -> int:
    return max(1, int(sheet.width // ENTRY))


def _rows(sheet: MapSheet) -> int:
    return -(-len(list(_entries(sheet))) // _columns(sheet))


def _listed(sheet: MapSheet) -> list[tuple[str, str]]:
    if not sheet.list_markers:
        return []
    return list(dict.fromkeys((m.number, m.caption) for m in sheet.markers if m.number and m.caption))


def _list_rows(sheet: MapSheet) -> int:
    return -(-len(_listed(sheet)) // 2)


def _list(sheet: MapSheet, top: float) -> Iterator[str]:
    rows, half = _list_rows(sheet), sheet.width / 2
    for i, (mark, caption) in enumerate(_listed(sheet)):
        x, y = (i // rows) * half, top + ROW * (i % rows)
        yield text(x + 16, y, mark, size=11, text_anchor="end", font_weight="bold")
        yield text(x + 24, y, fit(caption, half - 30, 11), size=11)


def _entries(sheet: MapSheet) -> Iterator[Entry]:
    seen: set[tuple[str, str]] = set()
    for area in sheet.areas:
        name = "Police beat" if area.style == "beat" else area.name
        if (area.style, name) not in seen:
            seen.add((area.style, name))
            line = AREA_LINES[area.style]
            yield Entry(tag("rect", x=1, y=-5, width=24, height=11, fill="none", **line), name)
    yield from _ramps(sheet)
    for style, group in dict.fromkeys((m.style, m.group) for m in sheet.markers if m.group):
        yield Entry(symbol(style, 13, 0, 5), group)
    if sheet.places:
        sign = tag("rect", x=10, y=-3, width=6, height=6, fill="#ffffff", stroke=INK_2, stroke_width=1.4)
        yield Entry(sign, "Landmark")


def _ramps(sheet: MapSheet) -> Iterator[Entry]:
    """The steps of the surface; of a difference, one line for what rose and one for what fell."""
    told = ((False, HEAT, "More than before"), (True, COOL, "Fewer than before, dashed"))
    for is_fall, ramp, words in told if sheet.shows_change else ((False, HEAT, "Fewer to more, per square mile"),):
        steps = sorted({min(max(s.step, 1), len(ramp)) for s in sheet.shades if s.is_fall is is_fall})
        look: dict[str, Value] = {"stroke": INK_2, "stroke_width": 0.5}
        if is_fall:
            look["stroke_dasharray"] = "4 2"
        boxes = [
            tag("rect", x=i * 26 / len(steps), y=-5, width=26 / len(steps), height=11, fill=ramp[s - 1], **look)
            for i, s in enumerate(steps)
        ]
        if boxes:
            yield Entry("".join(boxes), words)


def furniture(view: View) -> str:
    """The scale bars and the north arrow, on white so that they read over anything."""
    return _scale_bars(view) + _north(view)


def _scale_bars(view: View) -> str:
    widest = min(150.0, view.width * 0.4)
    feet = max((f for f in _FEET if f * METERS_PER_FOOT * view.scale <= widest), default=_FEET[0])
    miles = max((m for m in _MILES if m[0] * METERS_PER_MILE * view.scale <= widest), default=_MILES[0])
    left, base = view.left + 10, view.top + view.height - 14
    plate = tag("rect", x=view.left, y=base - 34, width=widest + 38, height=48, fill="#ffffff", fill_opacity="0.92")
    upper = _bar(left, base - 22, feet * METERS_PER_FOOT * view.scale, f"{feet:,} feet")
    unit = "mile" if miles[0] <= 1 else "miles"
    return plate + upper + _bar(left, base, miles[0] * METERS_PER_MILE * view.scale, f"{miles[1]} {unit}")


def _bar(left: float, base: float, length: float, words: str) -> str:
    """A bar in four parts, black and white by turns, with its words above."""
    quarter = length / 4
    parts = [
        tag(
            "rect",
            x=left + i * quarter,
            y=base,
            width=quarter,
            height=4,
            stroke=INK,
            stroke_width=0.8,
            fill=INK if i % 2 == 0 else "#ffffff",
        )
        for i in range(4)
    ]
    return "".join(parts) + text(left, base - 3, f"0 to {words}", size=9.5)


def _north(view: View) -> str:
    x, y = view.left + view.width - 22, view.top + 12
    plate = tag("rect", x=x - 17, y=view.top, width=39, height=56, fill="#ffffff", fill_opacity="0.92")
    dark = tag("polygon", points=f"{x:.1f},{y:.1f} {x - 8:.1f},{y + 26:.1f} {x:.1f},{y + 20:.1f}", fill=INK)
    light = tag("polygon", points=f"{x:.1f},{y:.1f} {x + 8:.1f},{y + 26:.1f} {x:.1f},{y + 20:.1f}", fill="#ffffff",
                stroke=INK, stroke_width=0.9)  # fmt: skip
    return plate + dark + light + text(x, y + 39, "N", size=12, text_anchor="middle", font_weight="bold")
