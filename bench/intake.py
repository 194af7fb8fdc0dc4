"""A million incidents through the import, beside a bare COPY of the same rows; areas beside geopandas (row 6)."""

from __future__ import annotations

import csv
import io
import statistics
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connection

from bench import visitors
from bench.measure import AT_MOST, Row, compared, paired, seconds, told
from dmi.geo.assign import Areas
from targeting.crime_mapping.actions import batches, sources
from targeting.crime_mapping.models import BoundaryLayer, Incident, MapGrid, Unit
from targeting.crime_mapping.selectors import grids

ROWS = 1_000_000
ACROSS, UP = 20, 15
VERTICES = 187
OFFENSES = ("DRUG SALE", "ROBBERY", "LARCENY", "BURGLARY", "DISTURBANCE", "VANDALISM", "ASSAULT", "STOLEN AUTO")

_ROWS_OF = "COPY (SELECT * FROM crime_mapping_incident WHERE source_id = %s) TO STDOUT"


def run(*, quick: bool) -> list[Row]:
    """The assignment alone, then the whole way of a file into the database."""
    case = visitors.market()
    grid = grids.grid_of(case)
    if grid is None:
        return [Row("6", "import", "", "the demo has no grid yet", None)]
    n = ROWS // 10 if quick else ROWS
    layer = areas_over(grid)
    return [*_assignment(layer, grid, n), *_import(grid, n)]


def areas_over(grid: MapGrid) -> BoundaryLayer:
    """A layer of 300 areas with wavy borders over the ground of the grid, without a file."""
    slot = 1 + max((layer.slot for layer in grids.layers_of(grid.case)), default=-1)
    layer = BoundaryLayer(case=grid.case, kind="bench_areas", slot=slot, file_name="made up", sha256="0" * 64)
    layer.save_by(None)
    width, height = grid.columns * grid.cell / ACROSS, grid.rows * grid.cell / UP
    units = []
    for place in range(ACROSS * UP):
        row, column = divmod(place, ACROSS)
        west, south = grid.x + column * width, grid.y + row * height
        square = shapely.segmentize(shapely.box(west, south, west + width, south + height),
                                    2 * (width + height) / VERTICES)  # fmt: skip
        xy = shapely.get_coordinates(square)
        wave = np.column_stack([np.sin(xy[:, 1] / 90), np.sin(xy[:, 0] / 90)]) * 12
        lon, lat = grid.plane.inverse(*(xy + wave).T)
        outline = GEOSGeometry(memoryview(shapely.to_wkb(shapely.Polygon(np.column_stack([lon, lat])))), srid=4326)
        units.append(Unit(layer=layer, place=place, code=str(place), name=f"Area {place}",
                          shape=MultiPolygon(outline), square_meters=width * height))  # fmt: skip
    Unit.objects.bulk_create(units)
    return layer


def _spread(grid: MapGrid, n: int) -> tuple[Any, Any]:
    """Points in clusters and over the whole ground, in degrees."""
    rng = np.random.default_rng(20260514)
    wide, high = grid.columns * grid.cell, grid.rows * grid.cell
    middle = rng.uniform(0.1, 0.9, (60, 2))
    clustered = middle[rng.integers(0, 60, n)] + rng.normal(0, 0.02, (n, 2))
    share = np.where(rng.random(n)[:, None] < 0.6, clustered, rng.random((n, 2))).clip(0.001, 0.999)
    return grid.plane.inverse(grid.x + share[:, 0] * wide, grid.y + share[:, 1] * high)


def _assignment(layer: BoundaryLayer, grid: MapGrid, n: int) -> list[Row]:
    lon, lat = _spread(grid, n)
    areas: Areas = grids.areas_of(layer)
    what = f"{n:,} points into {len(areas.shapes)} areas"
    try:
        pandas = import_module("geopandas")
    except ImportError:
        taken = statistics.median(seconds(lambda: areas.locate(lon, lat)) for _ in range(3))
        note = "script/bench --references"
        return [Row("6", what, told(taken), "geopandas.sjoin: not installed", None, goal=4, note=note)]
    shapes = pandas.GeoDataFrame(geometry=list(areas.shapes))

    def joined() -> Any:
        return pandas.sjoin(
            pandas.GeoDataFrame(geometry=pandas.points_from_xy(lon, lat)), shapes, predicate="intersects"
        )

    found = joined()
    mine = areas.locate(lon, lat)
    first = found[~found.index.duplicated()].index_right.reindex(range(n)).fillna(-1).to_numpy().astype(int)
    differ = int((first != mine).sum())
    pair = paired(lambda: areas.locate(lon, lat), joined, 3)
    return [compared("6", what, "geopandas.sjoin", pair, goal=4, note=f"{differ} points on borders differ")]


def _import(grid: MapGrid, n: int) -> list[Row]:
    """The same rows twice: through the command's code, and as they then lie in the table by COPY with its indexes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.csv"
        _write(path, grid, n)
        source = sources.source_called(case=grid.case, name="bench", actor=None)
        with path.open("rb") as upload:
            taken = seconds(lambda: batches.import_now(source=source, upload=upload, file_name=path.name, actor=None))
    kept = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(_ROWS_OF, [source.pk]) as rows:
        for piece in rows:
            kept.write(piece)
    stored = Incident.objects.filter(source=source).count()
    bare = seconds(lambda: _bare(kept.getvalue()))
    Incident.objects.filter(source=source).delete()
    live = _live(kept.getvalue())
    Incident.objects.filter(source=source).delete()
    what, note = f"import of {n:,} rows", f"{stored:,} stored, {n / taken:,.0f} rows a second; one run"
    return [
        Row("6", what, told(taken), f"bare COPY and its indexes: {told(bare)}", taken / bare, AT_MOST, 1.3, note),
        Row("6", what, told(taken), f"INSERT of ready rows: {told(live)}", taken / live,
            note="into the table in use, its indexes and keys kept up row by row"),
    ]  # fmt: skip


def _write(path: Path, grid: MapGrid, n: int) -> None:
    lon, lat = _spread(grid, n)
    rng = np.random.default_rng(1)
    days = np.datetime64("2021-01-01T00:00") + rng.integers(0, 1825 * 1440, n).astype("timedelta64[m]")
    kinds, houses = rng.integers(0, len(OFFENSES), n), rng.integers(1, 99, n)
    with path.open("w", newline="") as out:
        write = csv.writer(out).writerow
        write(("Incident Number", "Date Occurred", "Offense", "Address", "Longitude", "Latitude"))
        for i in range(n):
            write((f"B{i:08d}", str(days[i]).replace("T", " "), OFFENSES[kinds[i]], f"{houses[i]}XX MAIN ST",
                   f"{lon[i]:.6f}", f"{lat[i]:.6f}"))  # fmt: skip


def _live(rows: bytes) -> float:
    """Seconds to move ready rows into the table of incidents as it stands: what no import can do without."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_live (LIKE crime_mapping_incident)")
        with cursor.copy("COPY bench_live FROM STDIN") as target:
            target.write(rows)
        return seconds(lambda: cursor.execute("INSERT INTO crime_mapping_incident SELECT * FROM bench_live"))


def _bare(rows: bytes) -> None:
    """COPY into an empty table of the same columns, then every index the table of incidents has."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare")
        cursor.execute("CREATE TABLE bench_bare (LIKE crime_mapping_incident INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        with cursor.copy("COPY bench_bare FROM STDIN") as target:
            target.write(rows)
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'crime_mapping_incident'")
        for place, (made,) in enumerate(cursor.fetchall()):
            _, _, rest = made.partition(" ON ")
            unique = "UNIQUE " if made.startswith("CREATE UNIQUE") else ""
            cursor.execute(
                f"CREATE {unique}INDEX bench_bare_{place} ON {rest.replace('crime_mapping_incident', 'bench_bare', 1)}"
            )
        cursor.execute("DROP TABLE bench_bare")
