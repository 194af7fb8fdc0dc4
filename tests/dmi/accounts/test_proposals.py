"""Grants take two: proposed by one, carried out by another administrator, and by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dmi.accounts import proposals, selectors
from dmi.accounts.models import Agency, Proposal, User
from dmi.audit.models import Alarm, AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases import access, actions, seats
from dmi.cases.models import MarketCase, Membership
from tests.factories.accounts import AdministratorFactory, AgencyFactory, ClearedFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> MarketCase:
    return actions.open_case(actor=None, slug="eastgate", name="Eastgate", city_name="Marlow", number_prefix="E")


@pytest.fixture
def coordinator(market: MarketCase) -> User:
    person = UserFactory(full_name="Cora Lead")
    seats.give_seat(case=market, user=person, role="coordinator", actor=None)
    return person


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def add_seat(office: User, market: MarketCase, person: User, role: str = "police", **more: Any) -> Any:
    given = {"case": market.pk, "user": person.pk, "role": role, "starts_on": timezone.localdate().isoformat(), **more}
    return browser(office).post(reverse("admin:cases_membership_add"), given)


def seat_proposal(actor: User, market: MarketCase, person: User, role: str = "police") -> Proposal:
    after = {"starts_on": timezone.localdate().isoformat(), "ends_on": ""}
    return proposals.propose(kind="seat", actor=actor, about=person, case=market, role=role, after=after)


def test_a_seat_takes_two_administrators(administrator: User, second: User, ames: User, market: MarketCase) -> None:
    assert add_seat(administrator, market, ames, why="New sergeant").status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.created_by, proposal.reason) == (administrator, "New sergeant")
    assert not access.rights_of(ames, market)
    act = reverse("admin:accounts_proposal_act", args=[proposal.pk, "confirm"])
    assert browser(administrator).post(act, {"answer": ""}).status_code == 403  # her own
    browser(second).post(act, {"answer": ""})
    assert access.rights_of(ames, market)
    said = AuditEvent.objects.for_case(market)
    assert said.get(verb=Verb.GRANT_PROPOSED).actor == administrator
    assert said.get(verb=Verb.GRANT_CONFIRMED).actor == second
    assert said.get(verb=Verb.SEAT_GIVEN).actor == second
    assert browser(second).post(act, {"answer": ""}).status_code == 403  # once


def test_the_same_seat_is_proposed_once(administrator: User, ames: User, market: MarketCase) -> None:
    add_seat(administrator, market, ames)
    assert "is proposed already" in add_seat(administrator, market, ames).content.decode()
    with pytest.raises(ValidationError, match="proposed already"):
        seat_proposal(administrator, market, ames)


def test_ending_and_suspending_a_seat_is_done_by_one(administrator: User, ames: User, market: MarketCase) -> None:
    seat = seats.give_seat(case=market, user=ames, role="police", actor=None)
    change = reverse("admin:cases_membership_change", args=[seat.pk])
    today = timezone.localdate()
    browser(administrator).post(change, {"starts_on": seat.starts_on, "ends_on": today})
    seat.refresh_from_db()
    assert seat.ends_on == today
    browser(administrator).post(change, {"starts_on": seat.starts_on, "ends_on": today + timedelta(30)})
    seat.refresh_from_db()
    assert seat.ends_on == today  # longer takes two
    assert Proposal.objects.get().kind == "seat"


def test_a_suspended_seat_comes_back_with_two(administrator: User, ames: User, market: MarketCase) -> None:
    seat = seats.give_seat(case=market, user=ames, role="police", actor=None)
    seats.suspend_seat(membership=seat, actor=administrator, reason="on leave")
    browser(administrator).post(
        reverse("admin:cases_membership_change", args=[seat.pk]), {"starts_on": seat.starts_on, "ends_on": ""}
    )
    assert not access.rights_of(ames, market)
    proposals.confirm(proposal=Proposal.objects.get(), actor=AdministratorFactory())
    assert access.rights_of(ames, market)


@pytest.mark.parametrize("who", ["proposer", "about", "member", "closed"])
def test_nobody_else_confirms(who: str, administrator: User, market: MarketCase) -> None:
    about = AdministratorFactory()
    proposal = seat_proposal(administrator, market, about, role="community")
    people = {"proposer": administrator, "about": about, "member": UserFactory()}
    person = people.get(who) or AdministratorFactory(is_active=False)
    with pytest.raises(proposals.CannotConfirm):
        proposals.confirm(proposal=proposal, actor=person)
    assert not Membership.objects.exists()


def test_a_proposer_who_is_no_administrator_any_more_counts_no_longer(
    administrator: User, second: User, ames: User, market: MarketCase
) -> None:
    proposal = seat_proposal(administrator, market, ames)
    administrator.is_staff = False
    administrator.save()
    with pytest.raises(proposals.CannotConfirm, match="may not propose it any more"):
        proposals.confirm(proposal=proposal, actor=second)


def test_what_changed_meanwhile_is_not_confirmed(administrator: User, second: User, ames: User) -> None:
    proposal = proposals.propose(
        kind="clearance", actor=administrator, about=ames, after=proposals.clearance_of(ClearedFactory())
    )
    ames.agency = AgencyFactory(is_criminal_justice=False)
    ames.save()
    with pytest.raises(proposals.CannotConfirm, match="changed after"):
        proposals.confirm(proposal=proposal, actor=second)


def test_the_database_itself_refuses_one_person_for_both(administrator: User, ames: User, market: MarketCase) -> None:
    proposal = seat_proposal(administrator, market, ames)
    proposal.state, proposal.decided_by, proposal.decided_at = "done", administrator, timezone.now()
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        proposal.save()


def test_a_proposal_runs_out_after_seven_days(
    administrator: User, second: User, ames: User, market: MarketCase
) -> None:
    proposal = seat_proposal(administrator, market, ames)
    proposal.created_at = timezone.now() - timedelta(days=7, minutes=1)
    proposal.save()
    assert not selectors.open_proposals().exists()
    with pytest.raises(proposals.CannotConfirm):
        proposals.confirm(proposal=proposal, actor=second)
    assert proposals.expire() == 1
    assert AuditEvent.objects.filter(verb=Verb.GRANT_EXPIRED).count() == 1
    seat_proposal(administrator, market, ames)  # may be proposed anew


def test_withdrawing_and_turning_down(administrator: User, decide: Any, ames: User, market: MarketCase) -> None:
    seat_proposal(administrator, market, ames)
    assert decide("withdraw").status_code == 403  # not the other's
    assert decide("turn-down", answer="").status_code == 200  # a reason is needed
    decide("turn-down", answer="Nobody knows this person")
    assert Proposal.objects.get().answer == "Nobody knows this person"
    seat_proposal(administrator, market, ames)
    decide("withdraw", by=administrator)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"turned_down", "withdrawn"}
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("change", "waits"),
    [
        ({"screening_expires_on": 10}, False),
        ({"screening_expires_on": None, "screened_on": None}, False),
        ({"training_expires_on": 900}, True),
        ({"trained_on": -900}, True),
    ],
)
def test_shortening_a_clearance_takes_one_lengthening_two(administrator: User, change: Any, waits: bool) -> None:
    person = ClearedFactory()
    given = {
        name: getattr(person, name)
        for name in ("screened_on", "screening_expires_on", "trained_on", "training_expires_on")
    }
    given |= {name: timezone.localdate() + timedelta(days) if days else "" for name, days in change.items()}
    own = {name: getattr(person, name) for name in ("username", "email", "full_name")}
    answer = browser(administrator).post(
        reverse("admin:accounts_user_change", args=[person.pk]), {**own, "agency": person.agency_id, **given}
    )
    assert answer.status_code == 302
    assert Proposal.objects.exists() == waits
    stored = User.objects.get(pk=person.pk)
    for name, days in change.items():
        wanted = timezone.localdate() + timedelta(days) if days else None
        assert (getattr(stored, name) == wanted) != waits


def test_an_employer_who_makes_clearance_possible_takes_two(administrator: User, second: User) -> None:
    person = ClearedFactory(agency=AgencyFactory(is_criminal_justice=False))
    own = {
        name: getattr(person, name)
        for name in ("username", "email", "screened_on", "screening_expires_on", "trained_on", "training_expires_on")
    }
    police = AgencyFactory()
    browser(administrator).post(reverse("admin:accounts_user_change", args=[person.pk]), {**own, "agency": police.pk})
    person = User.objects.get(pk=person.pk)
    assert not person.is_cleared()
    proposals.confirm(proposal=Proposal.objects.get(), actor=second)
    assert User.objects.get(pk=person.pk).is_cleared()


def test_that_an_agency_can_clear_people_takes_two(administrator: User, second: User) -> None:
    person = ClearedFactory(agency=AgencyFactory(is_criminal_justice=False, kind=Agency.Kind.OTHER))
    agency = person.agency
    form = {"name": agency.name, "kind": "other", "is_criminal_justice": "on"}
    browser(administrator).post(reverse("admin:accounts_agency_change", args=[agency.pk]), form)
    assert not User.objects.get(pk=person.pk).is_cleared()
    proposals.confirm(proposal=Proposal.objects.get(), actor=second)
    assert User.objects.get(pk=person.pk).is_cleared()


def test_a_new_administrator_takes_two_and_sounds_an_alarm(administrator: User, second: User) -> None:
    new = {"username": "reyes", "email": "reyes@example.org", "is_staff": "on"}
    browser(administrator).post(reverse("admin:accounts_user_add"), new)
    person = User.objects.get(username="reyes")
    assert not person.is_staff
    proposals.confirm(proposal=Proposal.objects.get(), actor=second)
    person.refresh_from_db()
    assert person.is_staff
    assert Alarm.objects.get().kind == "administrator_named"


def test_a_new_account_with_its_clearance_keeps_the_agency_and_waits(administrator: User) -> None:
    days = {
        name: getattr(ClearedFactory(), name)
        for name in ("screened_on", "screening_expires_on", "trained_on", "training_expires_on")
    }
    agency = AgencyFactory()
    new = {"username": "reyes", "email": "reyes@example.org", "agency": agency.pk, **days}
    browser(administrator).post(reverse("admin:accounts_user_add"), new)
    person = User.objects.get(username="reyes")
    assert (person.agency, person.screened_on) == (agency, None)
    proposals.confirm(proposal=Proposal.objects.get(), actor=AdministratorFactory())
    assert User.objects.get(username="reyes").is_cleared()


def test_the_other_administrator_has_it_on_her_list(
    administrator: User, second: User, ames: User, market: MarketCase
) -> None:
    seat_proposal(administrator, market, ames)
    assert "1 proposal to confirm" in browser(second).get(reverse("admin:index")).content.decode()
    mine = browser(administrator).get(reverse("admin:index")).content.decode()
    assert "to confirm" not in mine
    assert "for another administrator" in mine
    listed = browser(second).get(reverse("admin:accounts_proposal_changelist")).content.decode()
    assert "Give Tess Ames the seat Police on Eastgate" in listed
    page = browser(second).get(reverse("admin:accounts_proposal_change", args=[Proposal.objects.get().pk]))
    assert "Turn down" in page.content.decode()


def test_a_coordinator_proposes_by_name_and_address(market: MarketCase, coordinator: User, second: User) -> None:
    lead = browser(coordinator)
    given = {"full_name": "Nell Farrow", "email": "N.Farrow@example.org", "role": "services", "reason": "Housing desk",
             "starts_on": timezone.localdate().isoformat()}  # fmt: skip
    assert lead.post(reverse("seats:propose", args=[market.pk]), given).status_code == 302
    assert "Nell Farrow" in lead.get(reverse("seats:list", args=[market.pk])).content.decode()
    proposal = Proposal.objects.get()
    with pytest.raises(proposals.CannotConfirm, match="Make the account first"):
        proposals.confirm(proposal=proposal, actor=second)
    person = UserFactory(email="n.farrow@example.org")
    proposals.confirm(proposal=proposal, actor=second)
    assert seats.seats_of(person, market) == {"services"}


def test_a_coordinator_proposes_neither_herself_nor_after_losing_the_seat(
    market: MarketCase, coordinator: User, second: User, ames: User
) -> None:
    lead = browser(coordinator)
    given = {"full_name": "X", "email": coordinator.email.upper(), "role": "police", "reason": "x",
             "starts_on": timezone.localdate().isoformat()}  # fmt: skip
    answer = lead.post(reverse("seats:propose", args=[market.pk]), given)
    assert answer.status_code == 422
    assert not Proposal.objects.exists()
    lead.post(reverse("seats:propose", args=[market.pk]), given | {"email": ames.email})
    seats.suspend_seat(membership=Membership.objects.get(), actor=None, reason="left")
    with pytest.raises(proposals.CannotConfirm, match="any more"):
        proposals.confirm(proposal=Proposal.objects.get(), actor=second)


def test_a_coordinator_sees_and_withdraws_own_proposals_only(
    market: MarketCase, coordinator: User, administrator: User
) -> None:
    theirs = seat_proposal(administrator, market, UserFactory(full_name="Someone Else"))
    lead = browser(coordinator)
    assert "Someone Else" not in lead.get(reverse("seats:list", args=[market.pk])).content.decode()
    assert lead.post(reverse("seats:withdraw", args=[market.pk, theirs.pk])).status_code == 404
    officer = UserFactory()
    seats.give_seat(case=market, user=officer, role="auditor", actor=None)
    page = browser(officer).get(reverse("seats:list", args=[market.pk])).content.decode()
    assert "Someone Else" in page
    assert "Propose a seat" not in page


def test_what_was_decided_meanwhile_is_not_withdrawn(market: MarketCase, coordinator: User, second: User) -> None:
    proposal = seat_proposal(coordinator, market, UserFactory())
    proposals.turn_down(proposal=proposal, actor=second, answer="Not on this market")
    address = reverse("seats:withdraw", args=[market.pk, proposal.pk])
    answer = browser(coordinator).post(address, follow=True)
    assert "does not wait any more" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.TURNED_DOWN


def test_clearance_dates_are_the_privacy_officers_to_see(market: MarketCase, coordinator: User) -> None:
    seats.give_seat(case=market, user=ClearedFactory(), role="police", actor=None)
    officer = UserFactory()
    seats.give_seat(case=market, user=officer, role="auditor", actor=None)
    address = reverse("seats:list", args=[market.pk])
    assert "Screening through" in browser(officer).get(address).content.decode()
    assert "Screening through" not in browser(coordinator).get(address).content.decode()


def test_the_console_names_a_second_administrator_while_there_is_one(administrator: User, ames: User) -> None:
    how = {"by": "sorrel", "witness": "Dana Reed", "reason": "First start"}
    for wrong in ({"by": "ames"}, {"witness": "Ada Sorrel"}, {"witness": " "}):
        with pytest.raises(CommandError):
            call_command("name_administrator", "ames", **(how | wrong))
    call_command("name_administrator", "ames", **how)
    ames.refresh_from_db()
    assert ames.is_staff
    event = AuditEvent.objects.get(verb=Verb.ADMINISTRATOR_NAMED)
    assert "Dana Reed" in event.reason
    assert Alarm.objects.get().kind == "administrator_named"
    with pytest.raises(CommandError, match="two administrators"):
        call_command("name_administrator", UserFactory().username, **how)


def test_dates_read_as_they_were_proposed(administrator: User, ames: User, market: MarketCase) -> None:
    after = {"starts_on": "2026-03-02", "ends_on": "2026-09-01"}
    proposal = proposals.propose(kind="seat", actor=administrator, about=ames, case=market, role="police", after=after)
    assert proposals.words(proposal).endswith("from Mon, Mar 2, 2026 through Tue, Sep 1, 2026.")
    proposals.confirm(proposal=proposal, actor=AdministratorFactory())
    assert Membership.objects.get().ends_on == date(2026, 9, 1)
