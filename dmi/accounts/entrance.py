"""The ways in: django-allauth's views, behind the notice that must be accepted first."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpResponseRedirect
from django.urls import reverse

from dmi.accounts import notice, selectors
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponse


def _after_notice(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No password, code or passkey is taken before the notice was accepted, where that is compulsory."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not notice.must_accept(request):
            return view(request, *args, **kwargs)
        back = request.GET.get("next", "")
        return HttpResponseRedirect(reverse("accounts:notice") + (f"?{urlencode({'next': back})}" if back else ""))

    return guarded


def _reset_password(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "POST":
        account_of = selectors.account_named(request.POST.get("email", ""))
        audit.record(actor=None, verb=Verb.PASSWORD_RESET_ASKED, subject=account_of, request=request)
    answer: HttpResponse = account.password_reset(request, *args, **kwargs)
    return answer


def sign_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Sign out, and have the browser forget what it stored of us."""
    response: HttpResponse = account.logout(request, *args, **kwargs)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


sign_in = _after_notice(account.login)
second_factor = _after_notice(factors.authenticate)
passkey = _after_notice(passkeys.login_webauthn)
reset_password = _after_notice(_reset_password)
