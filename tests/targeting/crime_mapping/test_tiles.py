"""Points: only for those who may see them, only close up, never a victim's place without its own right."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from dmi.audit.models import AuditEvent
from targeting.crime_mapping.selectors import tiles
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import TEAM, Sight
from tests.factories import mapping

pytestmark = pytest.mark.django_db


def tile(zoom, at=mapping.INSIDE):
    side = 2**zoom
    x = int((at[0] + 180) / 360 * side)
    lat = math.radians(at[1])
    return zoom, x, int((1 - math.log(math.tan(lat) + 1 / math.cos(lat)) / math.pi) / 2 * side)


def test_a_tile_holds_its_own_place():
    west, south, east, north = tiles.tile_box(*tile(14))
    assert west <= mapping.INSIDE[0] <= east
    assert south <= mapping.INSIDE[1] <= north


def told(answer):
    """How many incidents the marks of a tile stand for."""
    return sum(sum(flat[2::3]) for flat in answer.json()["sources"].values())


def test_police_get_points_close_up_and_each_look_is_recorded(city, at, url):
    of = mapping.incidents(city, 3)
    police = at("police")
    answer = police.get(url("crime_mapping:points", *tile(14)))
    found = answer.json()
    assert (found["shows"], told(answer)) == ("points", 3)
    assert list(found["sources"]) == [str(of.pk)]
    assert AuditEvent.objects.filter(verb="record_viewed", actor=police.user).exists()
    assert police.get(url("crime_mapping:points", 14, 2**15, 3)).status_code == 404
    assert police.get(url("crime_mapping:points", 21, 3, 3)).status_code == 404


@pytest.mark.parametrize("zoom", [8, 10, 13, 14, 16, 18])
def test_at_every_zoom_the_marks_stand_for_every_incident(city, at, url, zoom):
    mapping.incidents(city, 40)
    answer = at("police").get(url("crime_mapping:points", *tile(zoom)))
    assert told(answer) == 40
    x, y, _ = next(iter(answer.json()["sources"].values()))
    west, south, east, north = tiles.tile_box(*tile(zoom))
    assert abs(west + (east - west) * x / tiles.EXTENT - mapping.INSIDE[0]) < 0.002
    assert abs(north + (south - north) * y / tiles.EXTENT - mapping.INSIDE[1]) < 0.002


def test_close_spots_share_a_mark_where_a_tile_holds_too_many(city, at, url, monkeypatch):
    of = mapping.incidents(city, 2)
    mapping.incidents(city, 3, at=(mapping.INSIDE[0] - 0.00004, mapping.INSIDE[1]), of=of)  # twelve feet away
    mapping.incidents(city, 1, at=(mapping.INSIDE[0] + 0.004, mapping.INSIDE[1]), of=of)
    police, address = at("police"), url("crime_mapping:points", *tile(14))
    found = police.get(address).json()
    assert (sorted(found["sources"][str(of.pk)][2::3]), found["feet"]) == ([1, 2, 3], 0)
    monkeypatch.setattr(tiles, "MOST_MARKS", 2)
    mapping.incidents(city, 1, of=of)
    found = police.get(address).json()
    assert (sorted(found["sources"][str(of.pk)][2::3]), found["shows"]) == ([1, 6], "points")
    assert 20 < found["feet"] < 100


def test_a_new_file_is_in_the_tiles_at_once(city, at, url):
    of = mapping.incidents(city, 3)
    police, address = at("police"), url("crime_mapping:points", *tile(12))
    assert told(police.get(address)) == 3
    mapping.incidents(city, 4, of=of)
    assert told(police.get(address)) == 7


def test_a_tile_from_afar_stays_small_however_many_cells_it_covers(city, monkeypatch):
    rng = np.random.default_rng(3)
    cells = {str(i): (rng.uniform(0.4, 0.41, 60_000), rng.uniform(0.4, 0.41, 60_000), rng.integers(1, 999, 60_000))
             for i in range(8)}  # fmt: skip
    monkeypatch.setattr(tiles, "count_cells", lambda case, choice: cells)
    sight = Sight(exact=True, points=True, victims=True, contacts=True)
    for zoom in range(7, 14):
        side = 2**zoom
        found = tiles.tile(
            city, (zoom, int(0.405 * side), int(0.405 * side)), Choice(mapping.TODAY, mapping.TODAY), sight
        )
        assert found["sources"]
        assert len(json.dumps(found, separators=(",", ":"))) <= 150 * 1024


@pytest.mark.parametrize("seat", ["community", "services", "coordinator", "research", "auditor", "council"])
def test_other_seats_get_no_points(city, at, url, seat):
    mapping.incidents(city, 3)
    assert at(seat).get(url("crime_mapping:points", *tile(14))).status_code == 403
    assert at(seat).get(url("crime_mapping:points", *tile(10))).status_code == 403


def test_an_officer_without_clearance_gets_no_points(city, at, url):
    assert at("police", cleared=False).get(url("crime_mapping:points", *tile(14))).status_code == 403


def test_a_victims_place_needs_its_own_right(city, at, url):
    of = mapping.incidents(city, 2)
    mapping.incidents(city, 4, category="rape", of=of)
    for zoom in (14, 11):
        address = url("crime_mapping:points", *tile(zoom))
        assert [told(at(seat).get(address)) for seat in ("police", "handler", "police")] == [6, 2, 6]


@pytest.mark.parametrize("zoom", [10, 14])
def test_the_selector_refuses_too(city, zoom):
    with pytest.raises(PermissionError):
        tiles.tile(city, tile(zoom), Choice(mapping.TODAY, mapping.TODAY), TEAM)
