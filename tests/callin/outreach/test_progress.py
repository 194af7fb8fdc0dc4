"""Elements 6.0 to 6.5 turn done from dated records, and say counts only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from callin.outreach import selectors
from dmi.cases.progress import State
from tests.factories import outreach as made
from tests.factories.notification import Eve

NUMBERS = ("6.0", "6.1", "6.2", "6.3", "6.4", "6.5", "6.5a", "6.5b", "6.5c")


def states(eve: Eve, today: date | None = None) -> dict[str, State]:
    found = selectors.progress(case=eve.case, today=today or timezone.localdate())
    return {number: found[number].state for number in NUMBERS}


def test_nothing_is_done_without_records(eve: Eve) -> None:
    made.bare_candidate(eve)
    assert set(states(eve).values()) == {State.MISSING}


def test_the_records_carry_the_elements(eve: Eve) -> None:
    player, person = made.ready(eve)
    assert states(eve)["6.0"] is State.MISSING
    assert states(eve)["6.1"] is State.DONE
    assert states(eve)["6.5"] is State.UNDER_WAY
    made.influential(eve, player, "Coach Boone", relation="Coach", tie="other")
    made.talked(eve, person)
    found = states(eve)
    assert {found[number] for number in ("6.0", "6.1", "6.4", "6.5", "6.5a", "6.5b", "6.5c")} == {State.DONE}
    assert {found["6.2"], found["6.3"]} == {State.MISSING}


def test_a_first_visit_past_its_day_is_late(eve: Eve) -> None:
    made.ready(eve)
    assert states(eve, timezone.localdate() + timedelta(days=8))["6.5"] is State.LATE


def test_facts_and_todos_hold_no_name(eve: Eve) -> None:
    _, person = made.ready(eve)
    made.talked(eve, person)
    words = " ".join(
        f"{row.fact} {row.todo}" for row in selectors.progress(case=eve.case, today=timezone.localdate()).values()
    )
    assert "Brightwell" not in words
    assert "E-01" not in words


@pytest.mark.parametrize("people", [1, 4])
def test_the_queries_do_not_grow_with_the_candidates(eve: Eve, people: int, django_assert_max_num_queries: Any) -> None:
    for number in range(people):
        player, person = made.ready(eve, f"Candidate {number}")
        made.talked(eve, person)
        made.influential(eve, player, "Another", tie="friend")
    with django_assert_max_num_queries(14):
        selectors.progress(case=eve.case, today=timezone.localdate())
