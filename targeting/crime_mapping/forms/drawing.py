"""From typed corners or a file to an area: what people write, read strictly and refused in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable

import shapely
from django.core.exceptions import ValidationError
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from dmi.geo.shapes import ShapeProblem, read_boundaries

MOST_CORNERS = 500
LARGEST_FILE = 5_000_000
FEWEST_CORNERS = 3
_PAIR = re.compile(r"^\(?\s*([+\-−]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([+\-−]?\d{1,3}(?:\.\d+)?)\s*\)?$")
_CROSSING = re.compile(r"^(.+?)\s*(?:&|\band\b|/|@)\s*(.+)$", re.IGNORECASE)
Crossing = Callable[[str, str], tuple[float, float] | None]


def read_corners(text: str, crossing: Crossing) -> MultiPolygon:
    """The area within typed corners: one a line, a blank line between parts. Raises ValidationError."""
    parts, found = re.split(r"\n\s*\n", text.strip().replace("\r", "")), []
    if len(text.splitlines()) > MOST_CORNERS:
        raise ValidationError(f"An outline has at most {MOST_CORNERS} corners. Upload a file for a finer one.")
    for part in parts:
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        corners = [_corner(line, crossing) for line in lines]
        if len(dict.fromkeys(corners)) < FEWEST_CORNERS:
            raise ValidationError("An area needs three different corners at least.")
        found.append(Polygon(corners))
    return checked(found)


def checked(parts: list[Polygon]) -> MultiPolygon:
    """The parts as one area; refused where an outline crosses itself. Raises ValidationError."""
    for part in parts:
        if not part.is_valid or part.area == 0:
            raise ValidationError(_crossed(part))
    area = shapely.union_all(parts)
    return MultiPolygon([p for p in shapely.get_parts(area).tolist() if p.geom_type == "Polygon"])


def _crossed(part: Polygon) -> str:
    where = re.search(r"\[(-?[\d.]+) (-?[\d.]+)\]", shapely.is_valid_reason(part))
    place = f" near {float(where[2]):.5f}, {float(where[1]):.5f}" if where else ""
    return f"The outline crosses itself{place}. Move that corner, or change the order of the corners."


def _corner(line: str, crossing: Crossing) -> tuple[float, float]:
    if pair := _PAIR.match(line):
        lat, lon = (float(number.replace("−", "-")) for number in pair.groups())
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValidationError(f"“{line}” is no place on earth. Write latitude, then longitude.")
        return lon, lat
    streets = _CROSSING.match(line)
    found = crossing(streets[1], streets[2]) if streets else None
    if found is None:
        raise ValidationError(
            f"“{line[:80]}” is neither a crossing of two streets on the map nor a latitude and longitude."
        )
    return found


def read_area_file(data: bytes) -> tuple[MultiPolygon, list[str]]:
    """The areas of a GeoJSON file or zipped shapefile as one, and what was mended. Raises ValidationError."""
    if len(data) > LARGEST_FILE:
        raise ValidationError("The file is larger than 5 MB; an area is not.")
    try:
        shapes = read_boundaries(data)
    except ShapeProblem as problem:
        raise ValidationError(str(problem)) from problem
    whole = shapely.union_all([feature.shape for feature in shapes.features])
    parts = [p for p in shapely.get_parts(whole).tolist() if p.geom_type == "Polygon"]
    if not parts:
        raise ValidationError("The file holds no area.")
    return MultiPolygon(parts), list(shapes.notes)


def corners_text(shape: BaseGeometry | None) -> str:
    """An outline as its list of corners, latitude first, a blank line between parts."""
    if shape is None:
        return ""
    parts = []
    for part in shapely.get_parts(shape).tolist():
        ring = shapely.get_coordinates(part.exterior)[:-1]
        parts.append("\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in ring))
    return "\n\n".join(parts)
