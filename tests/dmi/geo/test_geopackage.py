"""Boundaries from a GeoPackage."""

from __future__ import annotations

import sqlite3

import pytest
import shapely
from shapely.geometry import box

from dmi.geo.shapes import ShapeProblem, read_boundaries


def package(*, layers: int = 1, blob: bytes | None = None, code: int = 4326) -> bytes:
    """A GeoPackage with one square called 21."""
    with sqlite3.connect(":memory:") as store:
        store.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id, definition)")
        store.execute("CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)")
        store.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, 'EPSG', ?, '')", [code, code])
        shape = shapely.to_wkb(box(-90.3, 38.6, -90.2, 38.7))
        header = b"GP\x00\x01" + code.to_bytes(4, "little")
        for number in range(layers):
            name = f"beats {number}"
            store.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, geom BLOB, beat TEXT)')
            store.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", [name, code])
            store.execute(f'INSERT INTO "{name}" VALUES (1, ?, ?)', [blob or header + shape, "21"])
        store.commit()
        return store.serialize()


def test_a_layer_is_read_with_its_columns() -> None:
    found = read_boundaries(package())
    assert [f.properties for f in found.features] == [{"fid": 1, "beat": "21"}]
    assert found.features[0].shape.bounds == (-90.3, 38.6, -90.2, 38.7)
    assert found.crs == "EPSG:4326"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (package(layers=2), "one layer"),
        (package(blob=b"GP\x00\x01" + bytes(30)), "damaged"),
        (package()[:3000], "damaged"),
        (b"SQLite format 3\x00" + bytes(200), "damaged"),
    ],
    ids=["two layers", "bad shape", "cut off", "no database"],
)
def test_what_cannot_be_used_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(ShapeProblem, match=words):
        read_boundaries(data)
