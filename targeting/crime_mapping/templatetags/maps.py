"""A map sheet, drawn from frozen facts at the moment the page is laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from dmi.geo.svg_map import draw_map
from targeting.crime_mapping import letters

register = template.Library()


class Drawing:
    """An SVG of ours as a template value; every word in it was escaped when it was drawn."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def __html__(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg


@register.simple_tag
def map_sheet(
    facts: Mapping[str, Any], height: int = 720, *, width: int = 620, ground: Mapping[str, Any] | None = None,
    buys: Sequence[tuple[float, float]] = (),
) -> Drawing:  # fmt: skip
    """The map that these facts describe; a document of several maps keeps the ground once."""
    drawn = letters.sheet_of(
        dict(facts), width=width, height=height, ground=dict(ground) if ground else None, buys=buys
    )
    return Drawing(draw_map(drawn))
