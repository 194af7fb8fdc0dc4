"""A market, and the people at the seats that handle evidence."""

from __future__ import annotations

import pytest

from tests.factories import evidence


@pytest.fixture
def case(db):
    return evidence.market()


@pytest.fixture
def detective(case):
    """Police: takes in, and sees what was checked."""
    return evidence.member(case, "police")


@pytest.fixture
def handler(case):
    """Knows the officers and informants: checks."""
    return evidence.member(case, "handler")


@pytest.fixture
def prosecutor(case):
    """Releases."""
    return evidence.member(case, "prosecutor")


@pytest.fixture
def coordinator(case):
    """Cleared, sees what was released."""
    return evidence.member(case, "coordinator")


@pytest.fixture
def neighbor(case):
    """The community seat: sees nothing here."""
    return evidence.member(case, "community", cleared=False)


@pytest.fixture
def seen_by(client):
    """The client, signed in as somebody."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
