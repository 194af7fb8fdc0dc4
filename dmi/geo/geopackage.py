"""Features of a GeoPackage (an SQLite file, OGC 12-128), read in memory."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from dmi.geo.archives import Limits, ShapeProblem
from dmi.geo.projections import crs_from_code

if TYPE_CHECKING:
    from pyproj import CRS

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_LAYERS = """
SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition
FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY g.table_name
"""
Row = tuple[BaseGeometry | None, dict[str, Any]]


def geopackage_rows(data: bytes, limits: Limits) -> tuple[list[Row], CRS]:
    """Shapes and columns of the file's only layer, and its coordinate system. Raises ShapeProblem."""
    try:
        with sqlite3.connect(":memory:") as store:
            store.deserialize(data)
            store.execute("PRAGMA query_only = ON")
            layers = store.execute(_LAYERS).fetchall()
            if len(layers) != 1:
                names = ", ".join(layer[0] for layer in layers) or "none"
                raise ShapeProblem("layers", f"The GeoPackage must hold one layer; it holds: {names}.")
            table, column, organization, code, definition = layers[0]
            found = store.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 (the name comes quoted)
            headings = [entry[0] for entry in found.description]
            rows = found.fetchmany(limits.features + 1)
    except sqlite3.Error:
        raise ShapeProblem("bad_geopackage", "The GeoPackage is damaged: it cannot be read to its end.") from None
    if len(rows) > limits.features:
        raise ShapeProblem("too_many_features", f"The file holds more than {limits.features:,} shapes.")
    place = headings.index(column)
    plain = [heading for heading in headings if heading != column]
    return [
        (_shape(row[place]), dict(zip(plain, (v for i, v in enumerate(row) if i != place), strict=True)))
        for row in rows
    ], _system(organization, code, definition)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _system(organization: str, code: int, definition: str) -> CRS:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if organization.upper() in ("EPSG", "ESRI"):
        return crs_from_code(f"{organization.upper()}:{code}")
    try:
        return CRS.from_wkt(definition)
    except CRSError:
        raise ShapeProblem("projection", "The GeoPackage does not say its coordinate system.") from None


def _shape(blob: bytes | None) -> BaseGeometry | None:
    """The geometry behind the GeoPackage's own header."""
    if not blob:
        return None
    kind = (blob[3] >> 1) & 7 if len(blob) > 8 and blob[:2] == b"GP" else 9
    if kind >= len(_ENVELOPE_BYTES):
        raise ShapeProblem("bad_geometry", "One of the shapes in the file is damaged.")
    try:
        return shapely.from_wkb(blob[8 + _ENVELOPE_BYTES[kind] :])
    except ShapelyError:
        raise ShapeProblem("bad_geometry", "One of the shapes in the file is damaged.") from None
