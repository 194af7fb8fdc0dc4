"""Where the elements I.0 to I.3 stand, from dated records."""

from __future__ import annotations

import pytest
from django.utils import timezone

from dmi.cases import actions as case_actions
from dmi.cases import steps
from dmi.cases.progress import State
from planning.team import actions, selectors
from planning.team.models import Holder, Position, ReadinessDecision, SeatKind, SeatRecord
from tests.factories import team as made

pytestmark = pytest.mark.django_db
NUMBERS = {
    "I.0", "I.1a", "I.1b", "I.1c", "I.1d", "I.2a", "I.2b", "I.2c", "I.2d", "I.2e", "I.2f", "I.2g", "I.3",
}  # fmt: skip


def progress(case):
    return selectors.progress(case=case, today=timezone.localdate())


def test_every_element_of_the_team_is_answered_and_an_empty_team_is_missing(market):
    found = progress(market)
    assert set(found) == NUMBERS
    assert {row.state for row in found.values()} == {State.MISSING}


def test_a_whole_team_with_a_go_is_done(market, coordinator):
    made.whole_team(market)
    decision = ReadinessDecision(case=market, outcome="go", reasons="Everybody stands.")
    actions.decide(decision=decision, actor=coordinator)
    found = progress(market)
    assert {number: row.state for number, row in found.items()} == dict.fromkeys(NUMBERS, State.DONE)
    assert found["I.0"].done_on == timezone.localdate()


def test_go_is_refused_while_a_core_seat_is_not_ready_and_no_go_is_not(market, coordinator):
    with pytest.raises(actions.NotReady):
        actions.decide(decision=ReadinessDecision(case=market, outcome="go", reasons="We want to."), actor=coordinator)
    decision = ReadinessDecision(case=market, outcome="no_go", reasons="No prosecutor yet.")
    actions.decide(decision=decision, actor=coordinator)
    assert decision.standing["prosecutor"] == "open"


def test_an_expired_commitment_is_late_and_names_nobody(market):
    holder = made.partner(market, SeatKind.CITY, full_name="Mo Unusual")
    made.record(holder.seat)
    made.commitment(holder, signed=400, lasts=365)
    found = progress(market)["I.2a"]
    assert (found.state, found.holder) == (State.LATE, "coordinator")
    assert found.due_on is not None
    assert "Unusual" not in found.todo + found.fact


def test_a_commitment_that_runs_out_soon_is_a_to_do_with_its_day(market):
    made.core_team(market)
    holder = Holder.objects.for_case(market).get(seat__code="services")
    holder.commitments.get().delete_by(None)
    made.commitment(holder, signed=350, lasts=365)
    found = progress(market)["I.1d"]
    assert found.state is State.UNDER_WAY
    assert found.due_on == made.days_ago(-15)


def test_a_departure_without_successor_is_late_until_somebody_follows(market):
    made.core_team(market)
    holder = Holder.objects.for_case(market).get(position=Position.NARCOTICS)
    holder.left_on = made.days_ago(1)
    actions.record_departure(holder=holder, actor=None)
    assert progress(market)["I.1a"].state is State.LATE
    made.partner(market, SeatKind.POLICE, position=Position.NARCOTICS)
    assert progress(market)["I.1a"].state is State.DONE


def test_a_closed_sign_in_of_a_holder_raises_the_turnover_alarm(market, police):
    holder = made.filled_seat(market, SeatKind.FAITH)
    holder.account = police
    actions.correct_holder(holder=holder, actor=None)
    assert progress(market)["I.2c"].state is State.DONE
    police.is_active = False
    police.save()
    assert progress(market)["I.2c"].state is State.LATE


def test_the_prosecutor_seat_waits_for_the_protocol_and_services_for_capacities(market):
    made.filled_seat(market, SeatKind.PROSECUTOR)
    made.filled_seat(market, SeatKind.SERVICES)
    found = progress(market)
    assert (found["I.1b"].state, found["I.1b"].holder) == (State.UNDER_WAY, "prosecutor")
    assert found["I.1d"].fact == "0 of 6 kinds of help stated"


def test_the_police_executive_commits_again_for_each_phase(market):
    found = made.core_team(market)
    market.phase = "targeting"
    market.save_by(None)
    assert "commit again" in progress(market)["I.1a"].todo
    again = found[SeatKind.POLICE]
    again.case = market
    made.commitment(again, signed=0)
    assert progress(market)["I.1a"].state is State.DONE


def test_outreach_needs_the_firewall_and_research_the_data_use_agreement_in_date(market):
    outreach = made.partner(market, SeatKind.OUTREACH)
    research = made.partner(market, SeatKind.RESEARCH)
    made.record(research.seat, SeatRecord.Kind.DATA_USE, happened_on=made.days_ago(400), until_on=made.days_ago(5))
    assert {progress(market)[n].state for n in ("I.2e", "I.2g")} == {State.UNDER_WAY}
    made.record(outreach.seat, SeatRecord.Kind.FIREWALL)
    made.record(research.seat, SeatRecord.Kind.DATA_USE, until_on=made.days_ago(-300))
    assert {progress(market)[n].state for n in ("I.2e", "I.2g")} == {State.DONE}


def test_a_seat_that_declined_or_was_set_aside_is_no_gap(market, coordinator):
    made.core_team(market)
    kinds = ("city", "us-attorney", "faith", "probation", "outreach", "reentry")
    for kind in kinds:
        made.partner(market, kind, accepts=False)
    assert progress(market)["I.3"].state is State.UNDER_WAY
    case_actions.set_aside(case=market, element="I.2g", reason="No college near.", actor=coordinator)
    assert progress(market)["I.3"].state is State.DONE


def test_the_station_reads_the_team_in_bounded_queries(market, django_assert_max_num_queries):
    made.whole_team(market)
    for n in range(20):
        made.partner(market, SeatKind.FAITH, full_name=f"Person {n}")
    with django_assert_max_num_queries(12):
        progress(market)


def test_the_line_shows_the_team_to_a_member(market):
    made.whole_team(market)
    stations = steps.progress_of(market, timezone.localdate(), frozenset({"roster.view", "planning_items.view"}))
    assert stations[0].done >= 11
