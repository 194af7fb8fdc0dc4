"""The only doors into the house: every view carries exactly one of `case_view`, `person_view`, `public_view`."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import policy, seats
from dmi.cases.models import MarketCase, SubmittedForm
from dmi.core.requests import CaseRequest, PersonRequest

if TYPE_CHECKING:
    from dmi.accounts.models import User

View = Callable[..., HttpResponseBase]
CaseView = Callable[Concatenate[CaseRequest, ...], HttpResponseBase]
PersonView = Callable[Concatenate[PersonRequest, ...], HttpResponseBase]
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
READ_IS_RECORDED = ("Lc", "Li", "Lh", "R", "W", "S")
NEVER_DOUBLED = "This was already saved the first time you pressed; nothing was done twice."
READ_ONLY = "This market is closed. Its records can be read but no longer changed."


def rights_of(user: User, case: MarketCase) -> frozenset[str]:
    """What this person may do on this case now, as strings such as "letters.print"; empty for strangers."""
    held = seats.seats_of(user, case)
    return policy.rights(held, cleared=user.is_cleared()) if held else frozenset()


def holds(user: User, case: MarketCase, *rights: str) -> bool:
    """Whether the person holds at least one of these rights now; for jobs and downloads."""
    return bool(rights_of(user, case) & set(rights))


def case_view(*needs: str, concealed: bool = False) -> Callable[[CaseView], View]:
    """Open the view to members of the case who hold one of the rights `needs`.

    Sets `request.case`, `request.can`, `request.seats`, `request.granted_by`, and calls the view without `case_id`.
    404 to strangers, superusers and inactive people; 403 to members without the right; 404 to them too when
    `concealed`, where existence is the secret. Raises ValueError at import for a right the policy does not know.
    """
    for right in needs:
        if not policy.is_known(right):
            raise ValueError(f"{right!r} is no right of the policy")
    if not needs:
        raise ValueError("a case view must name the right it needs")

    def decorate(view: CaseView) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, case_id: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
            entered = _enter(request, case_id)
            _check(entered, needs, concealed=concealed)
            with timezone.override(entered.case.time_zone):
                if entered.method in SAFE_METHODS:
                    return view(entered, **kwargs)
                return _act_once(entered, view, kwargs)

        guarded.door = "case"  # type: ignore[attr-defined]
        guarded.needs = needs  # type: ignore[attr-defined]
        guarded.is_concealed = concealed  # type: ignore[attr-defined]
        return guarded

    return decorate


def person_view(view: PersonView) -> View:
    """Open the view to any signed-in, active person; it shows no record of a case."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated or not request.user.is_active:
            raise PermissionDenied
        return view(cast("PersonRequest", request), *args, **kwargs)

    guarded.door = "person"  # type: ignore[attr-defined]
    return guarded


def public_view(view: View) -> View:
    """Open the view without sign-in; it shows no record of a case."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.door = "public"  # type: ignore[attr-defined]
    return login_not_required(opened)


def _enter(request: HttpRequest, case_id: uuid.UUID) -> CaseRequest:
    case, held = seats.enter(request.user, case_id)
    if case is None:
        raise Http404
    entered = cast("CaseRequest", request)
    entered.case = case
    entered.seats = held
    entered.can = policy.rights(held, cleared=entered.user.is_cleared())
    return entered


def _check(request: CaseRequest, needs: tuple[str, ...], *, concealed: bool) -> None:
    granted = [right for right in needs if right in request.can]
    if not granted:
        _record(request, "denied", needs[0])
        if concealed:
            raise Http404
        raise PermissionDenied
    request.granted_by = granted[0]
    code = granted[0].partition(".")[0]
    if code in policy.CLASSES and policy.compartment_of(code) in READ_IS_RECORDED and request.method == "GET":
        _record(request, "allowed", granted[0])


def _record(request: CaseRequest, outcome: str, right: str) -> None:
    audit.record(
        actor=request.user,
        verb=Verb.RECORD_VIEWED if outcome == "allowed" else Verb.ACCESS_DENIED,
        case_id=request.case.pk,
        outcome=outcome,
        facts={"page": request.resolver_match.view_name if request.resolver_match else "", "right": right},
        request=request,
    )


def _act_once(request: CaseRequest, view: CaseView, kwargs: dict[str, Any]) -> HttpResponseBase:
    if request.case.is_closed:
        messages.error(request, READ_ONLY)
        return HttpResponse(READ_ONLY, status=409, content_type="text/plain; charset=utf-8")
    token = _token(request)
    with transaction.atomic():
        if token and not _claim(token, request):
            return _answer_again(token, request)
        response = view(request, **kwargs)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif token:
            _settle(token, response)
    return response


def _token(request: CaseRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def _claim(token: uuid.UUID, request: CaseRequest) -> bool:
    try:
        with transaction.atomic():
            SubmittedForm.objects.create(token=token, user=request.user, path=request.path[:300])
    except IntegrityError:
        return False
    return True


def _settle(token: uuid.UUID, response: HttpResponseBase) -> None:
    """Keep the token of a form that was acted on; free that of a form sent back with errors."""
    row = SubmittedForm.objects.filter(pk=token)
    if isinstance(response, HttpResponseRedirect):
        row.update(answered_with=response.url[:500])
    elif not getattr(response, "has_acted", False):
        row.delete()


def _answer_again(token: uuid.UUID, request: CaseRequest) -> HttpResponse:
    row = SubmittedForm.objects.filter(pk=token, user=request.user).first()
    if row is None:
        raise Http404
    where = row.answered_with or request.path
    messages.info(request, NEVER_DOUBLED)
    if request.headers.get("HX-Request"):
        back = row.answered_with or request.headers.get("HX-Current-URL", "/")
        return HttpResponse(status=204, headers={"HX-Redirect": back})
    return HttpResponseRedirect(where)
