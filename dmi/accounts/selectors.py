"""Reads on accounts: who a typed name means, who holds a factor, where a person is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone

from dmi.accounts.models import SignIn, User
from dmi.accounts.names import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def account_named(typed: str) -> User | None:
    """The account a person means by a typed username or email address, in any case."""
    name = typed.strip()
    if not name:
        return None
    field = "email__iexact" if "@" in name else "username__iexact"
    return User.objects.filter(**{field: name}).first()


def has_factor(user: User) -> bool:
    """Whether the person has a second factor that can sign in: an authenticator app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=STRONG).exists()


def factors_of(user: User) -> QuerySet[Authenticator]:
    """The person's second factors, oldest first; the secrets stay where they are."""
    return Authenticator.objects.filter(user=user).order_by("created_at")


def open_sign_ins(user: User) -> QuerySet[SignIn]:
    """The browsers the person is signed in on and that have not run out, newest first."""
    return SignIn.objects.filter(user=user, ended_at=None, started_at__gt=timezone.now() - longest_sign_in())


def earlier_sign_ins(user: User) -> QuerySet[SignIn]:
    """The person's last sign-ins that are over, newest first, so that a strange one is noticed."""
    return SignIn.objects.filter(user=user).exclude(ended_at=None)[:5]


def longest_sign_in() -> timedelta:
    """How long a sign-in may last, however busy."""
    return timedelta(hours=settings.DMI_SESSION_HOURS)


def is_locked_out(user: User) -> bool:
    """Whether too many wrong passwords or codes locked the account."""
    failures = AccessAttempt.objects.filter(username=fold(user.username)).values_list("failures_since_start", flat=True)
    return sum(failures) >= settings.AXES_FAILURE_LIMIT
