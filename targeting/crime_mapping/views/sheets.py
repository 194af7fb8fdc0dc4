"""The ranked table of concentrations, and what step 1 prints."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.documents import actions as documents
from dmi.documents.kinds import DocumentKind
from targeting.crime_mapping import letters
from targeting.crime_mapping.forms.filters import Asked
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer
from targeting.crime_mapping.selectors import areas, comparison, layers, tables
from targeting.crime_mapping.selectors.sight import Sight
from targeting.crime_mapping.views.workbench import asked_of

ROWS_A_PAGE = 50


@case_view("area_counts.view", "area_counts.aggregate")
def show_concentrations(request: HttpRequest) -> HttpResponse:
    """Units ranked by incidents, with rates, change on the period before, method and its score."""
    asked, sight = asked_of(request)
    stored = layers.layers_of(request.case)
    layer = _layer(request, stored)
    lines = tables.ranked_lines(layer, asked.choice, sight) if layer else []
    method, scores, later = tables.method_of(request.case, asked.choice)
    context = {
        "asked": asked, "form": asked.form, "sight": sight, "layer": layer,
        "tabs": [
            {"words": found.label, "url": f"?by={found.kind}", "is_here": found == layer, "count": found.unit_count}
            for found in stored
        ],
        "page": Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "method": method, "scores": scores, "later": later,
    }  # fmt: skip
    return render(request, "crime_mapping/concentrations.html", context)


def _layer(request: HttpRequest, stored: list[BoundaryLayer]) -> BoundaryLayer | None:
    wanted = request.POST.get("by") or request.GET.get("by", "")
    return next((layer for layer in stored if layer.kind == wanted), stored[0] if stored else None)


def _posted(request: HttpRequest) -> tuple[Asked, Sight]:
    """The map that was on the screen when print was pressed."""
    sight = Sight.of(request.can)
    return Asked(request.POST, case=request.case, sight=sight, today=timezone.localdate()), sight


@require_POST
@case_view("area_counts.print")
def print_map(request: HttpRequest) -> HttpResponse:
    """Print the map for the team: density and areas, no points."""
    asked, _ = _posted(request)
    try:
        facts = letters.map_sheet(
            request.case, asked.choice, reach=asked.reach, narrowed=asked.words, today=timezone.localdate()
        )
    except letters.NothingToDraw as nothing:
        return _not_yet(request, nothing)
    return _issue(request, letters.MAP_SHEET, facts)


@require_POST
@case_view("incident_points.change")
def print_points(request: HttpRequest) -> HttpResponse:
    """Print the map for law enforcement, with incidents as points."""
    asked, sight = _posted(request)
    try:
        facts = letters.points_sheet(
            request.case, asked.choice, sight=sight, narrowed=asked.words, today=timezone.localdate()
        )
    except letters.NothingToDraw as nothing:
        return _not_yet(request, nothing)
    return _issue(request, letters.POINTS_SHEET, facts)


def _not_yet(request: HttpRequest, nothing: letters.NothingToDraw) -> HttpResponse:
    messages.error(request, str(nothing))
    return redirect("crime_mapping:map", request.case.pk)


@require_POST
@case_view("area_counts.print")
def print_concentrations(request: HttpRequest) -> HttpResponse:
    """Print the ranked table of a layer."""
    layer = _layer(request, layers.layers_of(request.case))
    if layer is None:
        messages.error(request, "There are no boundaries to count by yet.")
        return redirect("crime_mapping:concentrations", request.case.pk)
    asked, _ = _posted(request)
    facts = letters.concentration_table(request.case, layer, asked.choice, timezone.localdate())
    return _issue(request, letters.TABLE_SHEET, facts)


@require_POST
@case_view("areas.print")
def print_area(request: HttpRequest, area_id: uuid.UUID) -> HttpResponse:
    """Print one version of the broad or target area for everybody."""
    area = get_object_or_404(areas.versions(request.case), pk=area_id)
    kind = {AreaVersion.Kind.BROAD: letters.BROAD_SHEET, AreaVersion.Kind.TARGET: letters.TARGET_SHEET}.get(area.kind)
    if kind is None:
        raise Http404
    return _issue(request, kind, letters.area_sheet(request.case, area, kind, timezone.localdate()))


@require_POST
@case_view("measures.print")
def print_plan(request: HttpRequest) -> HttpResponse:
    """Print the evaluation plan."""
    plan = comparison.plan_of(request.case)
    if plan is None:
        messages.error(request, "There is no evaluation plan yet.")
        return redirect("crime_mapping:evaluation", request.case.pk)
    return _issue(request, letters.PLAN_SHEET, letters.evaluation_plan(request.case, plan, timezone.localdate()))


def _issue(request: HttpRequest, kind: DocumentKind, facts: dict[str, Any]) -> HttpResponse:
    document = documents.issue(
        case=request.case, kind=kind, facts=facts, actor=request.user, key=letters.key_of(kind, facts)
    )
    return redirect("documents:document", request.case.pk, document.pk)
