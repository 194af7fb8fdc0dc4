"""Boundary files, good and hostile."""

import io
import json
import zipfile

import pytest
import shapefile
import shapely
from shapely.geometry import Polygon, box, mapping

from dmi.geo import shapes
from dmi.geo.projections import crs_from_code


def geojson(*geometries: object, crs: str = "", **properties: object) -> bytes:
    features = [{"type": "Feature", "geometry": g, "properties": properties} for g in geometries]
    document: dict[str, object] = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(document).encode()


def zipped_shapefile(
    polygon: Polygon, *, code: str = "EPSG:2815", drop: tuple[str, ...] = (), extra: dict | None = None
) -> bytes:
    parts = {end: io.BytesIO() for end in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts) as writer:
        writer.field("BEAT", "C", size=20)
        writer.field("POP", "N", size=8)
        writer.poly([list(polygon.exterior.coords)])
        writer.record("22 Niño", 411)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for end, stream in parts.items():
            if end not in drop:
                archive.writestr(f"beats/Beats.{end}", stream.getvalue())
        if "prj" not in drop:
            archive.writestr("beats/Beats.prj", crs_from_code(code).to_wkt("WKT1_ESRI"))
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def problem_of(data: bytes, **options: object) -> str:
    with pytest.raises(shapes.ShapeProblem) as caught:
        shapes.read_boundaries(data, **options)
    assert str(caught.value)[-1] == "."
    return caught.value.code


def test_geojson_polygons_come_back_as_multipolygons_with_their_columns() -> None:
    read = shapes.read_boundaries(geojson(mapping(box(-90.2, 38.6, -90.1, 38.7)), name="Beat 22", count=4))
    (only,) = read.features
    assert only.shape.geom_type == "MultiPolygon"
    assert only.properties == {"name": "Beat 22", "count": 4}
    assert shapely.from_wkb(only.wkb).equals(only.shape)
    assert read.suggested_name_column() == "name"


def test_a_crossed_outline_is_mended_and_noted() -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    read = shapes.read_boundaries(geojson(bow_tie))
    assert read.features[0].shape.is_valid
    assert read.features[0].shape.area == pytest.approx(0.5)
    assert "mended" in read.notes[0]


def test_a_zipped_shapefile_is_moved_to_degrees() -> None:
    read = shapes.read_boundaries(zipped_shapefile(box(250_000, 310_000, 251_000, 311_000)))
    assert read.crs == "EPSG:2815"
    west, south, *_ = read.features[0].shape.bounds
    assert west == pytest.approx(-90.5, abs=0.001)
    assert 38 < south < 39
    assert read.features[0].properties == {"BEAT": "22 Niño", "POP": 411}


def test_an_old_style_crs_member_is_obeyed_and_a_missing_one_can_be_given() -> None:
    square = mapping(box(250_000, 310_000, 251_000, 311_000))
    named = shapes.read_boundaries(geojson(square, crs="urn:ogc:def:crs:EPSG::2815"))
    given = shapes.read_boundaries(geojson(square), assume="EPSG:2815")
    assert named.features[0].shape.equals(given.features[0].shape)
    assert problem_of(geojson(square)) == "not_degrees"


def test_lines_are_read_as_lines_and_are_not_boundaries() -> None:
    line = geojson({"type": "LineString", "coordinates": [[-90, 38], [-90.1, 38.1]]}, name="Calder Street")
    assert shapes.read_lines(line).features[0].shape.geom_type == "MultiLineString"
    assert problem_of(line) == "nothing"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unknown_kind"), (b"hello", "unknown_kind"), (b"\x89PNG\r\n\x1a\n", "unknown_kind"),
        (b'{"type": "FeatureCollection", "features": [', "bad_json"), (b'{"a": NaN}', "bad_json"),
        (b'{"a":' + b"[" * 100_000, "bad_json"), (b'{"a": 1}', "not_geojson"), (b"PK\x03\x04broken", "bad_zip"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 96, "bare_shp"), (b"SQLite format 3\x00", "bad_geopackage"),
        (b'{"type": "FeatureCollection", "features": []}', "nothing"),
        (geojson({"type": "Polygon", "coordinates": "x"}), "bad_geometry"),
        (geojson({"type": "Polygon", "coordinates": [[[0, 0], [1]]]}), "bad_geometry"),
        (geojson({"type": "Nonsense", "coordinates": []}), "bad_geometry"),
        (geojson(mapping(box(0, 0, 1, 1)), crs="EPSG:evil"), "projection"),
    ],
)  # fmt: skip
def test_each_bad_file_is_refused_in_plain_words(data: bytes, code: str) -> None:
    assert problem_of(data) == code


def test_parts_that_are_missing_are_named() -> None:
    square = box(250_000, 310_000, 251_000, 311_000)
    assert problem_of(zipped_shapefile(square, drop=("prj",))) == "no_projection"
    assert problem_of(zipped_shapefile(square, drop=("dbf",))) == "no_dbf"
    assert problem_of(zipped_shapefile(square, drop=("shp",))) == "not_one_shapefile"
    assert problem_of(zipped_shapefile(square, extra={"other.shp": b"x"})) == "not_one_shapefile"
    assert shapes.read_boundaries(zipped_shapefile(square, drop=("prj",)), assume=2815).features


def test_a_zip_that_would_burst_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\0" * 30_000_000)
    assert problem_of(out.getvalue()) == "zip_bomb"
    many = zipped_shapefile(box(0, 0, 1, 1), extra={f"{i}.txt": "x" for i in range(70)})
    assert problem_of(many) == "too_many_members"


def test_a_shapefile_cut_short_is_refused() -> None:
    whole = zipped_shapefile(box(250_000, 310_000, 251_000, 311_000))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            data = source.read(member)
            target.writestr(member.filename, data[:120] if member.filename.endswith(".shp") else data)
    assert problem_of(out.getvalue()) == "bad_shapefile"


def test_limits_of_size_and_number_hold() -> None:
    square = mapping(box(0, 0, 1, 1))
    assert problem_of(geojson(square, square), limits=shapes.Limits(features=1)) == "too_many_features"
    assert problem_of(geojson(square), limits=shapes.Limits(file_bytes=10)) == "too_large"
    assert problem_of(geojson(square), limits=shapes.Limits(vertices=3)) == "too_many_vertices"
