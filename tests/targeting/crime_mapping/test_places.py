"""Doubtful places: accepted, moved, left without a location, taken back; kept for later files; police only."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases.models import MarketCase
from dmi.places import county, geocoder
from targeting.crime_mapping.models import Incident, PlaceDecision
from targeting.crime_mapping.selectors import keeping
from tests.factories import crime_mapping as given

pytestmark = pytest.mark.django_db
ADDRESSES = """address,longitude,latitude
5 Independence Boulevard,-90.2700,38.6500
5 Dependence Boulevard,-90.2200,38.6500
9 Calder St,-90.2800,38.6500
"""
ADDRESS = "5 INDEPENDANCE BLVD"


def rows(*numbers: str) -> tuple[str, ...]:
    return tuple(given.row(n, lon="0", lat="0").replace("812 CALDER ST", ADDRESS) for n in numbers)


@pytest.fixture
def city(case: MarketCase) -> MarketCase:
    given.districts(case)
    county.load_addresses(case=case, stream=io.BytesIO(ADDRESSES.encode()), actor=None)
    given.import_rows(given.source(case), given.row("0"), *rows("1", "2"))
    return case


def stored(city: MarketCase) -> set[tuple[Any, ...]]:
    return {
        (round(i.point.x, 4) if i.point else None, i.located_by, i.score, i.units[0])
        for i in Incident.objects.for_case(city).filter(address=ADDRESS)
    }


def decide(client: Any, url: Any, choice: str) -> None:
    sent = {"address": ADDRESS, "choice": choice, "page": "1"}
    assert client.post(url("crime_mapping:place-decide"), sent).status_code == 302


def test_a_doubtful_place_is_accepted_and_later_files_follow(city: MarketCase, at: Any, url: Any) -> None:
    police = at("police")
    page = police.get(url("crime_mapping:places")).content.decode()
    assert ADDRESS in page
    assert "5 DEPENDENCE BLVD" in page
    assert {score for _, _, score, _ in stored(city)} == {70}
    decide(police, url, "accepted")
    assert stored(city) == {(-90.27, "address", 100, 0)}
    given.import_rows(given.source(city), *rows("3"), name="april.csv")
    assert stored(city) == {(-90.27, "address", 100, 0)}
    assert "No doubtful place" in police.get(url("crime_mapping:places")).content.decode()
    (event,) = AuditEvent.objects.filter(verb=Verb.PLACE_DECIDED)
    assert event.facts == {"kind": "accepted", "incidents": 2}


def test_another_place_moves_the_incidents_into_its_unit(city: MarketCase, at: Any, url: Any) -> None:
    finder = geocoder.for_case(city)
    assert finder is not None
    other = next(c for c in finder.candidates(ADDRESS) if c.place.lon > -90.25)
    police = at("police")
    drawn = keeping.data_version(city)
    decide(police, url, other.key)
    moved = keeping.data_version(city)
    assert moved != drawn  # no map that was kept from before is shown any more
    assert stored(city) == {(-90.22, "address", 100, 1)}
    police.post(url("crime_mapping:place-look-again", PlaceDecision.objects.get().pk))
    assert stored(city) == {(-90.27, "address", 70, 0)}
    assert PlaceDecision.history.count() == 2
    assert keeping.data_version(city) != moved


def test_an_address_is_left_without_a_location_and_stays_so(city: MarketCase, at: Any, url: Any) -> None:
    police = at("police")
    decide(police, url, "unlocated")
    given.import_rows(given.source(city), *rows("3"), name="april.csv")
    assert stored(city) == {(None, "nothing", None, -1)}
    police.post(url("crime_mapping:place-look-again", PlaceDecision.objects.get().pk))
    assert stored(city) == {(-90.27, "address", 70, 0)}


def test_what_is_not_offered_or_decided_already_is_refused_in_words(city: MarketCase, at: Any, url: Any) -> None:
    police = at("police")
    decide(police, url, "1,2")
    assert not PlaceDecision.objects.exists()
    decide(police, url, "accepted")
    decide(police, url, "unlocated")
    assert PlaceDecision.objects.get().kind == "accepted"
    page = police.get(url("crime_mapping:places")).content.decode()
    assert "Somebody has looked at this address already" in page


@pytest.mark.parametrize("seat", ["research", "prosecutor", "coordinator", "community"])
def test_only_those_who_change_points_see_the_list(city: MarketCase, at: Any, url: Any, seat: str) -> None:
    client = at(seat)
    assert client.get(url("crime_mapping:places")).status_code == 403
    assert client.post(url("crime_mapping:place-decide"), {"address": ADDRESS, "choice": "accepted"}).status_code == 403
    assert not PlaceDecision.objects.exists()


def test_a_place_held_back_to_protect_a_victim_is_never_looked_up(city: MarketCase) -> None:
    given.import_rows(given.source(city), *[row.replace("181110", "21000") for row in rows("9")], name="x.csv")
    assert json.loads(json.dumps(Incident.objects.get(number="9").located_by)) == "nothing"
