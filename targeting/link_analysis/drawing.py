"""The chart as a drawing: plain shapes for SVG, the same on the screen, in a document and without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from targeting.link_analysis.chart import Chart, Node
from targeting.link_analysis.models import Entity

Spot = tuple[float, float]

ANCHOR_GAP = 17.0
LONGEST_LINE = 22
HALF_LINE = 4.0  # so that words stand across their line, not on top of it
CENTER_IS_WIDER = 7.0
MOST_WORDED = 14
SHAPES = {
    Entity.Kind.PERSON: "circle",
    Entity.Kind.PLACE: "square",
    Entity.Kind.VEHICLE: "wide",
    Entity.Kind.PHONE: "tall",
    Entity.Kind.ORGANIZATION: "hexagon",
    Entity.Kind.INCIDENT: "diamond",
}


def draw(chart: Chart, spots: Mapping[str, Spot], *, center: str = "") -> dict[str, Any]:
    """Lines and marks of a chart as plain values; how two are linked stands beside the line where there is room."""
    has_room = len(chart.pairs) <= MOST_WORDED
    return {
        "lines": _lines(chart, spots, words=has_room),
        "marks": [_mark(node, spots[node.key], center) for node in chart.nodes],
    }


def _lines(chart: Chart, spots: Mapping[str, Spot], *, words: bool) -> list[dict[str, Any]]:
    """One line for every two that are linked: solid if any record is more than a report."""
    found = []
    for first, second in chart.pairs:
        one, other = chart.nodes[first], chart.nodes[second]
        links = chart.between(one, other)
        (x1, y1), (x2, y2) = spots[one.key], spots[other.key]
        found.append(
            {
                "x1": x1, "y1": y1, "x2": x2, "y2": y2, "mx": round((x1 + x2) / 2, 1),
                "my": round((y1 + y2) / 2 + HALF_LINE, 1),
                "is_solid": any(link.is_solid for link in links),
                "is_influential": one.is_influential or other.is_influential,
                "words": _words(links) if words else "",
                "first": one.key, "second": other.key,
            }
        )  # fmt: skip
    return found


def _words(links: list[Any]) -> str:
    kinds = list(dict.fromkeys(link.get_kind_display() for link in links))
    times = sum(link.times for link in links)
    said = kinds[0].lower() if len(kinds) == 1 else f"{kinds[0].lower()} and {len(kinds) - 1} more"
    return f"{said}, {times}" if times > 1 else said


def _mark(node: Node, spot: Spot, center: str) -> dict[str, Any]:
    x, y = spot
    below = y + ANCHOR_GAP + (CENTER_IS_WIDER if node.key == center else 0)
    return {
        "key": node.key, "x": x, "y": y, "shape": SHAPES[Entity.Kind(node.kind)], "kind": node.kind,
        "is_center": node.key == center, "is_influential": node.is_influential,
        "points": _points(SHAPES[Entity.Kind(node.kind)], x, y), "below": round(below + 12, 1),
        "further": round(below + 26, 1), "name": _short(node.name), "small": node.small,
    }  # fmt: skip


def _points(shape: str, x: float, y: float) -> str:
    corners = {
        "diamond": ((0, -14), (14, 0), (0, 14), (-14, 0)),
        "hexagon": ((-7, -12), (7, -12), (14, 0), (7, 12), (-7, 12), (-14, 0)),
        "square": ((-11, -11), (11, -11), (11, 11), (-11, 11)),
        "wide": ((-15, -8), (15, -8), (15, 8), (-15, 8)),
        "tall": ((-8, -13), (8, -13), (8, 13), (-8, 13)),
    }.get(shape, ())
    return " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LINE else f"{name[: LONGEST_LINE - 1].rstrip()}…"
