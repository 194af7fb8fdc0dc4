"""A small city on the map for tests: four neighborhoods, blocks, two streets, and incidents where a test puts them."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, time

from django.contrib.gis.geos import LineString, Point, Polygon
from shapely.geometry import box

from dmi.cases.models import MarketCase
from targeting.crime_mapping.actions import areas, boundaries
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, GroundShape, ImportBatch, Incident, Source
from targeting.crime_mapping.selectors import grids

WEST, SOUTH, SIDE = -30.0, 39.0, 0.01
TODAY = date(2026, 11, 24)
INSIDE = (WEST + 0.0025, SOUTH + 0.0025)
OUTSIDE = (WEST + 0.0175, SOUTH + 0.0175)
TARGET = box(WEST + 0.001, SOUTH + 0.001, WEST + 0.004, SOUTH + 0.004)
BROAD = box(WEST, SOUTH, WEST + 0.008, SOUTH + 0.008)
CORNERS = "39.001, -29.999\n39.001, -29.996\n39.004, -29.996\n39.004, -29.999"


def ground(case: MarketCase) -> None:
    """Four neighborhoods with residents, sixteen blocks, two streets that cross."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "residents": 1000},
            "geometry": {"type": "Polygon", "coordinates": [_ring(WEST + i * SIDE, SOUTH + j * SIDE, SIDE)]},
        }
        for name, i, j in (("Eastgate", 0, 0), ("Northmoor", 1, 0), ("Foundry", 0, 1), ("Summit", 1, 1))
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    boundaries.load_layer(
        case=case, kind="neighborhoods", data=data, file_name="n.geojson", actor=None, name_column="name"
    )
    blocks = [
        GroundShape(
            case=case, kind="block", name=f"{i}{j}", shape=Polygon(_ring(WEST + i * 0.001, SOUTH + j * 0.001, 0.001))
        )
        for i in range(8)
        for j in range(8)
    ]
    streets = [
        GroundShape(case=case, kind="street", name="Calder Street", rank=1,
                    shape=LineString((WEST, SOUTH + 0.002), (WEST + 0.02, SOUTH + 0.002))),
        GroundShape(case=case, kind="street", name="Eighth Avenue", rank=2,
                    shape=LineString((WEST + 0.003, SOUTH), (WEST + 0.003, SOUTH + 0.02))),
    ]  # fmt: skip
    GroundShape.objects.bulk_create([*blocks, *streets])


def _ring(west: float, south: float, side: float) -> list[tuple[float, float]]:
    east, north = west + side, south + side
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def source(case: MarketCase, kind: str = "calls_for_service", *, is_assessed: bool = True) -> Source:
    """A source, assessed unless the test says otherwise."""
    made = Source(case=case, kind=kind, name=f"{kind} {uuid.uuid4().hex[:6]}", owner="Dispatch", known_bias="Fear")
    made.assessed_on = TODAY if is_assessed else None
    made.save_by(None)
    return made


def incidents(
    case: MarketCase, count: int, *, at: tuple[float, float] = INSIDE, category: str = "drugs", on: date = TODAY,
    hour: int = 12, of: Source | None = None,
) -> Source:  # fmt: skip
    """So many incidents at one place on one day, assigned to cell and units as an import would."""
    of = of or source(case)
    batch = ImportBatch(case=case, source=of, file_name="made.csv", sha256="0" * 64, rows_read=count, imported=count)
    batch.state = ImportBatch.State.IMPORTED
    batch.imported_at = datetime.combine(on, time(), tzinfo=UTC)
    batch.save_by(None)
    found = grids.ground_of(case)
    moment = datetime.combine(on, time(hour), tzinfo=UTC)
    Incident.objects.bulk_create(
        Incident(
            case=case, source=of, batch=batch, key=uuid.uuid4(), category=category, occurred_at=moment, hour=hour,
            weekday=on.weekday(), point=Point(*at, srid=4326), located_by="file", cell=_cell(found, at),
            units=[int(layer.locate([at[0]], [at[1]])[0]) for layer in found.layers],
        )
        for _ in range(count)
    )  # fmt: skip
    return of


def _cell(found: grids.Ground, at: tuple[float, float]) -> int | None:
    if found.grid is None or found.plane is None:
        return None
    x, y = found.plane.forward([at[0]], [at[1]])
    column, row = int((x[0] - found.grid.x) // found.grid.cell), int((y[0] - found.grid.y) // found.grid.cell)
    return row * found.grid.columns + column


def area(case: MarketCase, kind: str = "target", *, adopted: bool = True, name: str = "Eastgate") -> AreaVersion:
    """A version of an area, adopted unless the test says otherwise."""
    made = AreaVersion(case=case, kind=kind, name=name, reasons="Most calls come from here.")
    made = areas.save_draft(area=made, shape=TARGET if kind == "target" else BROAD, actor=None)
    return areas.adopt(area=made, actor=None) if adopted else made


def layer(case: MarketCase) -> BoundaryLayer:
    """The neighborhoods."""
    return BoundaryLayer.objects.for_case(case).get(kind="neighborhoods")
