"""The life of a sign-in: it starts, stays active, locks, ends. The database decides, never the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from dmi.accounts.models import SignIn

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from dmi.accounts.models import User

KEY = "sign_in"
TOUCH_EVERY = 5  # seconds between two writes of "active"
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux")


def start(request: HttpRequest, user: User) -> SignIn:
    """The person is signed in on this browser; the session remembers which sign-in it is."""
    sign_in = SignIn.objects.create(
        user=user,
        started_at=timezone.now(),
        active_at=timezone.now(),
        address=request.META.get("REMOTE_ADDR") or None,
        browser=_browser(request.META.get("HTTP_USER_AGENT", "")),
    )
    request.session[KEY] = str(sign_in.pk)
    return sign_in


def current(request: HttpRequest) -> SignIn | None:
    """The open sign-in of this request, or None when it was ended here or from another browser.

    The person's agency comes with it: every door asks whether the person is cleared.
    """
    key, person = request.session.get(KEY), request.user
    if not key or not person.is_authenticated:
        return None
    sign_in = SignIn.objects.filter(pk=key, user=person, ended_at=None).select_related("user__agency").first()
    if sign_in:
        person.agency = sign_in.user.agency
    return sign_in


def touch(sign_in: SignIn, now: datetime) -> None:
    """The person did something just now."""
    if (now - sign_in.active_at).total_seconds() >= TOUCH_EVERY:
        SignIn.objects.filter(pk=sign_in.pk).update(active_at=now)


def lock(sign_in: SignIn, now: datetime) -> bool:
    """The screen is locked; says whether it was open until now."""
    return bool(SignIn.objects.filter(pk=sign_in.pk, locked_at=None).update(locked_at=now))


def unlock(sign_in: SignIn, now: datetime) -> None:
    """The person gave the password again and goes on where they were."""
    SignIn.objects.filter(pk=sign_in.pk).update(locked_at=None, active_at=now)


def end(sign_in: SignIn, because: str) -> None:
    """This browser is signed out from the next request on."""
    SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=timezone.now(), ended_because=because)


def end_all(user: User, because: str, *, but: SignIn | None = None) -> int:
    """Every browser of this person is signed out, except one if named; says how many were."""
    rows = SignIn.objects.filter(user=user, ended_at=None)
    rows = rows.exclude(pk=but.pk) if but else rows
    return rows.update(ended_at=timezone.now(), ended_because=because)


def _browser(agent: str) -> str:
    name = next((label for mark, label in BROWSERS if mark in agent), "")
    system = next((mark for mark in SYSTEMS if mark in agent), "")
    return re.sub(r"^ on ", "", f"{name} on {system}") if name and system else name or system
