"""A market on the call-in's eve, and browsers people are signed in on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dmi.accounts.models import User
from tests.factories import notification as made


@pytest.fixture
def eve(db: None) -> made.Eve:
    return made.eve()


@pytest.fixture
def signed_in() -> Any:
    """A browser somebody is signed in on."""

    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return opened
