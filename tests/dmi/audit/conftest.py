"""A market with two privacy officers and a member."""

from __future__ import annotations

import pytest

from dmi.cases import seats
from dmi.cases.models import MarketCase


@pytest.fixture
def case(db) -> MarketCase:
    return MarketCase.objects.create_by(
        None, slug="audit-market", name="Audit market", city_name="Marlow", number_prefix="A", is_invented=True
    )


@pytest.fixture
def make_member(django_user_model, case):
    def make(username: str, role: str):
        person = django_user_model.objects.create_user(username, full_name=f"Name of {username}")
        seats.give_seat(case=case, user=person, role=role, actor=None)
        return person

    return make


@pytest.fixture
def officer(make_member):
    return make_member("p-orr", "auditor")


@pytest.fixture
def second_officer(make_member):
    return make_member("q-ives", "auditor")


@pytest.fixture
def member(make_member):
    return make_member("d-moss-audit", "community")
