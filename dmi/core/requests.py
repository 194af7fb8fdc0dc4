"""What a request carries once it has passed a door (`dmi.cases.access`): the types the views behind it name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from dmi.accounts.models import SignIn, User
    from dmi.cases.models import MarketCase
    from dmi.cases.steps import StationProgress


class PersonRequest(HttpRequest):
    """A request behind `person_view`: somebody is signed in. Never constructed; the door vouches for it."""

    user: User
    sign_in: SignIn


class CaseRequest(PersonRequest):
    """A request behind `case_view`: a member of `case`, with the rights and seats held on it now."""

    case: MarketCase
    can: frozenset[str]
    seats: frozenset[str]
    granted_by: str
    _stations: list[StationProgress]  # kept by `dmi.cases.pages` for this one request


def signed_in(request: HttpRequest) -> User:
    """Who sends the request, where another guard than ours has let them in; PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
