"""The lists of step 4 with 230 rows: read in pages, in as many queries as with one."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from targeting.undercover import actions
from targeting.undercover.models import Observation, Operation
from tests.factories import incident_review, many
from tests.factories import undercover as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("line_is_kept")]
ALL = many.MANY + 1


def test_informants_buys(case, at, url):
    buy = made.informant_buy(incident_review.candidate(case))
    many.copies(buy, {"report_number": "'CI-' || (g + 1)"})
    many.read_through(at("handler"), url("undercover:informant-buys"), expected=ALL, most=20)


def test_operations(case, at, url):
    plan = Operation(case=case, code_name="Spring", starts_on=date(2026, 4, 1))
    many.copies(actions.save_operation(operation=plan, actor=None), {"code_name": "'Spring ' || g"})
    many.read_through(at("handler"), url("undercover:operations"), expected=ALL, most=20)


def test_what_was_seen_of_one_player(case, at, url):
    player = incident_review.candidate(case)
    seen = Observation(
        case=case, player=player, kind="surveillance", seen_at=timezone.now(), place="Calder", summary="At the corner.",
        source="Unit 4",
    )  # fmt: skip
    many.copies(actions.save_observation(observation=seen, actor=None), {})
    shown = at("police").get(url("undercover:player", player.pk)).content.decode()
    assert shown.count("At the corner.") == many.PER_PAGE
    assert f"Page 1 of 5, {ALL} in all" in shown
