"""Incidents by map tile: counted in cells from afar, every one of them close up; for those who may see points.

From afar the stored cell numbers are counted once for the whole city and kept; a tile is cut from that, so it costs
the same with a thousand incidents and with a million. Positions are whole numbers from 0 to `EXTENT` across the tile.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from dmi.geo.projections import METERS_PER_FOOT
from targeting.crime_mapping.selectors import counts, grids
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.keeping import kept
from targeting.crime_mapping.selectors.sight import Sight

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

EXTENT = 1_024
METERS_A_DEGREE = 111_320.0
MARGIN = 1 / 32  # of a tile: marks that reach over its edge are drawn on both sides
FARTHEST_ZOOM, CLOSEST_POINTS_ZOOM, NEAREST_ZOOM = 7, 14, 20
GROUPS_ACROSS = (40, 20, 10, 5)
SPOTS_ACROSS = (EXTENT, 256, 128, 64, 32)
MOST_MARKS = 9_000  # of about 14 bytes each: a tile stays below 150 KiB
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Cells = dict[str, tuple[Floats, Floats, Ints]]
_CHOSEN = """
  case_id = %(case)s AND is_counted AND occurred_at >= %(start)s AND occurred_at < %(end)s
  AND (%(sources)s::uuid[] IS NULL OR source_id = ANY(%(sources)s::uuid[]))
  AND (%(categories)s::text[] IS NULL OR category = ANY(%(categories)s::text[]))
  AND (%(hours)s::int[] IS NULL OR hour = ANY(%(hours)s::int[]))
  AND (%(weekdays)s::int[] IS NULL OR weekday = ANY(%(weekdays)s::int[]))
"""
_BY_CELL = f"""
SELECT source_id, cell, count(*) FROM crime_mapping_incident
WHERE {_CHOSEN} AND cell IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608 - constants only
_BY_SPOT = f"""
SELECT source_id, floor((east - %(x)s) * {EXTENT})::int, floor((south - %(y)s) * {EXTENT})::int, count(*)
FROM (
    SELECT source_id, (ST_X(point) + 180) / 360 * %(side)s AS east,
        (1 - asinh(tan(radians(ST_Y(point)))) / pi()) / 2 * %(side)s AS south
    FROM crime_mapping_incident
    WHERE {_CHOSEN} AND point && ST_MakeEnvelope(%(box)s, 4326)
) AS near
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608 - constants only


def tile_box(zoom: int, x: float, y: float, margin: float = 0.0) -> tuple[float, float, float, float]:
    """West, south, east and north of a map tile in degrees, with a margin in parts of the tile."""
    side = 2**zoom

    def lat(row: float) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / side))))

    west, east = ((edge / side) * 360 - 180 for edge in (x - margin, x + 1 + margin))
    return west, lat(y + 1 + margin), east, lat(y - margin)


def tile_of(zoom: int, lon: float, lat: float) -> tuple[int, int]:
    """x and y of the tile a place lies in."""
    south = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * 2**zoom), int(south * 2**zoom)


def tile(case: MarketCase, at: tuple[int, int, int], choice: Choice, sight: Sight) -> dict[str, Any]:
    """The marks of one tile (zoom, x, y) by source, each as x, y and number of incidents in one flat list.

    `shows` is "points" close up, where a mark is a spot; else "cells", where it is the middle of some cells. `most` is
    the largest mark of the whole city at this zoom; close up, that of the tile. Where the spots of a tile are too
    many, those within some `feet` (else 0) are one mark at their middle.
    Raises PermissionError for readers without points.
    """
    if not sight.points:
        raise PermissionError("Points, and cells small enough to find one, are for those who may see points.")
    what = f"tile:{sight.key}:{at}:{choice}"
    return kept(
        case,
        what,
        lambda: _spots(case, at, choice) if at[0] >= CLOSEST_POINTS_ZOOM else cells(case, at, choice, sight),
    )


def _spots(case: MarketCase, at: tuple[int, int, int], choice: Choice) -> dict[str, Any]:
    zoom, x, y = at
    near = tile_box(zoom, x, y, MARGIN)
    names = _names(case, choice) | {"x": x, "y": y, "side": 2**zoom}
    sql = _BY_SPOT.replace("%(box)s", ", ".join(repr(edge) for edge in near))
    with connection.cursor() as cursor:
        cursor.execute(sql, names)
        rows = cursor.fetchall()
    sources = np.array([str(row[0]) for row in rows])
    numbers = np.array([row[1:] for row in rows], np.int64).reshape(-1, 3)
    spots: Cells = {}
    for source in np.unique(sources):
        east, south, n = numbers[sources == source].T
        spots[str(source)] = (east / EXTENT, south / EXTENT, n)
    for across in SPOTS_ACROSS:
        grouped = {source: _grouped(found, 0, across) for source, found in spots.items()}
        if sum(len(n) for _, _, n in grouped.values()) <= MOST_MARKS:
            break
    marks = {source: _flat(*groups) for source, groups in grouped.items()}
    most = max((int(n.max()) for _, _, n in grouped.values()), default=0)
    feet = 0 if across == EXTENT else round(_feet_across(near) / (1 + 2 * MARGIN) / across)
    return {"shows": "points", "extent": EXTENT, "most": most, "feet": feet, "sources": marks}


def _feet_across(box: tuple[float, float, float, float]) -> float:
    """From the west edge of a box to its east edge."""
    west, south, east, north = box
    return METERS_A_DEGREE * (east - west) * math.cos(math.radians((south + north) / 2)) / METERS_PER_FOOT


def _names(case: MarketCase, choice: Choice) -> dict[str, Any]:
    start, end = counts.moments(case, choice.first, choice.last)
    return {"case": case.pk, "start": start, "end": end, **choice.filters()}


def cells(case: MarketCase, at: tuple[int, int, int], choice: Choice, sight: Sight) -> dict[str, Any]:
    """A tile from afar, cut from the kept counts of the whole city."""
    city: Cells = kept(case, f"cells:{sight.key}:{choice}", lambda: count_cells(case, choice))
    for across in GROUPS_ACROSS:
        grouped = {source: _grouped(cells, at[0], across) for source, cells in city.items()}
        marks = {source: _cut(groups, at) for source, groups in grouped.items()}
        if sum(map(len, marks.values())) <= 3 * MOST_MARKS:
            break
    most = max((int(n.max()) for _, _, n in grouped.values() if len(n)), default=0)
    told = {source: flat for source, flat in marks.items() if flat}
    return {"shows": "cells", "extent": EXTENT, "most": most, "sources": told}


def count_cells(case: MarketCase, choice: Choice) -> Cells:
    """Every cell of the city with incidents, by source: where its middle lies in the world (0 to 1), and how many."""
    grid = grids.grid_of(case)
    if grid is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_CELL, _names(case, choice))
        rows = cursor.fetchall()
    found: Cells = {}
    sources = np.array([str(row[0]) for row in rows])
    numbers = np.array([row[1:] for row in rows], np.int64).reshape(-1, 2)
    xs, ys = grid.grid.centers()
    for source in np.unique(sources):
        cells, n = numbers[sources == source].T
        on = (cells >= 0) & (cells < grid.rows * grid.columns)
        row, column = np.divmod(cells[on], grid.columns)
        lon, lat = grid.plane.inverse(xs[column], ys[row])
        found[str(source)] = ((lon + 180) / 360, (1 - np.arcsinh(np.tan(np.radians(lat))) / math.pi) / 2, n[on])
    return found


def _grouped(cells: tuple[Floats, Floats, Ints], zoom: int, across: int) -> tuple[Floats, Floats, Ints]:
    """Cells joined where they fall into one of `across` × `across` parts of a tile: weighted middle, in tiles."""
    east, south, n = cells[0] * 2**zoom, cells[1] * 2**zoom, cells[2]
    parts = np.floor(south * across).astype(np.int64) * 2**32 + np.floor(east * across).astype(np.int64)
    groups, place = np.unique(parts, return_inverse=True)
    total = np.bincount(place, weights=n, minlength=len(groups))
    middle = [np.bincount(place, weights=where * n, minlength=len(groups)) / total for where in (east, south)]
    return middle[0], middle[1], total.astype(np.int64)


def _cut(groups: tuple[Floats, Floats, Ints], at: tuple[int, int, int]) -> list[int]:
    """The groups on a tile and its margin, as x, y and number in one flat list."""
    _, x, y = at
    east, south, n = groups[0] - x, groups[1] - y, groups[2]
    on = (east >= -MARGIN) & (east < 1 + MARGIN) & (south >= -MARGIN) & (south < 1 + MARGIN)
    return _flat(east[on], south[on], n[on])


def _flat(east: Floats, south: Floats, n: Ints) -> list[int]:
    """x, y and number of each mark, one after the other."""
    flat: list[int] = (
        np.stack([np.floor(east * EXTENT), np.floor(south * EXTENT), n], axis=1).astype(int).ravel().tolist()
    )
    return flat
