"""Two maps or tables that differ by little would tell of one incident: readers without points never get such a pair."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from targeting.crime_mapping.forms.filters import Asked
from targeting.crime_mapping.selectors import areas, periods
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import OPEN, TEAM, Sight
from tests.factories import mapping

pytestmark = pytest.mark.django_db
POLICE = Sight(exact=True, points=True, victims=True, contacts=True)
TODAY = mapping.TODAY
LONG_AGO = TODAY - timedelta(days=700)


@pytest.fixture
def records(city):
    of = mapping.incidents(city, 20, on=LONG_AGO)
    mapping.incidents(city, 20, on=TODAY - timedelta(days=60), of=of)
    mapping.incidents(city, 1, on=TODAY, of=of)
    return city


def asked(case, sight, first="", last=""):
    return Asked({"first": first, "last": last}, case=case, sight=sight, today=TODAY).choice


def is_whole(choice: Choice) -> bool:
    return choice.first.day == 1 and (choice.last + timedelta(days=1)).day == 1


@pytest.mark.parametrize("sight", [TEAM, OPEN])
def test_only_whole_months_that_are_over_can_be_asked_for(records, sight):
    ends = [TODAY - timedelta(days=n) for n in (0, 1, 20, 45, 59, 60, 61, 90, 200)]
    for first, last in itertools.product([*ends, None], repeat=2):
        if first and last and first > last:
            continue
        choice = asked(records, sight, first or "", last or "")
        assert is_whole(choice), (first, last)
        assert choice.last < TODAY.replace(day=1)


def test_a_day_more_or_less_gives_the_same_period_except_to_readers_of_points(records):
    days = [date(2026, 2, 10), date(2026, 2, 11)]
    assert len({asked(records, TEAM, day, "2026-03-20") for day in days}) == 1
    assert len({asked(records, TEAM, "2026-01-01", day) for day in days}) == 1
    assert len({asked(records, POLICE, day, "2026-03-20") for day in days}) == 2
    assert not asked(records, POLICE, days[0], "2026-03-20").by_months


def test_what_is_compared_with_is_of_whole_months_too(records):
    after = asked(records, TEAM, "2026-01-15", "2026-02-03")
    assert (after.first, after.last) == (date(2026, 1, 1), date(2026, 2, 28))
    before = periods.earlier(after, None)
    assert (before.first, before.last) == (date(2025, 1, 1), date(2025, 2, 28))
    chosen = periods.earlier(after, date(2025, 10, 17))
    assert (chosen.first, chosen.last) == (date(2025, 10, 1), date(2025, 11, 30))
    leap = Choice(date(2025, 2, 1), date(2025, 2, 28), by_months=True).moved(-1)
    assert leap.last == date(2024, 2, 29)


def test_the_pages_of_a_coordinator_say_so_and_hold_to_it(records, at, url):
    coordinator = at("coordinator")
    for name in ("map", "concentrations", "before-after"):
        page = coordinator.get(url(f"crime_mapping:{name}") + "?first=2026-02-10&last=2026-02-20&before=2025-12-24")
        assert "Whole months that are over." in page.content.decode()
        assert is_whole(page.context["asked"].choice)
    assert is_whole(page.context["found"].before)
    surface = url("crime_mapping:surface")
    one, other = (coordinator.get(f"{surface}?first=2026-02-{day}&last=2026-02-28").json() for day in (1, 27))
    assert one == other


def test_where_there_is_only_the_month_that_runs_it_is_all_there_is(city):
    mapping.incidents(city, 12)
    assert areas.whole_year(city, TODAY).last == areas.newest_day(city)


def test_a_drawing_is_measured_in_tens_for_who_draws_without_points(city, at, url):
    def told(role):
        return at(role).post(url("crime_mapping:area-preview"), {"corners": mapping.CORNERS}).context["preview"]

    of = mapping.incidents(city, 7)
    assert told("coordinator")["is_held_back"]
    assert told("police")["figures"].incidents == 7
    mapping.incidents(city, 16, of=of)
    mapping.incidents(city, 14, at=mapping.OUTSIDE, of=of)
    found = told("coordinator")
    assert not found["is_held_back"]
    assert (found["figures"].incidents, found["figures"].located) == (20, 40)
    assert (told("police")["figures"].incidents, told("police")["figures"].located) == (23, 37)
