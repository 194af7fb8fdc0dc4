"""Two guards on every request of a signed-in person: the sign-in is alive, and a second factor exists."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from dmi.accounts import lock, selectors, sessions
from dmi.accounts.models import SignIn
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.core.requests import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest

BACKGROUND = frozenset({"jobs:progress", "accounts:pulse"})
OPEN_WHEN_LOCKED = frozenset({"accounts:locked", "accounts:pulse", "account_logout"})
OPEN_WITHOUT_FACTOR = OPEN_WHEN_LOCKED | {
    "accounts:factor-needed",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
TOO_LONG = "You were signed in for {hours} hours, the longest a sign-in lasts. Please sign in again."
ENDED = "You were signed out. Please sign in again."


class SessionGuard:
    """Signs out after 12 hours, locks after 15 idle minutes, and honors a sign-out from elsewhere at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return _whole_page(request, self.get_response(request))
        return _refusal(request, timezone.now()) or self.get_response(request)


class FactorGuard:
    """Where a second factor is compulsory, sends a person without one to set it up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.DMI_REQUIRE_MFA or not request.user.is_authenticated or _has_factor(request):
            return self.get_response(request)
        if view_name(request) in OPEN_WITHOUT_FACTOR:
            return self.get_response(request)
        return _go(request, reverse("accounts:factor-needed"))


def view_name(request: HttpRequest) -> str:
    """The URL name this request is for; empty when no page has this address."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _refusal(request: HttpRequest, now: datetime) -> HttpResponse | None:
    sign_in = sessions.current(request)
    if sign_in is None:
        return _sign_out(request, ENDED)
    if now - sign_in.started_at >= selectors.longest_sign_in():
        sessions.end(sign_in, SignIn.Ended.TOO_LONG)
        audit.record(
            actor=signed_in(request),
            verb=Verb.SIGNED_OUT,
            subject=sign_in,
            facts={"why": "too_long"},
            request=request,
        )
        return _sign_out(request, TOO_LONG.format(hours=settings.DMI_SESSION_HOURS))
    request.sign_in = sign_in  # type: ignore[attr-defined]
    name = view_name(request)
    if sign_in.locked_at or now - sign_in.active_at >= timedelta(minutes=settings.DMI_IDLE_MINUTES):
        if sessions.lock(sign_in, now):
            audit.record(actor=signed_in(request), verb=Verb.SCREEN_LOCKED, subject=sign_in, request=request)
        sign_in.locked_at = sign_in.locked_at or now
        return None if name in OPEN_WHEN_LOCKED else lock.answer(request)
    if name not in BACKGROUND and "X-Background" not in request.headers:
        sessions.touch(sign_in, now)
    return None


def _sign_out(request: HttpRequest, message: str) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" and not request.headers.get("HX-Request") else ""
    logout(request)
    messages.info(request, message)
    query = f"?{urlencode({'next': back})}" if back else ""
    return _go(request, reverse("account_login") + query)


def _has_factor(request: HttpRequest) -> bool:
    if not request.session.get("factor"):
        request.session["factor"] = selectors.has_factor(signed_in(request))
    return bool(request.session["factor"])


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A fragment asked for without sign-in sends the whole page to the sign-in form, not the form into the page."""
    url = getattr(response, "url", "")
    is_fragment = request.headers.get("HX-Request") and url.startswith(reverse("account_login"))
    return _go(request, reverse("account_login")) if is_fragment else response


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
