"""Latitude and longitude as typed and as exported."""

import pytest

from dmi.geo.coordinates import BadCoordinate, Box, Fault, parse_degrees, parse_pair, read_pair

CITY = Box(-90.4, 38.5, -90.1, 38.8)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("39.0123", 39.0123), ("-90,25", -90.25), ("39° 30' 36\" N", 39.51), ("90 15 0 W", -90.25),
        ("W 90.25", -90.25), ("−90.25", -90.25), ("-90 30", -90.5), ("90.25W", -90.25), ("-90.25 W", -90.25),
    ],
)  # fmt: skip
def test_degrees_are_read_however_they_are_written(text: str, value: float) -> None:
    assert parse_degrees(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["abc", "39 75 00", "1e5", "39.1.2", "9" * 60, "N", "°"])
def test_nonsense_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(BadCoordinate):
        parse_degrees(text)


def test_nothing_written_is_nothing() -> None:
    assert parse_degrees(" ") is None
    assert parse_degrees("NULL") is None


def test_a_pair_in_one_field() -> None:
    assert parse_pair("38.62, -90.21") == (38.62, -90.21)
    assert parse_pair("38,62; -90,21") == (38.62, -90.21)
    with pytest.raises(BadCoordinate):
        parse_pair("38.62")


@pytest.mark.parametrize(
    ("lat", "lon", "fault"),
    [
        ("38.62", "-90.21", Fault.NONE), ("0", "0", Fault.MISSING), (0.0, 0.0, Fault.MISSING), 
        (None, "-90", Fault.MISSING),
        ("", "", Fault.MISSING), (float("nan"), 1.0, Fault.MISSING), ("-90.21", "38.62", Fault.SWAPPED),
        ("38.62", "90.21", Fault.SIGN_LOST), ("12", "abc", Fault.NOT_A_NUMBER), 
        ("901234", "1029384", Fault.NOT_A_NUMBER),
        (901234.0, 1029384.0, Fault.OUT_OF_RANGE), ("41.88", "-87.63", Fault.OUTSIDE),
    ],
)  # fmt: skip
def test_each_fault_of_a_row_has_its_name(lat: str | float | None, lon: str | float | None, fault: Fault) -> None:
    assert read_pair(lat, lon, city=CITY).fault is fault


def test_a_swapped_pair_and_a_lost_sign_are_put_right() -> None:
    for lat, lon in (("-90.21", "38.62"), ("38.62", "90.21")):
        reading = read_pair(lat, lon, city=CITY)
        assert (reading.lat, reading.lon) == (38.62, -90.21)


def test_without_a_city_only_a_latitude_beyond_the_pole_betrays_a_swap() -> None:
    assert read_pair("-120.5", "38.6").fault is Fault.SWAPPED
    assert read_pair("38.6", "-120.5").fault is Fault.NONE
