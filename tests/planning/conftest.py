"""The market Eastgate and the people who plan it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from tests.factories import team as made
from tests.factories.accounts import UserFactory


@pytest.fixture
def market(db: None) -> MarketCase:
    return made.market()


@pytest.fixture
def coordinator(market: MarketCase) -> User:
    return made.member(market, "coordinator", name="Tess Ames")


@pytest.fixture
def police(market: MarketCase) -> User:
    return made.member(market, "police", cleared=True, name="Lou Farrow")


@pytest.fixture
def prosecutor(market: MarketCase) -> User:
    return made.member(market, "prosecutor", cleared=True, name="Ada Sorrel")


@pytest.fixture
def neighbor(market: MarketCase) -> User:
    """A community member."""
    return made.member(market, "community", name="Ruth Linden")


@pytest.fixture
def councilor(market: MarketCase) -> User:
    """A council member: sees the roster and agreements, and nothing of the planning."""
    return made.member(market, "council", name="Gil Hart")


@pytest.fixture
def outsider(db: None) -> User:
    return UserFactory(full_name="Sam Stranger")


@pytest.fixture
def as_() -> Callable[[User], Client]:
    """A browser somebody is signed in on."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def url(market: MarketCase) -> Callable[..., str]:
    """The address of a page of the market."""

    def found(name: str, *args: Any) -> str:
        return reverse(name, args=[market.pk, *args])

    return found
