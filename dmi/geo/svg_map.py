"""Maps drawn on the server for paper and page: one SVG, no outside tiles, the same bytes for the same facts.

Everything is told by dash, weight, shape and number as well as by color, so a black-and-white print says the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

from shapely import union_all
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from dmi.geo import svg_legend
from dmi.geo.svg_marks import (
    BLOCK,
    COOL,
    EDGE,
    HEAT,
    INK,
    INK_2,
    LAND,
    PARK,
    RAIL,
    SANS,
    WATER,
    Value,
    clean,
    path_of,
    symbol,
    tag,
    text,
    text_width,
)  # fmt: skip
from dmi.geo.svg_sheet import Area, Ground, MapSheet, Marker, Place, Shade, Street
from dmi.geo.svg_view import Room, View, slot_along, spread

__all__ = ["Area", "Ground", "MapSheet", "Marker", "Place", "Shade", "Street", "draw_map"]

HEADER = 46.0
DISC = 8.5
_WIDTHS = {1: 9.0, 2: 5.0, 3: 2.5}
_MOST_SPREAD = 150


def draw_map(sheet: MapSheet) -> str:
    """The sheet as one SVG element, ready for a page or a printed document."""
    foot = svg_legend.height(sheet)
    frame = (0.5, HEADER, sheet.width - 1.0, max(160.0, sheet.height - HEADER - foot))
    view = View.on(sheet.focus, frame, sheet.margin)
    layers = _layers(sheet, view)
    key = "m" + hashlib.sha256((sheet.title + layers).encode()).hexdigest()[:10]
    clip = tag("clipPath", tag("rect", x=frame[0], y=frame[1], width=frame[2], height=frame[3]), id=f"{key}-f")
    body = (
        tag("title", escape(clean(sheet.title)), id=f"{key}-t")
        + tag("desc", escape(clean(describe(sheet))), id=f"{key}-d")
        + tag("defs", clip)
        + _header(sheet)
        + tag("g", layers, clip_path=f"url(#{key}-f)")
        + tag("rect", x=frame[0], y=frame[1], width=frame[2], height=frame[3], fill="none", stroke=INK, stroke_width=1)
        + svg_legend.draw(sheet, top=frame[1] + frame[3])
    )
    height = frame[1] + frame[3] + foot
    return tag(
        "svg", body, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {sheet.width} {height:.0f}", width=sheet.width,
        height=height, role="img", aria_labelledby=f"{key}-t {key}-d", font_family=SANS, font_size=11,
    )  # fmt: skip


def describe(sheet: MapSheet) -> str:
    """What the map shows, in words, for those who cannot see it."""
    parts = [f"Map. {sheet.period}."]
    parts += [f"Outlined: {', '.join(a.name for a in sheet.areas)}."] if sheet.areas else []
    parts += (
        [f"Shaded by {'change' if sheet.shows_change else 'density'}: {sheet.shade_legend}."] if sheet.shades else []
    )
    for marker in sheet.markers[:60]:
        if marker.number:
            parts.append(f"{marker.number}: {marker.caption or 'a place on the map'}.")
    parts.append(f"Source: {sheet.source}.")
    return " ".join(parts)


def _header(sheet: MapSheet) -> str:
    return text(0, 17, sheet.title, size=16, font_weight="bold") + text(0, 35, sheet.period, size=11.5, fill=INK_2)


def _layers(sheet: MapSheet, view: View) -> str:
    room = _reserve_furniture(view)
    marks = _markers(sheet.markers, view, room)
    names = _area_labels(sheet, view, room) + _places(sheet, view, room) + _ground_names(sheet.ground, view, room)
    names += _street_names(sheet.ground.streets, view, room)
    drawn = _ground(sheet.ground, view) + _shades(sheet, view) + _areas(sheet, view)
    return drawn + names + marks + svg_legend.furniture(view)


def _reserve_furniture(view: View) -> Room:
    """Keep the corners of the scale bar and the north arrow free of words."""
    right, bottom = view.left + view.width, view.top + view.height
    room = Room((view.left + 3, view.top + 3, right - 3, bottom - 3))
    room.reserve((view.left, bottom - 56, view.left + 190, bottom), (right - 44, view.top, right, view.top + 62))
    return room


def _shape(view: View, shape: BaseGeometry, **attributes: Value) -> str:
    data = path_of(view.draw(shape))
    return tag("path", d=data, **attributes) if data else ""


def _ground(ground: Ground, view: View) -> str:
    land = LAND if ground.blocks else BLOCK
    drawn = [tag("rect", x=view.left, y=view.top, width=view.width, height=view.height, fill=land)]
    drawn += [_shape(view, b, fill=BLOCK) for b in ground.blocks]
    drawn += [_shape(view, p, fill=PARK, stroke="#a9bd9d", stroke_width=0.6) for _, p in ground.parks]
    drawn += [_shape(view, w, fill=WATER, stroke="#8fb0c4", stroke_width=0.8) for _, w in ground.water]
    roads = sorted(ground.streets, key=lambda s: (-s.rank, s.name))
    zoom = min(2.2, max(0.35, view.scale / 0.45))
    for extra, color in ((1.6, EDGE), (0.0, "#ffffff")):
        for street in roads:
            width = _WIDTHS.get(street.rank, 5.0) * zoom + extra
            look: dict[str, Value] = {"fill": "none", "stroke": color, "stroke_width": width, "stroke_linecap": "round"}
            drawn.append(_shape(view, street.shape, stroke_linejoin="round", **look))
    for rail in ground.rails:
        drawn.append(_shape(view, rail, fill="none", stroke=RAIL, stroke_width=1.4))
        drawn.append(_shape(view, rail, fill="none", stroke=RAIL, stroke_width=5, stroke_dasharray="1.4 8"))
    return "".join(drawn)


def _shades(sheet: MapSheet, view: View) -> str:
    drawn = []
    for shade in sorted(sheet.shades, key=lambda s: s.step):
        color = (COOL if shade.is_fall else HEAT)[min(max(shade.step, 1), len(HEAT)) - 1]
        look: dict[str, Value] = {"fill": color, "fill_rule": "evenodd", "fill_opacity": "0.62"}
        if shade.is_fall:
            look["stroke_dasharray"] = "4 2"
        drawn.append(_shape(view, shade.shape, stroke=INK_2, stroke_width=0.5, stroke_opacity="0.55", **look))
    return "".join(drawn)


def _areas(sheet: MapSheet, view: View) -> str:
    drawn = []
    order = {"city": 0, "beat": 1, "broad": 2, "compare": 3, "target": 4}
    for area in sorted(sheet.areas, key=lambda a: order[a.style]):
        line = svg_legend.AREA_LINES[area.style]
        if area.style in {"target", "compare"}:
            wide = float(line["stroke_width"]) + 3
            drawn.append(_shape(view, area.shape, fill="none", stroke="#ffffff", stroke_width=wide))
        drawn.append(_shape(view, area.shape, fill="none", stroke_linejoin="round", **line))
    return "".join(drawn)


def _area_labels(sheet: MapSheet, view: View, room: Room) -> str:
    drawn = []
    for area in sheet.areas:
        shape = view.draw(area.shape, spare=0)
        if not area.label or shape.is_empty:
            continue
        if area.style == "beat":
            drawn.append(_beat_label(area.label, shape, room))
            continue
        width = text_width(area.label, 11.5) + 12
        for x, y in _beside(shape, width):
            if room.claim((x, y, x + width, y + 17)):
                fill = INK if area.style == "target" else "#4a3f8f" if area.style == "compare" else INK_2
                drawn.append(tag("rect", x=x, y=y, width=width, height=17, rx=2, fill=fill, stroke="#ffffff"))
                drawn.append(text(x + 6, y + 12.5, area.label, size=11.5, fill="#ffffff", font_weight="bold"))
                break
    return "".join(drawn)


def _beside(shape: BaseGeometry, width: float) -> Iterator[tuple[float, float]]:
    """Places for a plate just above, then just below the outline, where the outline is at that width."""
    left, top, right, bottom = shape.bounds
    for x in (left, (left + right - width) / 2, right - width):
        strip = shape.intersection(box(x, top - 1, x + width, bottom + 1))
        if not strip.is_empty:
            yield x, strip.bounds[1] - 21
    for x in (left, (left + right - width) / 2, right - width):
        strip = shape.intersection(box(x, top - 1, x + width, bottom + 1))
        if not strip.is_empty:
            yield x, strip.bounds[3] + 5


def _beat_label(label: str, shape: BaseGeometry, room: Room) -> str:
    middle, width = shape.representative_point(), text_width(label, 12)
    for dx, dy in ((0, 0), (0, 40), (0, -40), (60, 0), (-60, 0), (60, 60), (-60, -60)):
        x, y = middle.x + dx, middle.y + dy
        if room.claim((x - width / 2, y - 10, x + width / 2, y + 4)):
            return text(x, y, label, size=12, halo=True, text_anchor="middle", fill=INK_2, font_weight="bold")
    return ""


def _places(sheet: MapSheet, view: View, room: Room) -> str:
    drawn, lines = [], _outlines(sheet, view)
    for place in sheet.places:
        x, y = view.pixel(place.lon, place.lat)
        if not view.holds(x, y):
            continue
        spots = _around(x, y, text_width(place.name, 10))
        for left, base in sorted(spots, key=lambda at: _cuts(lines, at[0], at[1], place.name)):
            words = _words_box(left, base, place.name)
            if room.claim(words, (x - 4, y - 4, x + 4, y + 4)):
                sign = tag("rect", x=x - 3, y=y - 3, width=6, height=6, fill="#ffffff", stroke=INK_2, stroke_width=1.4)
                drawn.append(sign + text(left, base, place.name, size=10, halo=True, fill=INK_2))
                break
    return "".join(drawn)


def _outlines(sheet: MapSheet, view: View) -> BaseGeometry:
    """The lines that a word's white edge must not interrupt: those of the areas the sheet is about."""
    drawn = [view.draw(area.shape, spare=0) for area in sheet.areas if area.style in {"broad", "compare", "target"}]
    return union_all([shape.boundary for shape in drawn if not shape.is_empty])


def _around(x: float, y: float, width: float) -> tuple[tuple[float, float], ...]:
    """Where the words beside a landmark may begin: right, left, above, below."""
    return (x + 6, y + 3.5), (x - 6 - width, y + 3.5), (x - width / 2, y - 8), (x - width / 2, y + 15)


def _words_box(left: float, base: float, words: str) -> tuple[float, float, float, float]:
    return left, base - 9.5, left + text_width(words, 10), base + 2.5


def _cuts(lines: BaseGeometry, left: float, base: float, words: str) -> bool:
    """Whether words there would lie across an outline."""
    return bool(lines.intersects(box(*_words_box(left, base, words))))


def _ground_names(ground: Ground, view: View, room: Room) -> str:
    drawn = []
    for name, shape in (*ground.parks, *ground.water):
        seen = view.draw(shape, spare=0)
        if not name or seen.is_empty or seen.area < 900:
            continue
        middle, width = seen.representative_point(), text_width(name, 10.5)
        if room.claim((middle.x - width / 2, middle.y - 8, middle.x + width / 2, middle.y + 4)):
            look: dict[str, Value] = {"text_anchor": "middle", "font_style": "italic", "fill": INK_2}
            drawn.append(text(middle.x, middle.y + 2, name, size=10.5, halo=True, **look))
    return "".join(drawn)


def _street_names(streets: tuple[Street, ...], view: View, room: Room) -> str:
    drawn, frame = [], view.frame.buffer(-4)
    for street in sorted(streets, key=lambda s: (s.rank, s.name)):
        if not street.name or street.rank > 2:
            continue
        size = 11.5 if street.rank == 1 else 10
        slot = slot_along(view.draw(street.shape).intersection(frame), street.name, size, room)
        if slot:
            turn = f"rotate({slot.turn:.1f} {slot.x:.1f} {slot.y:.1f})"
            weight = "bold" if street.rank == 1 else "normal"
            placed = text(slot.x, slot.y + size * 0.34, street.name, size=size, halo=True, text_anchor="middle",
                          font_weight=weight, transform=turn)  # fmt: skip
            drawn.append(placed)
    return "".join(drawn)


def _markers(markers: tuple[Marker, ...], view: View, room: Room) -> str:
    spots = [(m, view.pixel(m.lon, m.lat)) for m in markers]
    spots = [(m, p) for m, p in spots if view.holds(*p)]
    plain = [symbol(m.style, *p) for m, p in spots if not m.number]
    room.reserve(*((x - 5, y - 5, x + 5, y + 5) for m, (x, y) in spots if not m.number))
    numbered = [(m, p) for m, p in spots if m.number]
    inner = (view.left + 12, view.top + 12, view.left + view.width - 12, view.top + view.height - 12)
    places = [p for _, p in numbered]
    moved = spread(places, 2 * DISC + 3, inner) if len(places) <= _MOST_SPREAD else places
    leaders, discs = [], []
    for (marker, (x, y)), (mx, my) in zip(numbered, moved, strict=True):
        room.reserve((mx - DISC - 1, my - DISC - 1, mx + DISC + 1, my + DISC + 1))
        if abs(mx - x) + abs(my - y) > 3:
            leaders.append(tag("line", x1=x, y1=y, x2=mx, y2=my, stroke=INK, stroke_width=1.2))
            leaders.append(tag("circle", cx=x, cy=y, r=2.2, fill=INK, stroke="#ffffff", stroke_width=0.8))
        discs.append(_disc(marker, mx, my))
    return "".join(plain + leaders + discs)


def _disc(marker: Marker, x: float, y: float) -> str:
    dark = marker.style in {"dot", "square", "triangle"}
    fill, ink = (INK, "#ffffff") if dark else ("#ffffff", INK)
    size = 11 if len(marker.number) < 3 else 8.5
    look: dict[str, Value] = {"fill": fill, "stroke": "#ffffff" if dark else INK, "stroke_width": 1.8}
    if marker.style == "square":
        disc = tag("rect", x=x - DISC, y=y - DISC, width=2 * DISC, height=2 * DISC, rx=1.5, **look)
    else:
        disc = tag("circle", cx=x, cy=y, r=DISC, **look)
    return disc + text(x, y + size * 0.36, marker.number, size=size, fill=ink, text_anchor="middle", font_weight="bold")
