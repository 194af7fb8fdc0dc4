"""The market on the call-in's eve, and a way in for each of its people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from dmi.accounts.models import User
from tests.factories import notification as made

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def eve(db: None) -> made.Eve:
    found = made.eve()
    agency = found.police.agency
    agency.head_name, agency.head_title = "Adele Overton", "Chief of Police"
    agency.save_by(None)
    return found


@pytest.fixture
def enter() -> Callable[[User], Client]:
    """Signs somebody in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return signed_in
