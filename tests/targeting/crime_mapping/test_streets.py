"""Street segments, near repeats, before and after: what each says, and to whom."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from dmi.geo.near_repeat import knox
from targeting.crime_mapping.selectors import periods, repeats, streets
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import OPEN, TEAM, Sight
from tests.factories import mapping
from tests.factories.mapping import SOUTH, TODAY, WEST

pytestmark = pytest.mark.django_db
YEAR = Choice(TODAY - timedelta(days=364), TODAY)
POLICE = Sight(exact=True, points=True, victims=True, contacts=True)
ON_CALDER = (WEST + 0.001, SOUTH + 0.0021)
ON_EIGHTH = (WEST + 0.0031, SOUTH + 0.01)


def test_streets_are_cut_at_crossings_and_named_by_them(city):
    names = streets.segments_of(city).names
    assert len(names) == 4
    assert set(names) == {"Calder Street, at Eighth Avenue", "Eighth Avenue, at Calder Street"}


def test_an_incident_counts_on_the_nearest_segment_within_the_distance(city):
    of = mapping.incidents(city, 20, at=ON_CALDER)
    mapping.incidents(city, 14, at=ON_EIGHTH, of=of)
    mapping.incidents(city, 7, at=ON_EIGHTH, of=of, on=TODAY - timedelta(days=500))
    mapping.incidents(city, 5, at=mapping.OUTSIDE, of=of)
    found = streets.ranking(city, YEAR, POLICE)
    assert [(line.name.split(",")[0], line.count) for line in found.lines] == [
        ("Calder Street", 20),
        ("Eighth Avenue", 14),
    ]
    assert (found.near, found.far) == (34, 5)
    assert found.lines[1].change.before == 7
    assert found.lines[0].share == pytest.approx(20 / 39)
    assert found.lines[0].per_100_meters == pytest.approx(100 * 20 / found.lines[0].meters)


def test_readers_without_points_get_no_small_segment_and_no_filter(city, at, url):
    of = mapping.incidents(city, 20, at=ON_CALDER)
    mapping.incidents(city, 4, at=ON_EIGHTH, of=of)
    assert [line.count for line in streets.ranking(city, YEAR, TEAM).lines] == [None, None]
    address = url("crime_mapping:concentrations") + "?by=street_segments&hours=night"
    told = at("research").get(address)
    assert told.context["form"] is None
    assert told.context["asked"].choice.hours is None
    assert "fewer than 11" in told.content.decode()
    assert at("police").get(address).context["asked"].choice.hours is not None


def test_the_street_table_prints_without_small_counts(city, at, url):
    from tests.targeting.crime_mapping.test_sheets import body

    of = mapping.incidents(city, 20, at=ON_CALDER)
    mapping.incidents(city, 40, at=ON_EIGHTH, of=of)
    from targeting.crime_mapping import letters

    at("police").post(url("crime_mapping:print-concentrations"), {"by": "street_segments", "hours": "night"})
    facts = body(letters.TABLE_SHEET)
    assert facts["is_streets"]
    assert [row["count"] for row in facts["rows"]] == [40, 20]


def test_knox_counts_what_counting_by_hand_counts():
    rng = np.random.default_rng(4)
    x, y, days = rng.uniform(0, 800, 150), rng.uniform(0, 800, 150), rng.integers(0, 60, 150)
    found = knox(x, y, days, distances=[50, 150], times=[5, 20], shuffles=19)
    one, other = np.triu_indices(150, 1)
    apart, later = np.hypot(x[one] - x[other], y[one] - y[other]), abs(days[one] - days[other])
    low = {50.0: -1.0, 150.0: 50.0, 5.0: -1.0, 20.0: 5.0}
    for band in found.bands:
        near = (apart > low[band.farthest]) & (apart <= band.farthest)
        assert band.pairs == (near & (later > low[band.longest]) & (later <= band.longest)).sum()
        assert 1 / 20 <= band.p <= 1


def test_knox_finds_repeats_that_are_there_and_none_where_chance_dealt():
    rng = np.random.default_rng(5)
    x, y, days = rng.uniform(0, 3000, 300), rng.uniform(0, 3000, 300), rng.uniform(0, 365, 300)
    chance = knox(x, y, days, distances=[100], times=[7])
    again = knox(np.r_[x, x + 20], np.r_[y, y], np.r_[days, days + 3], distances=[100], times=[7])
    assert again.bands[0].p == 0.01
    assert again.bands[0].ratio > 5
    assert chance.bands[0].p > 0.01
    assert knox([], [], [], distances=[100], times=[7]).bands[0].pairs == 0


def test_the_near_repeat_page_says_when_there_is_too_little(city, at, url):
    mapping.incidents(city, 12)
    police = at("police")
    assert "Too few incidents" in police.get(url("crime_mapping:near-repeats")).content.decode()
    mapping.incidents(city, 30)
    page = police.get(url("crime_mapping:near-repeats")).content.decode()
    assert "When not to trust it" in page
    assert "The same place" in page
    assert at("community").get(url("crime_mapping:near-repeats")).status_code == 403
    with pytest.raises(PermissionError):
        repeats.repeats(city, YEAR, OPEN)


def test_both_periods_are_drawn_between_the_same_edges(city):
    of = mapping.incidents(city, 60)
    mapping.incidents(city, 30, of=of, on=TODAY - timedelta(days=400))
    before = periods.earlier(YEAR, None)
    found = periods.pair(city, before, YEAR, bandwidth=None, sight=POLICE)
    assert len(found.after) == 5
    assert 0 < len(found.before) < 5
    assert found.rise
    assert not found.fall
    hidden = periods.lines(mapping.layer(city), before, YEAR, OPEN)
    assert (hidden[0].before, hidden[0].after) == (30, 60)


def test_a_reader_of_totals_gets_fixed_periods_and_no_band_of_few(city, at, url):
    mapping.incidents(city, 8)
    query = "?first=2026-11-20&last=2026-11-24&before=2026-11-01"
    page = at("community").get(url("crime_mapping:before-after") + query)
    assert page.context["found"].after.days > 300
    assert "filters" not in page.content.decode()
    data = at("community").get(url("crime_mapping:before-after-data") + query).json()
    assert data == {"before": [], "after": [], "rise": [], "fall": []}
    mine = at("police").get(url("crime_mapping:before-after") + query)
    assert (mine.context["found"].after.days, mine.context["found"].before.first.day) == (5, 1)
    assert at("police").get(url("crime_mapping:before-after-data") + query).json()["rise"]


def test_the_three_maps_are_drawn_without_scripts_too(city, at, url):
    mapping.area(city)
    mapping.incidents(city, 30)
    for which in ("before", "after", "difference"):
        assert "<svg" in at("council").get(url("crime_mapping:before-after-drawn", which)).content.decode()
    assert at("council").get(url("crime_mapping:before-after-drawn", "other")).status_code == 404
