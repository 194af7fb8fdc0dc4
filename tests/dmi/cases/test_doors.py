"""The case's own pages through the front door: doors, double clicks, stale forms, gates, seats."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dmi.accounts.models import User
from dmi.audit.models import AuditEvent
from dmi.cases import actions, policy, seats
from dmi.cases.models import ElementMark, GateDecision, MarketCase, SubmittedForm, TeamPolicy
from tests.factories.accounts import ClearedFactory, UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def market(db: None) -> MarketCase:
    given = {"slug": "eastgate", "name": "Eastgate", "city_name": "Marlow", "number_prefix": "E"}
    return actions.open_case(actor=None, **given)


@pytest.fixture
def coordinator(market: MarketCase) -> User:
    user = ClearedFactory(full_name="Tamsin Ames")
    seats.give_seat(case=market, user=user, role="coordinator", actor=None)
    return user


@pytest.fixture
def ames(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator, backend=BACKEND)
    return client


def at(case: MarketCase, rest: str = "") -> str:
    return f"/cases/{case.pk}/{rest}"


def test_a_coordinator_sees_the_line_of_stations_and_what_needs_doing(ames: Client, market: MarketCase) -> None:
    page = ames.get(at(market)).content.decode()
    assert "What needs doing" in page
    assert "Team and SWOT" in page
    assert "Tamsin Ames" in page


def test_the_guard_asks_three_questions_however_many_records_there_are(
    ames: Client, market: MarketCase, django_assert_max_num_queries: Any
) -> None:
    from dmi.cases.access import rights_of

    user = User.objects.select_related("agency").get(full_name="Tamsin Ames")
    with django_assert_max_num_queries(2):
        assert "act.pass_gate" in rights_of(user, market)


def test_only_member_of_one_market_goes_straight_to_it(ames: Client, market: MarketCase) -> None:
    assert ames.get("/").headers["Location"] == at(market)


def test_a_double_click_sets_an_element_aside_once(ames: Client, market: MarketCase) -> None:
    form = {"reason": "The town has no federal office.", "once": str(uuid.uuid4()), "version": "0"}
    first = ames.post(at(market, "elements/I.2b/set-aside/"), form)
    again = ames.post(at(market, "elements/I.2b/set-aside/"), form, follow=True)
    assert first.status_code == 302
    assert "nothing was done twice" in again.content.decode()
    assert ElementMark.objects.for_case(market).count() == 1
    assert AuditEvent.objects.filter(verb="element_set_aside").count() == 1


def test_a_form_sent_back_with_errors_may_be_sent_again(ames: Client, market: MarketCase) -> None:
    token = str(uuid.uuid4())
    wrong = ames.post(at(market, "elements/I.2b/set-aside/"), {"reason": "", "once": token, "version": "0"})
    assert wrong.status_code == 422
    assert not SubmittedForm.objects.exists()
    right = {"reason": "No federal office here.", "once": token, "version": "0"}
    assert ames.post(at(market, "elements/I.2b/set-aside/"), right).status_code == 302


def test_an_element_set_aside_can_be_taken_back(ames: Client, market: MarketCase) -> None:
    ames.post(at(market, "elements/I.2b/set-aside/"), {"reason": "No federal office here.", "version": "0"})
    ames.post(at(market, "elements/I.2b/take-back/"))
    assert not ElementMark.objects.for_case(market).exists()
    assert ElementMark.history.filter(history_type="-").count() == 1


def test_a_stale_policy_form_loses_nothing_and_changes_nothing(ames: Client, market: MarketCase) -> None:
    stored = TeamPolicy.objects.get()
    numbers = {name: getattr(stored, name) for name in (
        "buys_required", "recorded_buys_required", "activity_window_days", "influentials_required",
        "survey_sources_required", "cease_hours", "letter_lead_days", "review_months", "review_quorum",
        "candidates_max", "commitment_months",
    )}  # fmt: skip
    numbers |= {"buys_required": 3, "version": stored.version - 1}
    answer = ames.post(at(market, "policy/"), numbers)
    assert answer.status_code == 422
    assert "Nothing of yours is lost" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert TeamPolicy.objects.get().buys_required == 2


def test_a_call_in_in_the_past_is_refused_in_words(ames: Client, market: MarketCase) -> None:
    yesterday = (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    form = {"call_in_at": yesterday, "call_in_place": "Hall", "call_in_address": "1 A", "version": market.version}
    answer = ames.post(at(market, "call-in/"), form)
    assert answer.status_code == 422
    assert "must lie in the future" in answer.content.decode()


def test_the_deadline_follows_from_the_policy(ames: Client, market: MarketCase) -> None:
    when = timezone.localtime() + timedelta(days=20)
    form = {"call_in_at": when.strftime("%Y-%m-%dT%H:%M"), "call_in_place": "Hall", "call_in_address": "1 A"}
    assert ames.post(at(market, "call-in/"), form | {"version": market.version}).status_code == 302
    market.refresh_from_db()
    assert market.deadline_at - market.call_in_at == timedelta(hours=72)


def test_html_in_a_reason_is_shown_as_text(ames: Client, market: MarketCase) -> None:
    ames.post(at(market, "elements/I.2b/set-aside/"), {"reason": "<script>alert(1)</script>", "version": "0"})
    page = ames.get(at(market, "steps/P/")).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_gate_with_gaps_opens_only_with_a_reason_and_keeps_what_was_open(ames: Client, market: MarketCase) -> None:
    url = at(market, "gates/planning/")
    assert ames.post(url, {"outcome": "passed", "reason": "All good.", "version": "0"}).status_code == 422
    assert ames.post(url, {"outcome": "overridden", "reason": "", "version": "0"}).status_code == 422
    assert ames.post(url, {"outcome": "overridden", "reason": "The Chief insists.", "version": "0"}).status_code == 302
    market.refresh_from_db()
    decision = GateDecision.objects.get()
    assert market.phase == "targeting"
    assert "SW.S" in decision.missing


def test_a_gate_belongs_to_its_owner(client: Client, market: MarketCase) -> None:
    officer = ClearedFactory()
    seats.give_seat(case=market, user=officer, role="police", actor=None)
    client.force_login(officer, backend=BACKEND)
    answer = client.post(at(market, "gates/planning/"), {"outcome": "overridden", "reason": "x", "version": "0"})
    assert answer.status_code == 403
    assert not GateDecision.objects.exists()


def test_a_closed_market_can_be_read_but_not_changed(ames: Client, market: MarketCase) -> None:
    market.closed_at = timezone.now()
    market.save_by(None)
    assert ames.get(at(market)).status_code == 200
    assert ames.post(at(market, "elements/I.2b/set-aside/"), {"reason": "x", "version": "0"}).status_code == 409


def test_a_suspended_seat_gives_nothing_from_the_next_request_on(
    ames: Client, market: MarketCase, coordinator: User
) -> None:
    assert ames.get(at(market)).status_code == 200
    seats.suspend_seat(membership=coordinator.memberships.get(), actor=None, reason="left the city")
    assert ames.get(at(market)).status_code == 404


def test_a_seat_ends_with_its_last_day(market: MarketCase, coordinator: User) -> None:
    seat = coordinator.memberships.get()
    seat.starts_on = timezone.localdate() - timedelta(days=9)
    seat.ends_on = timezone.localdate() - timedelta(days=1)
    seat.save_by(None)
    assert seats.seats_of(coordinator, market) == frozenset()


def test_a_refusal_is_in_the_audit_log(client: Client, market: MarketCase) -> None:
    resident = UserFactory()
    seats.give_seat(case=market, user=resident, role="community", actor=None)
    client.force_login(resident, backend=BACKEND)
    assert client.get(at(market, "people/")).status_code == 403
    event = AuditEvent.objects.get(verb="access_denied")
    assert (event.actor, event.outcome, event.case_id) == (resident, "denied", market.pk)


def test_an_uncleared_officer_holds_no_law_enforcement_right() -> None:
    rights = policy.rights(frozenset({"police"}), cleared=False)
    assert not {right for right in rights if right.startswith(("player_list.", "notebooks.", "intelligence."))}


def test_nobody_but_handlers_and_prosecutors_reads_informant_buys() -> None:
    readers = {seat for seat in policy.SEATS if "informant_buys.view" in policy.rights(frozenset({seat}), cleared=True)}
    assert readers == {"handler", "prosecutor", "federal_prosecutor"}


def test_treatment_is_read_by_services_alone() -> None:
    readers = {seat for seat in policy.SEATS if "treatment.view" in policy.rights(frozenset({seat}), cleared=True)}
    assert readers == {"services"}


def test_an_unknown_right_stops_the_program_at_start() -> None:
    from dmi.cases.access import case_view

    with pytest.raises(ValueError, match="no right of the policy"):
        case_view("leters.view")


def test_the_page_of_rights_shows_one_seat_alone(ames: Client, market: MarketCase) -> None:
    page = ames.get(at(market, "who-may-see/?seat=community&class=notebooks")).content.decode()
    assert "nothing" in page
    assert "Research partner</th>" not in page
