"""A market and people at its seats."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import evidence as made


@pytest.fixture
def case(db):
    return made.market()


@pytest.fixture
def at(case):
    """A client of its own, signed in as somebody new at that seat."""

    def sign_in(role, *, cleared=True):
        client = Client()
        client.user = made.member(case, role, cleared=cleared)
        client.force_login(client.user)
        return client

    return sign_in


@pytest.fixture
def url(case):
    return lambda name, *args: reverse(name, args=[case.pk, *args])
