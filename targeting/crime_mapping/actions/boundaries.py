"""Boundary layers: loaded from a file, repaired where needed, and every incident assigned to its unit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connection, transaction
from django.db.models import Max

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.geo.projections import extent_of
from dmi.geo.shapes import Feature, ShapeProblem, ShapeSet, read_boundaries
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions.grids import ensure_grid
from targeting.crime_mapping.models import BoundaryLayer, Incident, Unit

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

CODE_HINTS = ("beat", "distno", "dist_no", "nhd_num", "geoid", "number", "num", "code", "id", "objectid")
RESIDENT_HINTS = ("residents", "population", "pop_total", "total_pop", "totpop", "pop10", "pop20", "p0010001", "pop")


@transaction.atomic
def load_layer(
    *,
    case: MarketCase,
    kind: str,
    data: bytes,
    file_name: str,
    actor: User | None,
    name_column: str = "",
    code_column: str = "",
    residents_column: str = "",
    srid: str = "",
) -> BoundaryLayer:
    """The areas of this kind are those of the file; every incident knows the one it lies in.

    Raises ShapeProblem for a file that cannot be used, or a column that is not in it.
    """
    shapes = read_boundaries(data, assume=srid or None)
    columns = {
        "name": _column(shapes, name_column) or shapes.suggested_name_column() or "",
        "code": _column(shapes, code_column) or _suggested(shapes, CODE_HINTS, unique=True),
        "residents": _column(shapes, residents_column) or _suggested(shapes, RESIDENT_HINTS, numeric=True),
    }
    layer = BoundaryLayer.objects.for_case(case).filter(kind=kind).first() or BoundaryLayer(
        case=case, kind=kind, slot=_next_slot(case)
    )
    layer.file_name, layer.sha256 = file_name[:200], hashlib.sha256(data).hexdigest()
    layer.crs, layer.notes = shapes.crs[:60], shapes.notes
    layer.name_column, layer.code_column = columns["name"], columns["code"]
    layer.save_by(actor)
    layer.units.all().delete()
    Unit.objects.bulk_create([_unit(layer, place, f, columns) for place, f in enumerate(shapes.features)])
    ensure_grid(case, selectors.grids.city_box(case), actor)
    assign_layer(layer)
    audit.record(
        actor=actor,
        verb=Verb.BOUNDARIES_LOADED,
        case_id=case.pk,
        subject=layer,
        facts={"kind": kind, "units": len(shapes.features)},
    )
    return layer


def assign_layer(layer: BoundaryLayer) -> int:
    """Every located incident of the case knows which unit of the layer it lies in; returns how many lie in one."""
    areas = selectors.grids.areas_of(layer)
    located = (
        Incident.objects.for_case(layer.case)
        .filter(point__isnull=False)
        .extra(select={"lon": "ST_X(point)", "lat": "ST_Y(point)"})
    )
    rows = np.array(list(located.values_list("id", "lon", "lat")), dtype=np.float64).reshape(-1, 3)
    found = areas.locate(rows[:, 1], rows[:, 2])
    slot = layer.slot + 1
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS dmi_assigned")
        cursor.execute("CREATE TEMPORARY TABLE dmi_assigned (id bigint PRIMARY KEY, unit integer) ON COMMIT DROP")
        with cursor.copy("COPY dmi_assigned FROM STDIN") as target:
            lines = (f"{int(i)}\t{int(unit)}\n" for i, unit in zip(rows[:, 0], found, strict=True))
            target.write("".join(lines))
        cursor.execute("ANALYZE dmi_assigned")
        cursor.execute(
            "UPDATE crime_mapping_incident i SET units[%s] = a.unit FROM dmi_assigned a WHERE a.id = i.id", [slot]
        )
    return int((found >= 0).sum())


def _next_slot(case: MarketCase) -> int:
    highest = BoundaryLayer.objects.for_case(case).aggregate(highest=Max("slot"))["highest"]
    return 0 if highest is None else highest + 1


def _column(shapes: ShapeSet, wanted: str) -> str:
    if not wanted:
        return ""
    for column in shapes.columns:
        if column.lower() == wanted.lower():
            return column
    raise ShapeProblem("no_column", f"The file has no column “{wanted}”. It has: {', '.join(shapes.columns)}.")


def _suggested(shapes: ShapeSet, hints: tuple[str, ...], *, unique: bool = False, numeric: bool = False) -> str:
    """The first column with such a name whose values are filled (and unique, or whole numbers)."""
    for hint in hints:
        for column in shapes.columns:
            values = [f.properties.get(column) for f in shapes.features]
            if not column.lower().endswith(hint) and not column.lower().startswith(hint):
                continue
            if unique and len({str(v) for v in values}) != len(values):
                continue
            if numeric and not all(_is_count(v) for v in values):
                continue
            return column
    return ""


def _is_count(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _unit(layer: BoundaryLayer, place: int, feature: Feature, columns: dict[str, str]) -> Unit:
    code = plain_code(feature.properties.get(columns["code"]) if columns["code"] else None)
    name = plain_code(feature.properties.get(columns["name"]) if columns["name"] else None)
    residents = feature.properties.get(columns["residents"]) if columns["residents"] else None
    shape = GEOSGeometry(memoryview(feature.wkb), srid=4326)
    assert isinstance(shape, MultiPolygon)
    return Unit(
        layer=layer,
        place=place,
        code=code[:60],
        name=(name or code or f"{layer.label} {place + 1}")[:120],
        residents=int(residents) if _is_count(residents) else None,
        shape=shape,
        square_meters=extent_of(feature.shape).square_meters,
        note=" ".join(feature.notes)[:200],
    )


def plain_code(value: object) -> str:
    """A code as people write it: 5 rather than 5.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
