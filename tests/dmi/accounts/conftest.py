"""People who sign in, and the way they do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from dmi.accounts.models import Proposal, User
from tests.factories.accounts import PASSWORD, AdministratorFactory, UserFactory

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _empty_cache(db: None) -> None:
    cache.clear()


@pytest.fixture
def ames() -> User:
    """A team member."""
    return UserFactory(username="Ames", full_name="Tess Ames", email="t.ames@example.org")


@pytest.fixture
def administrator() -> User:
    """Runs accounts and reference lists."""
    return AdministratorFactory(username="sorrel", full_name="Ada Sorrel")


@pytest.fixture
def second() -> User:
    """The other administrator."""
    return AdministratorFactory(username="trask", full_name="Ned Trask")


@pytest.fixture
def decide(second: User) -> Callable[..., Any]:
    """Decides about the newest proposal, in the name of the other administrator unless another browser is given."""

    def decided(how: str, answer: str = "Seen the papers", by: User | None = None) -> Any:
        browser = Client()
        browser.force_login(by or second)
        proposal = Proposal.objects.latest("created_at")
        return browser.post(reverse("admin:accounts_proposal_act", args=[proposal.pk, how]), {"answer": answer})

    return decided


@pytest.fixture
def visitor() -> Client:
    """A browser nobody is signed in on."""
    return Client()


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    """Types a name and a password into the sign-in form."""

    def typed(visitor: Client, name: str, password: str = PASSWORD, **extra: Any) -> Any:
        return visitor.post(reverse("account_login"), {"login": name, "password": password}, **extra)

    return typed


@pytest.fixture
def authenticator(ames: User) -> Callable[[], str]:
    """Ames has an authenticator app; calling it reads the code it shows now."""
    totp.TOTP.activate(ames, SECRET)
    RecoveryCodes.activate(ames)
    return lambda: totp.format_hotp_value(totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time()))))
