"""The crime map's counting in the database, beside fetching the points (rows 3, 5, 7 and 8), on a million incidents."""

from __future__ import annotations

import json
import statistics
from datetime import timedelta
from functools import partial
from importlib import import_module

import numpy as np
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from bench import fill, intake, visitors
from bench.measure import AT_MOST, Row, compared, paired, seconds, told
from dmi.cases.models import MarketCase
from dmi.geo.density import smooth
from dmi.geo.near_repeat import knox
from targeting.crime_mapping.models import BoundaryLayer, Incident, MapGrid
from targeting.crime_mapping.selectors import counts, grids, surfaces, tiles
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight

INCIDENTS = 1_000_000
KINDS = ["drugs", "robbery", "theft", "burglary", "disorder", "vandalism", "simple_assault", "vehicle_theft", "weapons",
         "other"]  # fmt: skip
_POINTS = """SELECT ST_X(point), ST_Y(point) FROM crime_mapping_incident
    WHERE case_id = %s AND is_counted AND point IS NOT NULL AND occurred_at >= %s AND occurred_at < %s"""
_CELLS = """SELECT cell, count(*) FROM crime_mapping_incident
    WHERE case_id = %s AND is_counted AND cell IS NOT NULL AND occurred_at >= %s AND occurred_at < %s GROUP BY cell"""
_CONTAINED = """SELECT u.place, count(*) FROM crime_mapping_unit u JOIN crime_mapping_incident i
    ON ST_Contains(u.shape, i.point) WHERE u.layer_id = %s AND i.case_id = %s AND i.is_counted
    AND i.occurred_at >= %s AND i.occurred_at < %s GROUP BY u.place"""


def run(*, quick: bool) -> list[Row]:
    """One year of the surface and all of it, then counts by area."""
    case = visitors.market()
    grid = grids.grid_of(case)
    if grid is None or not Incident.objects.for_case(case).filter(point__isnull=False).exists():
        return [Row("3", "surface", "", "the demo has no incidents on a grid yet", None)]
    n = INCIDENTS // 10 if quick else INCIDENTS
    layer = intake.areas_over(grid)
    _incidents(case, grid, layer, n)
    rows = [row for days, words in ((365, "one year"), (3_650, "all")) for row in _surface(case, grid, n, days, words)]
    rows += [*_tiles(case, grid, n), *_near_repeat(case, 2_000 if quick else 10_000)]
    return [*rows, *_by_area(case, layer, n)]


def _incidents(case: MarketCase, grid: MapGrid, layer: BoundaryLayer, n: int) -> None:
    """Copies of one incident over the ground of the grid, over five years and over ten kinds of offense.

    Where each lies comes from its number, so that point, cell and area tell of the same place.
    """
    east, north = grid.plane.inverse(*(np.array([low, low + grid.cell * side]) for low, side in
                                       ((grid.x, grid.columns), (grid.y, grid.rows))))  # fmt: skip
    across, up = (f"((hashtext('{way}' || g)::bigint & 1048575) / 1048576.0)" for way in "xy")
    point = (
        f"ST_SetSRID(ST_MakePoint({east[0]} + {across} * {east[1] - east[0]},"
        f" {north[0]} + {up} * {north[1] - north[0]}), 4326)"
    )
    area = f"floor({up} * {intake.UP})::int * {intake.ACROSS} + floor({across} * {intake.ACROSS})::int"
    given = {
        "id": None,
        "key": fill.key_of("incident"),
        "ordinal": "1",
        "point": point,
        "located_by": "'file'",
        "is_counted": "true",
        "sign": "1",
        "cell": f"floor({up} * {grid.rows})::int * {grid.columns} + floor({across} * {grid.columns})::int",
        "units": f"array_fill(-1, ARRAY[{layer.slot}]) || ({area})" if layer.slot else f"ARRAY[{area}]",
        "category": f"(ARRAY{KINDS})[1 + g %% {len(KINDS)}]",
        "occurred_at": "now() - random() * interval '1825 days'",
    }
    fill.copies("crime_mapping_incident", case, n, given)


def _choice(days: int) -> Choice:
    return Choice(timezone.localdate() - timedelta(days=days), timezone.localdate())


def _surface(case: MarketCase, grid: MapGrid, n: int, days: int, words: str) -> list[Row]:
    choice = _choice(days)
    start, end = counts.moments(case, choice.first, choice.last)

    def ours() -> NDArray[np.float64]:
        found = surfaces._cell_counts(case, grid, choice).reshape(grid.rows, grid.columns).astype(float)  # not the kept
        return smooth(found, kernel="quartic", bandwidth=grid.bandwidth, cell=grid.cell)

    def fetched() -> NDArray[np.float64]:
        rows = np.array(_asked(_POINTS, [case.pk, start, end]))
        made, _, _ = np.histogram2d(rows[:, 1], rows[:, 0], bins=(grid.rows, grid.columns))
        return gaussian_filter(made, grid.bandwidth / grid.cell / 2.5)

    pair = paired(ours, fetched)
    bare = paired(ours, lambda: _asked(_CELLS, [case.pk, start, end]))
    what, goal = f"surface from SQL, {words} of {n:,}", 2.2 if words == "one year" else 3.5
    return [
        compared("3", what, "fetch points, histogram2d, filter", pair, goal=goal),
        Row("3", what, told(bare.ours), f"the bare GROUP BY: {told(bare.reference)}", bare.share, AT_MOST, 1.3,
            f"ours as a part of it, median of {bare.times}"),
    ]  # fmt: skip


_RAW_TILE = """SELECT ST_AsMVT(t, 'points') FROM (
    SELECT ST_AsMVTGeom(ST_Transform(point, 3857), ST_TileEnvelope(%s, %s, %s)) AS shape, category
    FROM crime_mapping_incident WHERE case_id = %s AND is_counted
    AND point && ST_Transform(ST_TileEnvelope(%s, %s, %s), 4326)) AS t"""


def _tiles(case: MarketCase, grid: MapGrid, n: int) -> list[Row]:
    """A tile cut from what is kept, beside every point of it; and its size at every zoom from afar."""
    choice, sight = _choice(3_650), Sight(exact=True, points=True, victims=True, contacts=True)
    lon, lat = (float(value[0]) for value in grid.plane.inverse([grid.x + grid.columns * grid.cell / 2],
                                                               [grid.y + grid.rows * grid.cell / 2]))  # fmt: skip
    rows, largest = [], 0
    for zoom in range(tiles.FARTHEST_ZOOM, tiles.CLOSEST_POINTS_ZOOM):
        at = (zoom, *tiles.tile_of(zoom, lon, lat))
        body = json.dumps(tiles.tile(case, at, choice, sight), separators=(",", ":"))
        largest = max(largest, len(body))
        if zoom in (10, 12):
            asked = [*at, case.pk, *at]
            ours = partial(tiles.cells, case, at, choice, sight)
            pair = paired(ours, partial(_asked, _RAW_TILE, asked), 3)
            rows.append(compared("7", f"tile z{zoom}, {n:,} incidents", "ST_AsMVT on points", pair, goal=20,
                                 note="cut from the kept cells, the tile itself not kept"))  # fmt: skip
    first = seconds(lambda: tiles.count_cells(case, choice))
    kib, note = largest / 1024, f"counting the cells the first time: {told(first)}"
    return [*rows, Row("7", "largest tile, every zoom to 13", f"{kib:.0f} KiB", "150 KiB", kib, AT_MOST, 150, note)]


def _near_repeat(case: MarketCase, events: int) -> list[Row]:
    """The Knox table with 99 shuffles beside pointpats."""
    rng = np.random.default_rng(7)
    x, y, days = rng.uniform(0, 20_000, events), rng.uniform(0, 20_000, events), rng.integers(0, 365, events)
    what = f"near repeat, {events:,} events, 99 shuffles"

    def ours() -> int:
        return knox(x, y, days, distances=[200], times=[14]).bands[0].pairs

    taken = statistics.median(seconds(ours) for _ in range(3))
    try:
        pointpats = import_module("pointpats")
    except ImportError:
        note = "script/bench --references"
        return [Row("8", what, told(taken), "pointpats.Knox: not installed", None, goal=100, note=note)]
    held: dict[str, int] = {}

    def reference() -> None:
        found = pointpats.Knox(np.column_stack([x, y]), days[:, None].copy(), 200, 14, permutations=99)
        held["pairs"] = int(found.statistic_)

    slow = seconds(reference)
    same = Row("8", what, f"{ours()} pairs", f"pointpats.Knox: {held['pairs']}", float(ours() == held["pairs"]), goal=1)
    return [Row("8", what, told(taken), f"pointpats.Knox: {told(slow)}", slow / taken, goal=100, note="one run"), same]


def _by_area(case: MarketCase, layer: BoundaryLayer, n: int) -> list[Row]:
    choice = _choice(3_650)
    start, end = counts.moments(case, choice.first, choice.last)
    asked = [layer.pk, case.pk, start, end]
    pair = paired(lambda: counts._by_unit(layer, choice), lambda: _asked(_CONTAINED, asked))  # not the kept counts
    what = f"counts by {layer.units.count()} areas, {n:,} incidents"
    return [compared("5", what, "ST_Contains join", pair, goal=12)]


def _asked(sql: str, values: list[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
