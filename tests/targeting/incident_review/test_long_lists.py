"""The lists of the review with 230 people: read in pages, in as many queries as with one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from targeting.incident_review import actions, letters, selectors
from targeting.incident_review.models import HandOff, PlayerReview
from tests.factories import incident_review as made
from tests.factories import many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("line_is_kept")]


def hanging_on(player):
    """What the board reads of a candidate who is decided."""
    row = selectors.board(player.case)[0]
    return row.assessment, row.police, row.local


def test_the_call_in_list(case, at, url):
    player = made.candidate(case)
    check = made.checked(player)
    actions.freeze_roster(case=case, actor=None)
    many.players(player, check)
    many.read_through(at("prosecutor"), url("incident_review:roster"), expected=many.MANY + 1, most=30)


def test_the_cases_of_those_prosecuted_now(case, at, url):
    player = made.listed(case)
    made.says(player, "prosecute")
    today = timezone.localdate()
    hand_off = HandOff(
        case=case, player=player, charge="Robbery", jurisdiction="county", handed_on=today, status="handed",
        status_on=today,
    )  # fmt: skip
    many.players(made.again(player), actions.save_hand_off(hand_off=hand_off, actor=None))
    page = url("incident_review:tracker")
    many.read_through(at("police"), page, expected=many.MANY + 1, most=30)
    assert f"0 of {many.MANY + 1} charged" in at("police").get(page).content.decode()


def test_the_conclusions_of_a_review(case, at, url):
    player = made.reviewed(case)
    many.players(player, PlayerReview.objects.for_case(case).get())
    session = selectors.open_session(case)
    many.read_through(at("police"), url("incident_review:session", session.pk), expected=many.MANY + 1, most=20)


@pytest.mark.parametrize("tab", ["", "contacts"])
def test_the_timeline_of_a_file(case, at, url, tab):
    player = made.reviewed(case)
    many.copies(made.contact(player), {"happened_at": "one.happened_at - make_interval(days => g)"})
    page = url("incident_review:person", player.pk)
    shown = at("police").get(page, {"tab": tab}).context["page"].paginator.count
    many.read_through(at("police"), page, expected=shown, most=30, tab=tab)
    assert shown > many.MANY


def test_the_packet_asks_the_same_questions_however_many_are_on_the_board(case):
    player = made.candidate(case)
    counts = []
    for people in (1, many.MANY + 1):
        if people > 1:
            many.players(player, *hanging_on(player))
        with CaptureQueriesContext(connection) as queries:
            assert len(letters.packet(case, timezone.localdate())["people"]["rows"]) == people
        counts.append(len(queries))
    assert counts[0] == counts[1]
