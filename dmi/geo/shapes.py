"""Boundaries and lines from files: GeoJSON, a zipped shapefile, a GeoPackage. Out come WGS84 features with columns.

The kind of file is judged by its content, never by its name. Invalid polygons are mended and the mending is noted.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapefile
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiLineString, MultiPolygon, shape
from shapely.geometry.base import BaseGeometry

from dmi.geo.archives import LIMITS, Limits, ShapeProblem, shapefile_parts
from dmi.geo.geopackage import geopackage_rows
from dmi.geo.projections import WGS84, UnknownProjection, code_of, crs_from_code, crs_from_prj, geometry_to_wgs84

if TYPE_CHECKING:
    from pyproj import CRS

__all__ = ["LIMITS", "Feature", "Limits", "ShapeProblem", "ShapeSet", "read_boundaries", "read_lines"]

Wanted = Literal["polygon", "line"]
Value = str | int | float | bool | None
_LONGEST_TEXT = 1_000
_MOST_COLUMNS = 255


@dataclass(frozen=True)
class Feature:
    """One area (MultiPolygon) or line (MultiLineString) in WGS84, with the columns it came with."""

    shape: BaseGeometry
    properties: dict[str, Value]
    notes: tuple[str, ...] = ()

    @property
    def wkb(self) -> bytes:
        """The geometry as plain two-dimensional WKB."""
        return bytes(shapely.to_wkb(self.shape, output_dimension=2))


@dataclass(frozen=True)
class ShapeSet:
    """Everything read from one file."""

    features: list[Feature]
    crs: str
    notes: list[str] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in the file's order."""
        return list(dict.fromkeys(name for f in self.features for name in f.properties))

    def suggested_name_column(self) -> str | None:
        """The column most likely to name the areas: text that differs from row to row, called something like a name."""
        for hint in ("name", "nhd_name", "label", "beat", "district", "dist", "geoid", "id"):
            for column in self.columns:
                values = [f.properties.get(column) for f in self.features]
                filled = all(v not in (None, "") for v in values)
                if hint in column.lower() and filled and len(set(values)) == len(values):
                    return column
        return None


def read_boundaries(data: bytes, *, assume: str | int | None = None, limits: Limits = LIMITS) -> ShapeSet:
    """Areas from a file. `assume` names the coordinate system when the file does not say it."""
    return _read(data, "polygon", assume, limits)


def read_lines(data: bytes, *, assume: str | int | None = None, limits: Limits = LIMITS) -> ShapeSet:
    """Lines (streets, rails, rivers) from a file."""
    return _read(data, "line", assume, limits)


def _read(data: bytes, wanted: Wanted, assume: str | int | None, limits: Limits) -> ShapeSet:
    if len(data) > limits.file_bytes:
        raise ShapeProblem("too_large", f"The file is larger than {limits.file_bytes // 1_000_000} MB.")
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        if data[:4] == b"PK\x03\x04":
            rows, crs = _shapefile_rows(shapefile_parts(data, limits), assume, limits)
        elif start[:1] == b"{":
            rows, crs = _geojson_rows(data, assume, limits)
        elif data[:4] == b"\x00\x00\x27\x0a":
            raise ShapeProblem("bare_shp", "A .shp alone is not enough. Zip it with its .shx, .dbf and .prj files.")
        elif data[:15] == b"SQLite format 3":
            rows, crs = geopackage_rows(data, limits)
        else:
            raise ShapeProblem("unknown_kind", "This is neither GeoJSON nor a zipped shapefile nor a GeoPackage.")
        return _convert(rows, crs, wanted, limits)
    except UnknownProjection as problem:
        raise ShapeProblem("projection", str(problem)) from None


Row = tuple[BaseGeometry | None, dict[str, Any]]


def _geojson_rows(data: bytes, assume: str | int | None, limits: Limits) -> tuple[list[Row], CRS]:
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise ShapeProblem("bad_json", "The file starts like GeoJSON but cannot be read to its end.") from None
    found = list(_geojson_features(document))
    if len(found) > limits.features:
        raise ShapeProblem("too_many_features", f"The file holds more than {limits.features:,} shapes.")
    return [_geojson_row(item) for item in found], _geojson_crs(document, assume)


def _refuse_constant(text: str) -> None:
    raise ValueError(text)


def _geojson_features(document: Any) -> Iterator[dict[str, Any]]:
    kind = document.get("type")
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        yield from (f for f in document["features"] if isinstance(f, dict))
    elif kind == "Feature":
        yield document
    elif kind in {"Polygon", "MultiPolygon", "LineString", "MultiLineString", "GeometryCollection"}:
        yield {"geometry": document, "properties": {}}
    else:
        raise ShapeProblem("not_geojson", "This is JSON, but not GeoJSON: it has no features.")


def _geojson_row(item: dict[str, Any]) -> Row:
    properties = item.get("properties")
    try:
        geometry = shape(item["geometry"]) if item.get("geometry") else None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, ShapelyError):
        raise ShapeProblem("bad_geometry", "One of the shapes in the file is damaged.") from None
    return geometry, properties if isinstance(properties, dict) else {}


def _geojson_crs(document: dict[str, Any], assume: str | int | None) -> CRS:
    old_style = document.get("crs")
    name = old_style.get("properties", {}).get("name", "") if isinstance(old_style, dict) else ""
    if assume is not None:
        return crs_from_code(assume)
    if not isinstance(name, str) or not name or name.upper().endswith("CRS84"):
        return crs_from_code(WGS84)
    return crs_from_code(name.rsplit(":", 1)[-1])


def _shapefile_rows(parts: dict[str, bytes], assume: str | int | None, limits: Limits) -> tuple[list[Row], CRS]:
    crs = _shapefile_crs(parts, assume)
    if "dbf" not in parts:
        raise ShapeProblem("no_dbf", "The zip lacks the .dbf file that holds the names of the areas.")
    encoding = parts.get("cpg", b"").decode("ascii", "ignore").strip() or "utf-8"
    streams = {end: io.BytesIO(parts[end]) for end in ("shp", "shx", "dbf") if end in parts}
    try:
        with shapefile.Reader(**streams, encoding=_known(encoding), encodingErrors="replace") as reader:
            if len(reader) > limits.features:
                raise ShapeProblem("too_many_features", f"The file holds more than {limits.features:,} shapes.")
            rows = [(_shape_or_none(item), item.record.as_dict()) for item in reader.iterShapeRecords()]
    except ShapeProblem:
        raise
    except Exception:  # pyshp answers damage with struct, index, value, memory and its own errors
        raise ShapeProblem("bad_shapefile", "The shapefile is damaged: it cannot be read to its end.") from None
    return rows, crs


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8"


def _shapefile_crs(parts: dict[str, bytes], assume: str | int | None) -> CRS:
    if assume is not None:
        return crs_from_code(assume)
    if "prj" not in parts:
        raise ShapeProblem("no_projection", "The zip lacks the .prj file. Add it, or name the coordinate system.")
    return crs_from_prj(parts["prj"].decode("utf-8", "replace"))


def _shape_or_none(item: Any) -> BaseGeometry | None:
    return None if item.shape.shapeType == shapefile.NULL else shape(item.shape.__geo_interface__)


def _convert(rows: list[Row], crs: CRS, wanted: Wanted, limits: Limits) -> ShapeSet:
    total = sum(int(shapely.get_num_coordinates(g)) for g, _ in rows if g is not None)
    if total > limits.vertices:
        raise ShapeProblem("too_many_vertices", "The shapes are drawn with far too many points. Simplify them first.")
    features, empty = [], 0
    for geometry, columns in rows:
        made = _feature(geometry, columns, crs, wanted)
        empty += made is None
        features.extend([made] if made else [])
    if not features:
        raise ShapeProblem("nothing", f"The file holds no {'areas' if wanted == 'polygon' else 'lines'}.")
    notes = [f"{empty} without a usable shape left out."] if empty else []
    mended = sum(bool(f.notes) for f in features)
    notes += [f"{mended} mended where an outline crossed itself."] if mended else []
    return ShapeSet(features, code_of(crs), notes)


def _feature(geometry: BaseGeometry | None, columns: dict[str, Any], crs: CRS, wanted: Wanted) -> Feature | None:
    if geometry is None or geometry.is_empty:
        return None
    placed = geometry_to_wgs84(geometry, crs)
    _check_range(placed)
    notes: tuple[str, ...] = ()
    if wanted == "polygon" and not placed.is_valid:
        notes = (f"Mended: {shapely.is_valid_reason(placed).split('[')[0].lower()}.",)
        placed = shapely.make_valid(placed)
    kept = _only(placed, wanted)
    return None if kept.is_empty else Feature(kept, _clean(columns), notes)


def _check_range(placed: BaseGeometry) -> None:
    points = shapely.get_coordinates(placed)
    if not np.isfinite(points).all():
        raise ShapeProblem("off_the_map", "Some points lie outside the reach of the coordinate system.")
    if (np.abs(points[:, 0]) > 180).any() or (np.abs(points[:, 1]) > 90).any():
        raise ShapeProblem(
            "not_degrees", "The coordinates are not degrees. Name their coordinate system (often State Plane)."
        )


def _only(geometry: BaseGeometry, wanted: Wanted) -> BaseGeometry:
    kinds = ("Polygon", "MultiPolygon") if wanted == "polygon" else ("LineString", "MultiLineString", "LinearRing")
    parts = [p for p in shapely.get_parts(geometry).tolist() if p.geom_type in kinds]
    if geometry.geom_type == "GeometryCollection":
        parts = [q for p in parts for q in shapely.get_parts(p).tolist()]
    return MultiPolygon(parts) if wanted == "polygon" else MultiLineString(parts)


def _clean(columns: dict[str, Any]) -> dict[str, Value]:
    return {str(k)[:100]: _plain(v) for k, v in list(columns.items())[:_MOST_COLUMNS]}


def _plain(value: Any) -> Value:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(c for c in text if c.isprintable() or c == "\n").strip()[:_LONGEST_TEXT]
