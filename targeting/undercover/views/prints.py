"""Printing: each press issues a numbered copy, or finds the one already made from the same facts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import actions as documents
from dmi.documents.kinds import DocumentKind
from dmi.evidence import selectors as evidence
from targeting.undercover import letters, selectors
from targeting.undercover.views.activity import named_player
from targeting.undercover.views.parts import buy_of


def _issue(
    request: CaseRequest, kind: DocumentKind, facts: dict[str, Any], *, about: object = "", number: str = "",
    media: Sequence[uuid.UUID] = (),
) -> HttpResponse:  # fmt: skip
    try:
        document = documents.issue(
            case=request.case, kind=kind, facts=facts, actor=request.user, key=letters.key_of(kind, facts, about),
            player_number=number, media=media,
        )  # fmt: skip
    except documents.FactsRefused as refused:
        messages.error(request, f"This cannot be printed: {refused}")
        return redirect("undercover:cases", request.case.pk)
    return redirect("documents:document", request.case.pk, document.pk)


@require_POST
@case_view("undercover_buys.print", "warrants.print")
def print_readiness(request: CaseRequest) -> HttpResponse:
    """Print the table of cases; with the prosecutor's word when asked by somebody who may print warrants."""
    full = "full" in request.POST or "undercover_buys.print" not in request.can
    kind = letters.READINESS_FULL if full else letters.READINESS
    if kind.right_to_issue not in request.can:
        raise PermissionDenied
    return _issue(request, kind, letters.readiness(request.case, timezone.localdate(), with_prosecutor=full))


@require_POST
@case_view("undercover_buys.print")
def print_buy(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Print the report of an officer's buy."""
    buy = buy_of(request, buy_id)
    facts, media = letters.buy_report(buy)
    return _issue(request, letters.BUY_REPORT, facts, about=buy.pk, number=buy.player.number, media=media)


@require_POST
@case_view("operations.print", concealed=True)
def print_informant_buy(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Print the sealed report of an informant's buy; a second person agrees before it is handed out."""
    if selectors.SEES_SEALED not in request.can:
        raise Http404
    buy = get_object_or_404(selectors.informant_buys(request.case), pk=buy_id)
    facts = letters.informant_report(buy)
    return _issue(request, letters.INFORMANT_REPORT, facts, about=buy.pk, number=buy.player.number)


@require_POST
@case_view("custody.print")
def print_custody(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Print the custody sheet of an item the reader may see the custody of."""
    known = evidence.visible(case=request.case, can=request.can, user=request.user)
    item = get_object_or_404(known.select_related("case"), pk=item_id)
    if not evidence.sight(item, can=request.can, user=request.user).custody:
        raise PermissionDenied
    kind, facts = letters.custody_sheet(item)
    return _issue(request, kind, facts, about=item.pk)


@require_POST
@case_view("police_contacts.print")
def print_activity(request: CaseRequest) -> HttpResponse:
    """Print the activity log, of one person if named."""
    player = named_player(request, request.POST)
    facts = letters.activity_log(request.case, player, timezone.localdate())
    return _issue(request, letters.ACTIVITY, facts, number=player.number if player else "")
