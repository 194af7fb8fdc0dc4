"""Points: only for those who may see them, only close up, never a victim's place without its own right."""

from __future__ import annotations

import math

import pytest

from dmi.audit.models import AuditEvent
from targeting.crime_mapping.selectors import layers
from tests.factories import mapping

pytestmark = pytest.mark.django_db


def tile(zoom, at=mapping.INSIDE):
    side = 2**zoom
    x = int((at[0] + 180) / 360 * side)
    lat = math.radians(at[1])
    return zoom, x, int((1 - math.log(math.tan(lat) + 1 / math.cos(lat)) / math.pi) / 2 * side)


def test_a_tile_holds_its_own_place():
    west, south, east, north = layers.tile_box(*tile(14))
    assert west <= mapping.INSIDE[0] <= east
    assert south <= mapping.INSIDE[1] <= north


def test_police_get_points_close_up_and_each_look_is_recorded(city, at, url):
    mapping.incidents(city, 3)
    police = at("police")
    found = police.get(url("crime_mapping:points", *tile(14))).json()
    assert len(found["features"]) == 3
    assert set(found["features"][0]["properties"]) == {"category", "source"}
    assert AuditEvent.objects.filter(verb="record_viewed", actor=police.user).exists()
    assert police.get(url("crime_mapping:points", *tile(13))).status_code == 404
    assert police.get(url("crime_mapping:points", 14, 2**15, 3)).status_code == 404


@pytest.mark.parametrize("seat", ["community", "services", "coordinator", "research", "auditor", "council"])
def test_other_seats_get_no_points(city, at, url, seat):
    mapping.incidents(city, 3)
    assert at(seat).get(url("crime_mapping:points", *tile(14))).status_code == 403


def test_an_officer_without_clearance_gets_no_points(city, at, url):
    assert at("police", cleared=False).get(url("crime_mapping:points", *tile(14))).status_code == 403


def test_a_victims_place_needs_its_own_right(city, at, url):
    of = mapping.incidents(city, 2)
    mapping.incidents(city, 4, category="rape", of=of)
    address = url("crime_mapping:points", *tile(14))
    assert len(at("police").get(address).json()["features"]) == 6
    assert len(at("handler").get(address).json()["features"]) == 2
    assert len(at("police").get(address).json()["features"]) == 6


def test_the_selector_refuses_too(city):
    from targeting.crime_mapping.selectors.counts import Choice
    from targeting.crime_mapping.selectors.sight import TEAM

    choice = Choice(mapping.TODAY, mapping.TODAY)
    with pytest.raises(PermissionError):
        layers.points(city, tile(14), choice, TEAM)
