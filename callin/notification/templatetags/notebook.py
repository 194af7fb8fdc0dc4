"""The map of a notebook, drawn from frozen facts at the moment the page is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from shapely import wkt
from shapely.geometry import MultiPoint

from dmi.geo.svg_map import Area, MapSheet, Marker, draw_map

register = template.Library()
AROUND = 0.0015  # degrees: about 150 m of ground around buys that lie on one spot


class Drawing:
    """An SVG of ours as a template value; every word in it was escaped when it was drawn."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def __html__(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg


@register.simple_tag
def buys_map(facts: Mapping[str, Any], title: str, period: str) -> Drawing | str:
    """The buys of one person on the ground of the target area; empty when none has a place."""
    markers = tuple(
        Marker(row["lon"], row["lat"], number=row["number"], caption=row["place"]) for row in facts["markers"]
    )
    if not markers:
        return ""
    area = facts["area"]
    outline = wkt.loads(area["outline"]) if area["outline"] else None
    areas = (Area(f"{area['name']}, target area", outline, label=area["name"]),) if outline else ()
    spots = MultiPoint([(marker.lon, marker.lat) for marker in markers]).buffer(AROUND)
    sheet = MapSheet(
        title=title,
        source="Undercover buys by officers in this notebook",
        period=period,
        focus=spots.union(outline).envelope if outline else spots.envelope,
        areas=areas,
        markers=markers,
        width=600,
        height=620,
    )
    return Drawing(draw_map(sheet))
