"""Step 1 for tests: a small city of two districts, its records as files."""

from __future__ import annotations

import io
import json

from dmi.cases.models import MarketCase
from targeting.crime_mapping.actions import batches, boundaries, sources
from targeting.crime_mapping.models import BoundaryLayer, ImportBatch, Source

WEST, EAST = (-90.30, 38.60, -90.25, 38.70), (-90.25, 38.60, -90.20, 38.70)
HEAD = "Complaint,DateOccur,Count,Crime,District,Description,Address,Longitude,Latitude"


def source(case: MarketCase, name: str = "part_one") -> Source:
    """A source of the register, not assessed yet."""
    return sources.source_called(case=case, name=name, actor=None)


def districts(case: MarketCase, kind: str = "districts") -> BoundaryLayer:
    """Two districts side by side, 1 in the west and 2 in the east."""
    features = [
        {"type": "Feature", "properties": {"DISTNO": n, "POP10": 1000 * n}, "geometry": _square(box)}
        for n, box in ((1, WEST), (2, EAST))
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return boundaries.load_layer(case=case, kind=kind, data=data, file_name="d.geojson", actor=None)


def row(
    number: str = "18-1",
    when: str = "3/1/2018 10:00",
    count: str = "1",
    code: str = "181110",
    district: str = "1",
    lon: str = "-90.27",
    lat: str = "38.65",
) -> str:
    """One line of a file of offenses, a drug offense in the west unless said otherwise."""
    return f"{number},{when},{count},{code},{district},Words,812 CALDER ST,{lon},{lat}"  # fmt: skip


def import_rows(source: Source, *rows: str, name: str = "march.csv", **options: object) -> ImportBatch:
    """These lines imported as one file."""
    data = "\n".join((HEAD, *rows)).encode()
    return batches.import_now(source=source, upload=io.BytesIO(data), file_name=name, actor=None, **options)


def _square(box: tuple[float, float, float, float]) -> dict[str, object]:
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
