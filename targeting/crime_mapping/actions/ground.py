"""What the map is drawn on: streets, water, parks and blocks, from the city's own files."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.geo.shapes import read_boundaries, read_lines
from targeting.crime_mapping.models import GroundShape

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

LINES = (GroundShape.Kind.STREET, GroundShape.Kind.RAIL)
NAMES = ("fullname", "name", "street", "label", "title")
MAIN, LOCAL = 1, 3
MAIN_STREET_PIECES = 40


@transaction.atomic
def load(*, case: MarketCase, kind: str, data: bytes, actor: User | None) -> int:
    """The map's streets, railroads, water, parks or blocks are those of the file; returns how many shapes.

    A street of many pieces is drawn as a main street. Raises ShapeProblem for a file that cannot be used.
    """
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    shapes = read_lines(data) if kind in LINES else read_boundaries(data)
    columns = {column.lower(): column for column in shapes.columns}
    column = next((columns[name] for name in NAMES if name in columns), "")
    names = [str(f.properties.get(column) or "").strip()[:120] if column else "" for f in shapes.features]
    pieces: dict[str, int] = {}
    for name in names:
        pieces[name] = pieces.get(name, 0) + 1
    GroundShape.objects.filter(case=case, kind=kind).delete()
    GroundShape.objects.bulk_create(
        [
            GroundShape(
                case=case,
                kind=kind,
                name=name,
                rank=MAIN if name and kind in LINES and pieces[name] >= MAIN_STREET_PIECES else LOCAL,
                shape=GEOSGeometry(memoryview(feature.wkb), srid=4326),
            )
            for name, feature in zip(names, shapes.features, strict=True)
        ],
        batch_size=2_000,
    )
    audit.record(
        actor=actor, verb=Verb.BOUNDARIES_LOADED, case_id=case.pk, subject=case,
        facts={"kind": f"ground_{kind}", "shapes": len(names)},
    )  # fmt: skip
    return len(names)
