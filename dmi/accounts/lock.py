"""What a locked screen answers: the question for the password, with the typed text sealed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from dmi.accounts.forms import UnlockForm
from dmi.accounts.kept import Kept

if TYPE_CHECKING:
    from django.http import HttpRequest

LOCKED = 423


def answer(request: HttpRequest) -> HttpResponse:
    """The answer to any request of a locked sign-in: the lock page, or the way to it."""
    if request.headers.get("HX-Request"):
        response = page(request, back=_page_of(request), kept=_kept(request))
        for name, value in (("HX-Retarget", "body"), ("HX-Reswap", "innerHTML"), ("HX-Push-Url", "false")):
            response.headers[name] = value
        return response
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(f"{reverse('accounts:locked')}?{urlencode({'next': request.get_full_path()})}")
    return page(request, back=request.get_full_path(), kept=_kept(request), status=LOCKED)


def page(
    request: HttpRequest,
    *,
    back: str = "/",
    kept: Kept | None = None,
    form: UnlockForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The lock page; it shows no word of the page it covers."""
    sealed = kept.seal(request.user.pk) if kept else ""
    form = form or UnlockForm(initial={"next": safe(request, back), "kept": sealed}, request=request)
    return render(
        request, "accounts/locked.html", {"form": form, "has_kept": bool(form["kept"].value())}, status=status
    )


def safe(request: HttpRequest, url: str) -> str:
    """The address to go back to, if it is one of ours; else the start page."""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else "/"


def _page_of(request: HttpRequest) -> str:
    parts = urlsplit(request.headers.get("HX-Current-URL", "/"))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _kept(request: HttpRequest) -> Kept | None:
    """The text being sent, unless another site forged the request."""
    if request.method != "POST":
        return None
    forged = CsrfViewMiddleware(lambda _: HttpResponse()).process_view(request, answer, (), {})
    return None if forged else Kept.of(request)
