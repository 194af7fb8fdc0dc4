"""Coordinate systems and measures."""

import numpy as np
import pytest
from shapely.geometry import box

from dmi.geo import projections as p


def test_a_state_plane_point_in_feet_lands_where_it_should() -> None:
    """The corner of the system's own false origin: 250,000 m east at its central meridian (Missouri East)."""
    lon, lat = p.to_wgs84([820208.3333333333], [0.0], "ESRI:102696")
    assert lon[0] == pytest.approx(-90.5, abs=1e-4)
    assert lat[0] == pytest.approx(35.8333333, abs=1e-4)


@pytest.mark.parametrize("code", ["+proj=merc +nadgrids=/etc/passwd", "EPSG:1", "file.prj", "", "EPSG:99999"])
def test_anything_but_a_known_code_is_refused_in_plain_words(code: str) -> None:
    with pytest.raises(p.UnknownProjection, match="coordinate system"):
        p.crs_from_code(code)


def test_a_prj_text_must_be_a_system_on_the_ground() -> None:
    assert p.code_of(p.crs_from_prj(p.crs_from_code(2815).to_wkt("WKT1_ESRI"))) == "EPSG:2815"
    for text in ("LOCAL_CS[]", "PROJCS[", "x" * 50_000):
        with pytest.raises(p.UnknownProjection):
            p.crs_from_prj(text)


def test_the_local_plane_goes_there_and_back() -> None:
    plane = p.LocalPlane(-90.2, 38.6)
    lon, lat = np.array([-90.25, -90.18]), np.array([38.58, 38.66])
    back = plane.inverse(*plane.forward(lon, lat))
    assert np.allclose(back, (lon, lat), atol=1e-9)


def test_area_agrees_with_the_ellipsoid() -> None:
    """One hundredth of a degree at 39° north, by pyproj's geodesic."""
    from pyproj import Geod

    square = box(-90.005, 38.995, -89.995, 39.005)
    expected = abs(Geod(ellps="WGS84").geometry_area_perimeter(square)[0])
    extent = p.extent_of(square)
    assert extent.square_meters == pytest.approx(expected, rel=1e-5)
    assert extent.square_miles == pytest.approx(extent.square_feet / 27_878_400)


def test_utm_zone() -> None:
    assert p.utm_code(-90.2, 38.6) == "EPSG:32615"
    assert p.utm_code(151.2, -33.9) == "EPSG:32756"


def test_a_block_counts_when_half_of_it_lies_inside() -> None:
    blocks = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)]
    assert p.blocks_within(box(0, 0, 1.6, 1), blocks) == [0, 1]
    assert p.blocks_within(box(0, 0, 1.4, 1), blocks) == [0]
