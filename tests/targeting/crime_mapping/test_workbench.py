"""The workbench: what each reader sees, and what nobody may learn from it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dmi.cases.progress import State
from targeting.crime_mapping import selectors
from targeting.crime_mapping.selectors import layers, tables
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight, hidden
from tests.factories import mapping

pytestmark = pytest.mark.django_db
YEAR = Choice(mapping.TODAY - timedelta(days=364), mapping.TODAY)


def test_without_anything_loaded_the_page_says_so(at, url):
    page = at("police").get(url("crime_mapping:map"))
    assert page.status_code == 200
    assert "No boundaries are loaded yet." in page.content.decode()
    assert at("police").get(url("crime_mapping:surface")).json() == {"bands": [], "hot": [], "method": ""}


def test_police_see_exact_counts_and_figures(city, at, url):
    mapping.area(city)
    mapping.area(city, "broad")
    mapping.incidents(city, 12)
    mapping.incidents(city, 3, at=mapping.OUTSIDE, category="robbery")
    page = at("police").get(url("crime_mapping:map")).content.decode()
    assert "80%" in page
    assert "in broad target area" in page
    assert "data-points" in page


def test_readers_of_totals_get_no_small_count_and_no_filter(city, at, url):
    mapping.incidents(city, 12)
    mapping.incidents(city, 3, at=mapping.OUTSIDE)
    response = at("community").get(url("crime_mapping:map") + "?hours=night&first=2026-11-24")
    page = response.content.decode()
    assert "fewer than 11" in page
    assert "data-points" not in page
    assert "mapfilter" not in page
    assert response.context["asked"].choice.hours is None
    assert all(line.total in (None, 0) or line.total > 10 for line in response.context["lines"])


def test_a_single_hidden_count_takes_a_second_with_it():
    assert hidden([40, 30, 4]) == [False, True, True]
    assert hidden([40, 5, 4]) == [False, True, True]
    assert hidden([40, 30, 0]) == [False, False, False]


def test_victims_and_contacts_enter_only_for_those_who_may_see_them(city):
    of = mapping.incidents(city, 20)
    mapping.incidents(city, 7, category="rape", of=of)
    mapping.incidents(city, 5, category="contact", of=of)
    seen = {}
    for name, can in {
        "police": {"area_counts.view", "victim_points.view", "field_contacts.view", "incident_points.view"},
        "handler": {"area_counts.view", "field_contacts.view", "incident_points.view"},
        "research": {"area_counts.view", "victim_points.aggregate"},
    }.items():
        sight = Sight.of(can)
        choice = Choice(YEAR.first, YEAR.last, None, sight.categories())
        seen[name] = tables.unit_lines(mapping.layer(city), choice, sight, set())[0]
    assert [seen[n].total for n in ("police", "handler", "research")] == [32, 25, 20]
    assert seen["research"].contacts is None
    assert seen["handler"].contacts == 5


def test_a_surface_shows_no_place_of_fewer_than_eleven_to_the_team(city, at, url):
    of = mapping.incidents(city, 6)
    police, community = at("police"), at("community")
    assert police.get(url("crime_mapping:surface")).json()["bands"]
    assert community.get(url("crime_mapping:surface")).json()["bands"] == []
    assert community.get(url("crime_mapping:surface")).json()["hot"] == []
    mapping.incidents(city, 30, of=of)
    assert community.get(url("crime_mapping:surface")).json()["bands"]


def test_what_is_kept_for_one_reader_is_not_given_to_another(city):
    of = mapping.incidents(city, 20)
    mapping.incidents(city, 20, at=mapping.OUTSIDE, category="rape", of=of)
    cleared = Sight(exact=True, points=True, victims=True, contacts=True)
    team = Sight(exact=True, points=False, victims=False, contacts=False)
    full = layers.drawing(
        city, Choice(YEAR.first, YEAR.last, None, cleared.categories()), bandwidth=None, sight=cleared
    )
    less = layers.drawing(city, Choice(YEAR.first, YEAR.last, None, team.categories()), bandwidth=None, sight=team)
    assert (full.incidents, less.incidents) == (40, 20)


def test_new_incidents_are_on_the_map_at_once(city, at, url):
    of = mapping.incidents(city, 20)
    police = at("police")
    first = police.get(url("crime_mapping:surface")).json()
    mapping.incidents(city, 20, at=mapping.OUTSIDE, of=of)
    assert police.get(url("crime_mapping:surface")).json() != first


def test_filters_narrow_by_period_hour_and_weekday(city, at, url):
    of = mapping.incidents(city, 4, hour=23)
    mapping.incidents(city, 9, hour=12, of=of)
    mapping.incidents(city, 2, on=mapping.TODAY - timedelta(days=800), of=of)
    police = at("police")

    def total(query):
        return sum(line.total for line in police.get(url("crime_mapping:map") + query).context["lines"])

    assert total("") == 13
    assert total("?hours=evening") == 4
    assert total("?days=weekend") == 0
    assert total("?what=part_one") == 0
    assert total("?first=2024-01-01&last=2026-12-31") == 15
    assert police.get(url("crime_mapping:map") + "?first=2026-05-01&last=2026-01-01").status_code == 422


def test_a_source_nobody_assessed_is_not_mapped(city, at, url):
    mapping.incidents(city, 9, of=mapping.source(city, is_assessed=False))
    response = at("police").get(url("crime_mapping:map"))
    assert sum(line.total for line in response.context["lines"]) == 0
    assert response.context["sources"] == []


def test_the_drawn_map_is_there_without_scripts(city, at, url):
    mapping.area(city)
    mapping.incidents(city, 20)
    answer = at("community").get(url("crime_mapping:drawn-map"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "<svg" in answer.content.decode()


def test_the_ground_is_given_to_every_seat(city, at, url):
    found = at("council").get(url("crime_mapping:ground")).json()
    assert len(found["ground"]["block"]["features"]) == 64
    assert next(f["properties"]["name"] for f in found["boundaries"]["neighborhoods"]["features"]) == "Eastgate"


def test_concentrations_are_ranked_and_small_ones_held_back(city, at, url):
    mapping.incidents(city, 30)
    mapping.incidents(city, 12, at=mapping.OUTSIDE)
    police = at("police").get(url("crime_mapping:concentrations"))
    assert [line.name for line in police.context["page"]][:2] == ["Eastgate", "Summit"]
    assert "Quartic kernel" in police.content.decode()
    mapping.incidents(city, 3, at=(mapping.WEST + 0.015, mapping.SOUTH + 0.005))
    told = at("services").get(url("crime_mapping:concentrations"))
    assert "fewer than 11" in told.content.decode()
    assert all(line.count is None or line.count > 10 or line.count == 0 for line in told.context["page"])


def test_progress_is_read_from_records(city):
    stands = selectors.progress(case=city, today=mapping.TODAY)
    assert stands["1.2b"].state is State.DONE
    assert stands["1.1"].state is State.MISSING
    mapping.incidents(city, 3)
    mapping.area(city, "broad")
    mapping.area(city)
    stands = selectors.progress(case=city, today=mapping.TODAY)
    done = {n for n, p in stands.items() if p.state is State.DONE}
    assert done == {"1.1", "1.1a", "1.2", "1.2b", "1.3", "1.4"}
    assert stands["1.6"].holder == "police"


def test_the_page_asks_the_database_a_bounded_number_of_times(city, at, url, django_assert_max_num_queries):
    mapping.area(city)
    of = mapping.incidents(city, 20)
    for i in range(5):
        mapping.incidents(city, 5, on=mapping.TODAY - timedelta(days=i), of=of)
    police = at("police")
    with django_assert_max_num_queries(220):
        police.get(url("crime_mapping:map"))
