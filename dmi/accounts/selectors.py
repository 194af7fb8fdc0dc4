"""Reads on accounts: who a typed name means, who holds a factor, where a person is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone

from dmi.accounts.models import Proposal, SignIn, User
from dmi.accounts.names import fold
from dmi.cases import policy
from dmi.cases.models import Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dmi.cases.models import MarketCase

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
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG).exists())


def factors_of(user: User) -> QuerySet[Authenticator]:
    """The person's second factors, oldest first; the secrets stay where they are."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=user)
    return factors.order_by("created_at")


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
    return bool(sum(failures) >= settings.AXES_FAILURE_LIMIT)


def open_proposals() -> QuerySet[Proposal]:
    """Grants that wait for a second administrator, oldest first; those that ran out are left out."""
    waiting = Proposal.objects.filter(state="open", created_at__gt=timezone.now() - Proposal.OPEN_FOR)
    return waiting.select_related("about", "agency", "case", "created_by").order_by("created_at")


def waiting_for(user: User) -> int:
    """How many proposals this administrator may decide about: not her own, not about her."""
    return open_proposals().exclude(created_by=user).exclude(about=user).count()


def proposal_about(account: User, kind: str) -> Proposal | None:
    """The open proposal of this kind about the account, if there is one."""
    return open_proposals().filter(about=account, kind=kind).first()


def seats_on(case: MarketCase) -> list[Membership]:
    """Every seat given on the case that is not over, in the order of the seats, with its holder and employer."""
    today = timezone.localdate()
    held = Membership.objects.filter(case=case).select_related("user__agency")
    order = list(policy.SEATS)
    current = [seat for seat in held if seat.ends_on is None or seat.ends_on >= today]
    return sorted(current, key=lambda seat: (order.index(seat.role), seat.user.display_name))


def administrators() -> QuerySet[User]:
    """Everybody who runs accounts now."""
    return User.objects.filter(is_staff=True, is_active=True)
