"""Printing the team's papers: each press issues a numbered copy, or finds the one already made from the same facts."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import actions as documents
from dmi.documents.kinds import DocumentKind
from planning.team import letters, selectors
from planning.team.models import Holder


def _issue(request: CaseRequest, kind: DocumentKind, facts: dict[str, Any], about: object = "") -> HttpResponse:
    document = documents.issue(
        case=request.case, kind=kind, facts=facts, actor=request.user, key=letters.key_of(kind, facts, about)
    )
    return redirect("documents:document", request.case.pk, document.pk)


@require_POST
@case_view("planning_items.print")
def print_readiness(request: CaseRequest) -> HttpResponse:
    """Print the readiness assessment as it stands today."""
    return _issue(request, letters.READINESS, letters.readiness(request.case, timezone.localdate()))


@require_POST
@case_view("roster.print")
def print_roster(request: CaseRequest) -> HttpResponse:
    """Print the roster with the commitment log."""
    return _issue(request, letters.ROSTER, letters.roster(request.case, timezone.localdate()))


@require_POST
@case_view("agreements.print")
def print_letter(request: CaseRequest, holder_id: uuid.UUID) -> HttpResponse:
    """Print the commitment letter for one holder to sign."""
    holder = get_object_or_404(Holder.objects.for_case(request.case).select_related("seat", "case"), pk=holder_id)
    if holder.answer == Holder.Answer.DECLINED:
        raise Http404
    return _issue(request, letters.COMMITMENT, letters.commitment(holder, timezone.localdate()), holder.pk)


@require_POST
@case_view("planning_items.print")
def print_handover(request: CaseRequest, code: str) -> HttpResponse:
    """Print the handover pack for whoever follows on this seat."""
    today = timezone.localdate()
    view = selectors.team_of(request.case, today).seat(code)
    if view is None:
        raise Http404
    return _issue(request, letters.HANDOVER, letters.handover(request.case, view, today), code)


@require_POST
@case_view("prosecutor_terms.print", concealed=True)
def print_protocol(request: CaseRequest) -> HttpResponse:
    """Print the prosecutor's terms."""
    found = selectors.protocol_of(request.case)
    if found is None:
        raise Http404
    return _issue(request, letters.PROTOCOL, letters.protocol(request.case, found), found.version)
