"""What step 7 answers about its elements, and what it leaves open."""

from __future__ import annotations

from datetime import date

from callin.notification import actions, selectors
from dmi.cases.progress import State
from tests.factories import notification as made

TODAY = date(2026, 5, 13)


def test_services_count_only_what_is_confirmed_for_the_call_in(eve: made.Eve) -> None:
    found = selectors.progress(case=eve.case, today=TODAY)
    assert found["7a.0"].fact == "1 of 6 kinds of help confirmed"
    assert found["7a.d"].state == State.DONE
    assert found["7a.a"].state == State.MISSING
    assert "7b.1" not in found


def test_notebooks_are_counted_as_they_are_cleared_and_printed(eve: made.Eve) -> None:
    player = made.candidate(eve)
    assert selectors.progress(case=eve.case, today=TODAY)["7b.3a"].fact == "0 of 1 notebooks cleared"
    made.cleared(eve, player)
    actions.print_binder(case=eve.case, actor=eve.coordinator)
    found = selectors.progress(case=eve.case, today=TODAY)
    assert found["7b.3a"].state == State.DONE
    assert found["7b.3"].state == State.MISSING  # the jobs have not run yet
    assert found["7b.6"].state == State.DONE
