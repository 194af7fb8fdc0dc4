"""Seats in the administration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dmi.accounts import proposals
from dmi.accounts.models import Proposal, User
from dmi.cases import actions, seats
from dmi.cases.models import MarketCase, Membership
from tests.factories.accounts import AdministratorFactory, UserFactory


@pytest.fixture
def market(db: None) -> MarketCase:
    given = {"slug": "eastgate", "name": "Eastgate", "city_name": "Marlow", "number_prefix": "E"}
    return actions.open_case(actor=None, **given)


@pytest.fixture
def administrator(db: None) -> User:
    return AdministratorFactory()


@pytest.fixture
def office(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def give(office: Client, market: MarketCase, person: User) -> Any:
    seat = {"case": market.pk, "user": person.pk, "role": "community", "starts_on": timezone.localdate().isoformat()}
    return office.post(reverse("admin:cases_membership_add"), seat)


def test_an_administrator_seats_others_never_herself(office: Client, administrator: User, market: MarketCase) -> None:
    answer = give(office, market, administrator)
    assert "You cannot give yourself a seat." in answer.content.decode()
    assert not Membership.objects.exists()
    neighbor = UserFactory()
    assert give(office, market, neighbor).status_code == 302
    assert not Membership.objects.exists()
    proposals.confirm(proposal=Proposal.objects.get(), actor=AdministratorFactory())
    assert Membership.objects.get().user == neighbor


def test_she_cannot_lengthen_a_seat_of_her_own(office: Client, administrator: User, market: MarketCase) -> None:
    seat = seats.give_seat(case=market, user=administrator, role="community", actor=None)
    page = reverse("admin:cases_membership_change", args=[seat.pk])
    answer = office.post(page, {"starts_on": "2026-01-01", "ends_on": "2030-01-01"})
    assert "You cannot give yourself a seat." in answer.content.decode()
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_she_opens_a_market_and_names_it_anew_but_deletes_none(office: Client, administrator: User) -> None:
    assert 'href="/admin/cases/marketcase/"' in office.get(reverse("admin:index")).content.decode()
    given = {"slug": "westgate", "name": "Westgate", "city_name": "Marlow", "number_prefix": "W"}
    given |= {"time_zone": "America/Chicago", "opened_on": "2026-03-02"}
    assert office.post(reverse("admin:cases_marketcase_add"), given).status_code == 302
    market = MarketCase.objects.get(slug="westgate")
    page = reverse("admin:cases_marketcase_change", args=[market.pk])
    assert office.post(page, {**given, "name": "West Gate"}).status_code == 302
    market.refresh_from_db()
    assert (market.name, market.history.first().history_user) == ("West Gate", administrator)
    assert office.get(reverse("admin:cases_marketcase_delete", args=[market.pk])).status_code == 403
    assert Client().get(page).status_code == 302
