"""Five wrong passwords or codes lock an account until an administrator frees it (CJIS Security Policy AC-7).

The count belongs to the account, not to what was typed: measured with django-axes and django-allauth, another
case of the same username (`JONES` for `jones`) or the email address otherwise signs in and clears the count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axes.utils import reset
from django.shortcuts import render

from dmi.accounts import selectors
from dmi.accounts.names import fold

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dmi.accounts.models import User


def canonical_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The one name under which failures of an account are counted, whichever way it was typed."""
    given = credentials or {}
    typed = next((given[key] for key in ("email", "username", "login") if given.get(key)), "")
    if not typed and request is not None:
        typed = request.POST.get("login", "")
    account = selectors.account_named(str(typed))
    return fold(account.username if account else str(typed))[:255]


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """The page a person sees whose account is locked; it does not tell whether the account exists."""
    return render(request, "accounts/locked_out.html", status=429)


def clear(user: User) -> None:
    """The failures of this account are forgotten."""
    reset(username=fold(user.username))
