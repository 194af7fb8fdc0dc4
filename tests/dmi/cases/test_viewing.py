"""“View as”: what another seat would meet on a page, in words of the policy, and nothing new for anybody."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dmi.accounts.models import User
from dmi.audit.models import AuditEvent
from dmi.cases import actions, policy, seats, viewing
from dmi.cases.models import MarketCase
from tests.factories.accounts import ClearedFactory, UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def market(db: None) -> MarketCase:
    given = {"slug": "eastgate", "name": "Eastgate", "city_name": "Marlow", "number_prefix": "E"}
    return actions.open_case(actor=None, **given)


def enter(market: MarketCase, role: str, factory: Any = ClearedFactory) -> Client:
    user: User = factory()
    seats.give_seat(case=market, user=user, role=role, actor=None)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def to(market: MarketCase, name: str, *args: Any) -> str:
    return reverse(name, args=[market.pk, *args])


def seen(client: Client, market: MarketCase, page: str, seat: str) -> str:
    answer = client.get(to(market, "cases:view-as"), {"page": page, "seat": seat})
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_page_of_a_case_offers_the_menu_for_itself(market: MarketCase) -> None:
    page = to(market, "people:list")
    shown = enter(market, "police").get(page).content.decode()
    assert to(market, "cases:view-as") in shown
    assert f'name="page" value="{page}"' in shown
    assert shown.count("<option") >= len(policy.SEATS)


def test_the_answer_is_in_words_with_the_row_of_the_policy(market: MarketCase) -> None:
    officer, page = enter(market, "police"), to(market, "people:list")
    research = seen(officer, market, page, "research")
    assert "Code numbers and status" in research
    assert "Policy row “Player list”" in research
    neighbor = seen(officer, market, page, "community")
    assert "Does not open" in neighbor
    assert "<b>Nothing</b>" in neighbor
    assert "Not cleared:" in seen(officer, market, page, "coordinator")


def test_a_page_that_hides_itself_is_said_to_answer_not_found(market: MarketCase) -> None:
    page = to(market, "undercover:print-informant-buy", uuid.uuid4())
    assert "the same “not found”" in seen(enter(market, "handler"), market, page, "police")


def test_a_masked_reader_is_not_shown_how_far_others_see(market: MarketCase) -> None:
    shown = seen(enter(market, "research"), market, to(market, "people:list"), "police")
    assert viewing.FURTHER in shown
    assert "Everything you see" not in shown


def test_a_page_the_reader_may_not_open_says_nothing(market: MarketCase) -> None:
    neighbor = enter(market, "community")
    other = actions.open_case(actor=None, slug="millbrook", name="Millbrook", city_name="Marlow", number_prefix="M")
    hidden = (
        to(market, "people:list"),
        to(market, "undercover:print-informant-buy", uuid.uuid4()),
        to(other, "cases:overview"),
        "/nowhere/",
        "//elsewhere.example/",
        "/",
    )
    for page in hidden:
        assert neighbor.get(to(market, "cases:view-as"), {"page": page, "seat": "police"}).status_code == 404, page


def test_strangers_and_the_uncleared_gain_nothing(market: MarketCase) -> None:
    stranger = Client()
    stranger.force_login(UserFactory(), backend=BACKEND)
    assert stranger.get(to(market, "cases:view-as")).status_code == 404
    uncleared, page = enter(market, "police", UserFactory), to(market, "people:list")
    assert uncleared.get(to(market, "cases:view-as"), {"page": page, "seat": "prosecutor"}).status_code == 404


def test_nothing_is_written_read_or_kept(market: MarketCase, line_is_kept: None) -> None:
    officer, page = enter(market, "police"), to(market, "people:list")
    before = AuditEvent.objects.count()
    asked = to(market, "cases:view-as")
    assert officer.get(asked, {"page": page, "seat": "handler"}).context["request"].seats == {"police"}
    assert AuditEvent.objects.count() == before
    assert officer.post(asked, {"page": page, "seat": "handler"}).status_code == 405
    assert "player_list.change" in officer.get(page).context["request"].can


@pytest.mark.parametrize("seat", policy.SEATS)
def test_no_answer_goes_beyond_what_the_reader_meets(seat: str) -> None:
    everything = tuple(f"{code}.view" for code in policy.CLASSES)
    page = viewing.Page("/", everything, is_concealed=False)
    for own in policy.SEATS:
        can = policy.rights(frozenset({own}), cleared=True)
        for row in viewing.preview(page, seat, can).rows:
            if f"{row.code}.view" not in can:
                assert row.theirs != viewing.MEETS["view"]
