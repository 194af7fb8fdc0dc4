"""A market and people at its seats."""

from __future__ import annotations

import pytest

from tests.factories import evidence as made


@pytest.fixture
def case(db):
    return made.market()


@pytest.fixture
def at(case, client):
    """The client, signed in as somebody new at that seat."""

    def sign_in(role, *, cleared=True):
        client.force_login(made.member(case, role, cleared=cleared))
        return client

    return sign_in
