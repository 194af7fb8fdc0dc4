"""Printing the papers of the review."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import actions as documents
from dmi.documents.kinds import DocumentKind
from targeting.incident_review import letters, selectors
from targeting.incident_review.models import RefinedList, ReviewSession


@require_POST
@case_view("decision_worksheet.print")
def print_packet(request: CaseRequest) -> HttpResponse:
    """Print the candidate review packet of the list."""
    return _issue(request, letters.PACKET, letters.packet(request.case, timezone.localdate()))


@require_POST
@case_view("decision_worksheet.print")
def print_memo(request: CaseRequest) -> HttpResponse:
    """Print the decision memo for signature."""
    return _issue(request, letters.MEMO, letters.memo(request.case, timezone.localdate()))


@require_POST
@case_view("review_minutes.print")
def print_minutes(request: CaseRequest, session_id: uuid.UUID) -> HttpResponse:
    """Print the minutes of a review."""
    session = get_object_or_404(ReviewSession.objects.for_case(request.case), pk=session_id)
    return _issue(request, letters.MINUTES, letters.minutes(session))


@require_POST
@case_view("player_list.print")
def print_refined(request: CaseRequest, list_id: uuid.UUID) -> HttpResponse:
    """Print one version of the refined list, with what it changed."""
    fixed = get_object_or_404(RefinedList.objects.for_case(request.case), pk=list_id)
    before = selectors.refined_lists(request.case).filter(number=fixed.number - 1).first()
    return _issue(request, letters.REFINED, letters.refined_list(fixed, before))


@require_POST
@case_view("composition.view")
def print_composition(request: CaseRequest) -> HttpResponse:
    """Print the composition sheet, small counts hidden."""
    return _issue(request, letters.SHEET, letters.sheet(request.case))


def _issue(request: CaseRequest, kind: DocumentKind, facts: dict[str, Any]) -> HttpResponse:
    document = documents.issue(
        case=request.case, kind=kind, facts=facts, actor=request.user, key=letters.key_of(kind, facts)
    )
    return redirect("documents:document", request.case.pk, document.pk)
