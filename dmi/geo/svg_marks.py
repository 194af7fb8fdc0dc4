"""Small SVG writing: elements with escaped text, path data, symbols. Presentation attributes only, never style."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

SANS = "Source Sans 3, Source Sans Pro, Liberation Sans, DejaVu Sans, Arial, sans-serif"
INK = "#17212b"
INK_2 = "#44515e"
LAND, BLOCK, EDGE, WATER, PARK, RAIL = "#f5f6f4", "#e6e9e5", "#c3cac7", "#d3e2ec", "#d9e6d2", "#77828c"
HEAT = ("#fde9cf", "#f9c68d", "#ec9558", "#cb5d34", "#8c2d1c")
COOL = ("#d6e4f0", "#a3c3de", "#6a9cc4", "#3f76a5", "#1f4f7a")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Value = str | float | int


def clean(text: str) -> str:
    """Text without characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def number(value: float) -> str:
    """A coordinate with one decimal, no trailing zero, never minus nothing."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def tag(name: str, content: str = "", /, **attributes: Value) -> str:
    """An element; `content` is markup already escaped. Underscores in names become hyphens."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(clean(v) if isinstance(v, str) else number(v))}"
        for key, v in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: float, y: float, words: str, *, size: float = 11, halo: bool = False, **attributes: Value) -> str:
    """Words at a place; a halo is a white copy with a broad edge beneath (printers know no paint-order)."""
    common: dict[str, Value] = {"x": x, "y": y, "font_size": size, **attributes}
    content = escape(clean(words))
    over = tag("text", content, **{"fill": INK, **common})
    if not halo:
        return over
    under = {**common, "fill": "#ffffff", "stroke": "#ffffff", "stroke_width": 3, "stroke_linejoin": "round"}
    return tag("text", content, aria_hidden="true", **under) + over


def text_width(words: str, size: float) -> float:
    """About how wide words will be."""
    return sum(_em(c) for c in words) * size


def _em(letter: str) -> float:
    if letter in "iljtf.,' I1":
        return 0.32
    if letter in "mwMW":
        return 0.86
    return 0.66 if letter.isupper() else 0.54


def path_of(shape: BaseGeometry) -> str:
    """Path data of any shape in pixels; rings are closed, lines are not."""
    pieces = []
    for part in shapely.get_parts(shape).tolist():
        if part.is_empty:
            continue
        if part.geom_type == "Polygon":
            pieces += [_run(shapely.get_coordinates(r)[:-1]) + "Z" for r in (part.exterior, *part.interiors)]
        elif part.geom_type in {"LineString", "LinearRing"}:
            pieces.append(_run(shapely.get_coordinates(part)))
        elif part.geom_type.startswith(("Multi", "Geometry")):
            pieces.append(path_of(part))
    return "".join(pieces)


def _run(points: NDArray[np.float64]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def symbol(style: str, x: float, y: float, size: float = 4.5) -> str:
    """An unnumbered mark; shape, not color, tells the kinds apart."""
    line: dict[str, Value] = {"stroke": "#ffffff", "stroke_width": 1, "fill": INK}
    if style == "square":
        return tag("rect", x=x - size * 0.9, y=y - size * 0.9, width=size * 1.8, height=size * 1.8, **line)
    if style == "triangle":
        points = f"{number(x)},{number(y - size * 1.2)} {number(x - size * 1.1)},{number(y + size * 0.8)} "
        return tag("polygon", points=points + f"{number(x + size * 1.1)},{number(y + size * 0.8)}", **line)
    if style == "dot":
        return tag("circle", cx=x, cy=y, r=size * 0.8, **line)
    return tag("circle", cx=x, cy=y, r=size, fill="#ffffff", stroke=INK, stroke_width=2)
