"""Finding addresses in the county's own files."""

from __future__ import annotations

import io
import json

import pytest

from dmi.cases import actions as cases
from dmi.cases.models import MarketCase
from dmi.places import county, geocoder
from dmi.places.streets import Street, understand

ADDRESSES = """address,longitude,latitude
1100 N Calder St,-90.2000,38.6000
1104 N Calder St,-90.2004,38.6000
1110 N Calder St,-90.2010,38.6000
800 Eighth Avenue,-90.2005,38.6001
12 Dr Martin Luther King Dr,-90.3000,38.7000
5 Independence Boulevard,-90.1000,38.5000
"""


@pytest.mark.parametrize(
    ("text", "number", "is_block", "street", "cross"),
    [
        ("6431 IDAHO AVE", 6431, False, Street("", "IDAHO", "AVE"), None),
        ("11XX BATES ST", 1100, True, Street("", "BATES", "ST"), None),
        ("1300 BLOCK OF N GRAND BLVD", 1300, True, Street("N", "GRAND", "BLVD"), None),
        ("12B North 8th Street Apt 4", 12, False, Street("N", "8TH", "ST"), None),
        ("N GRAND BLVD / NATURAL BRIDGE", None, False, Street("N", "GRAND", "BLVD"), Street("", "NATURAL", "BRG")),
        ("5323 NORTHLAND", 5323, False, Street("", "NORTHLAND", ""), None),
        ("UNKNOWN", None, False, Street("", "UNKNOWN", ""), None),
    ],
)
def test_the_parts_of_an_address(
    text: str, number: int | None, is_block: bool, street: Street, cross: Street | None
) -> None:
    written = understand(text)
    assert (written.number, written.is_block, written.street, written.cross) == (number, is_block, street, cross)


@pytest.fixture
def finder(db: None) -> geocoder.Geocoder:
    case = cases.open_case(actor=None, slug="w", name="W", city_name="Marlow", number_prefix="W")
    assert geocoder.for_case(case) is None
    loaded = county.load_addresses(case=case, stream=io.BytesIO(ADDRESSES.encode()), actor=None)
    assert loaded == (6, 0)
    return _finder(case)


def _finder(case: MarketCase) -> geocoder.Geocoder:
    found = geocoder.for_case(case)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "method", "lon"),
    [
        ("1104 n. calder street", "address", -90.2004),
        ("1104 CALDER", "address", -90.2004),
        ("1102 N CALDER ST", "between neighbors", -90.2002),
        ("11XX N CALDER ST", "hundred block", -90.20047),
        ("CALDER ST / 8TH AVE", "crossing, by houses", -90.20045),
        ("12 M L KING", "address", -90.3),
        ("5 INDEPENDANCE BLVD", "address, spelled alike", -90.1),
    ],
)
def test_an_address_is_found_however_it_is_written(
    finder: geocoder.Geocoder, text: str, method: str, lon: float
) -> None:
    found = finder.locate(text)
    assert found is not None
    assert (found.method, round(found.lon, 5)) == (method, pytest.approx(lon, abs=2e-5))
    assert found.is_doubtful == ("alike" in method or "by houses" in method)


@pytest.mark.parametrize("text", ["", "UNKNOWN", "9999 CALDER ST", "1104 S CALDER ST", "1104 NOWHERE LN", "A / B"])
def test_what_cannot_be_known_is_not_guessed(finder: geocoder.Geocoder, text: str) -> None:
    assert finder.locate(text) is None


def test_street_lines_give_ranges_and_crossings(db: None) -> None:
    case = cases.open_case(actor=None, slug="w", name="W", city_name="Marlow", number_prefix="W")
    lines = [("ELM ST", [[-90.2, 38.6], [-90.21, 38.6]], 100), ("OAK AVE", [[-90.21, 38.6], [-90.21, 38.61]], 500)]
    features = [
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line},
         "properties": {"FULLNAME": name, "FromLeft": low, "ToLeft": low + 98, "FromRight": 0, "ToRight": 0}}
        for name, line, low in lines
    ]  # fmt: skip
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    assert county.load_streets(case=case, data=data, actor=None) == 2
    finder = _finder(case)
    ranged, crossing = finder.locate("149 ELM"), finder.locate("ELM ST / OAK AV")
    assert ranged is not None
    assert crossing is not None
    assert (ranged.method, round(ranged.lon, 4), crossing.method, crossing.lon) == (
        "street range", -90.205, "crossing", -90.21,
    )  # fmt: skip


def test_a_file_without_the_columns_is_refused_in_words(db: None) -> None:
    case = cases.open_case(actor=None, slug="w", name="W", city_name="Marlow", number_prefix="W")
    with pytest.raises(county.CountyProblem, match="longitude"):
        county.load_addresses(case=case, stream=io.BytesIO(b"a,b\n1,2\n"), actor=None)
