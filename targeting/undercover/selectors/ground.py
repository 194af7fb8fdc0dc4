"""A small drawing of the market's area on which a point can be chosen; it needs no map service."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

from dmi.places import selectors as places

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

WIDTH = 640
MARGIN = 0.06


@dataclass(frozen=True, slots=True)
class Ground:
    """The drawing: its size, how degrees become its units, the outlines, and listed places with their names."""

    width: int
    height: int
    west: float
    north: float
    per_lon: float
    per_lat: float
    broad: str
    target: str
    dots: list[tuple[float, float, str]]


def ground(case: MarketCase) -> Ground | None:
    """The area of the case as a drawing; None where no area is drawn yet. One query."""
    shape = case.broad_area or case.target_area
    if not shape:
        return None
    west, south, east, north = shape.extent
    pad_x, pad_y = (east - west) * MARGIN, (north - south) * MARGIN
    west, east, south, north = west - pad_x, east + pad_x, south - pad_y, north + pad_y
    per_lon = WIDTH / (east - west)
    per_lat = per_lon / cos(radians((north + south) / 2))

    def path(area: object) -> str:
        rings = [ring for polygon in area or () for ring in polygon]  # type: ignore[attr-defined]
        return " ".join(
            "M" + "L".join(f"{(x - west) * per_lon:.1f} {(north - y) * per_lat:.1f}" for x, y in ring.coords) + "Z"
            for ring in rings
        )

    dots = [
        (round((p.point.x - west) * per_lon, 1), round((north - p.point.y) * per_lat, 1), str(p))
        for p in places.places(case=case) if p.point and west < p.point.x < east and south < p.point.y < north
    ]  # fmt: skip
    height = round((north - south) * per_lat)
    return Ground(WIDTH, height, west, north, per_lon, per_lat, path(case.broad_area), path(case.target_area), dots)
