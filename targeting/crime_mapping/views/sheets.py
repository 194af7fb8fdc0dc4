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
from dmi.core.requests import CaseRequest
from dmi.documents import actions as documents
from dmi.documents.kinds import DocumentKind
from targeting.crime_mapping import letters
from targeting.crime_mapping.forms.filters import Asked
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer
from targeting.crime_mapping.selectors import areas, comparison, layers, repeats, streets, tables
from targeting.crime_mapping.selectors.sight import Sight
from targeting.crime_mapping.views.workbench import asked_of

ROWS_A_PAGE = 50


@case_view("area_counts.view", "area_counts.aggregate")
def show_concentrations(request: CaseRequest) -> HttpResponse:
    """Units ranked by incidents, with rates, change on the period before, method and its score."""
    if request.GET.get("by") == streets.KIND:
        return _show_streets(request)
    asked, sight = asked_of(request)
    stored = layers.layers_of(request.case)
    layer = _layer(request, stored)
    lines = tables.ranked_lines(layer, asked.choice, sight) if layer else []
    method, scores, later = tables.method_of(request.case, asked.choice)
    context = {
        "asked": asked, "form": asked.form, "sight": sight, "layer": layer, "by": layer.kind if layer else "",
        "tabs": _tabs(request, stored, layer.kind if layer else ""),
        "page": Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "method": method, "scores": scores, "later": later,
    }  # fmt: skip
    return render(request, "crime_mapping/concentrations.html", context)


def _tabs(request: CaseRequest, stored: list[Any], by: str) -> list[dict[str, Any]]:
    """Every layer, and the street segments where streets are loaded; the period goes along."""
    kept = request.GET.copy()
    kept.pop("page", None)
    kept.pop("by", None)
    rest = f"&{kept.urlencode()}" if kept else ""
    kinds = [(found.kind, found.label, found.unit_count) for found in stored]
    found = streets.segments_of(request.case)
    kinds += [(streets.KIND, "Street segments", len(found.names))] if found else []
    return [{"words": words, "url": f"?by={kind}{rest}", "is_here": kind == by, "count": n} for kind, words, n in kinds]


def _show_streets(request: CaseRequest) -> HttpResponse:
    """Street segments ranked. Who may not see points gets one fixed period: see `Asked`."""
    sight = Sight.of(request.can)
    asked = Asked(
        request.GET or {}, case=request.case, sight=sight, today=timezone.localdate(), may_narrow=sight.points
    )
    found = streets.ranking(request.case, asked.choice, sight)
    context = {
        "asked": asked, "form": asked.form if sight.points else None, "sight": sight, "by": streets.KIND,
        "tabs": _tabs(request, layers.layers_of(request.case), streets.KIND), "ranking": found,
        "page": Paginator(found.lines if found else [], ROWS_A_PAGE).get_page(request.GET.get("page")),
        "method": streets.METHOD,
    }  # fmt: skip
    return render(request, "crime_mapping/streets.html", context)


@case_view("area_counts.view")
def show_repeats(request: CaseRequest) -> HttpResponse:
    """The near-repeat note: how far and how long one incident raises the chance of another."""
    asked, sight = asked_of(request)
    found = repeats.repeats(request.case, asked.choice, sight)
    context = {
        "asked": asked, "form": asked.form, "sight": sight, "found": found, "days": repeats.DAYS,
        "fewest": repeats.FEWEST, "most": repeats.MOST, "shuffles": repeats.SHUFFLES,
    }  # fmt: skip
    return render(request, "crime_mapping/near_repeats.html", context)


def _layer(request: HttpRequest, stored: list[BoundaryLayer]) -> BoundaryLayer | None:
    wanted = request.POST.get("by") or request.GET.get("by", "")
    return next((layer for layer in stored if layer.kind == wanted), stored[0] if stored else None)


def posted(request: CaseRequest) -> tuple[Asked, Sight]:
    """The map that was on the screen when print was pressed."""
    sight = Sight.of(request.can)
    return Asked(request.POST, case=request.case, sight=sight, today=timezone.localdate()), sight


@require_POST
@case_view("area_counts.print")
def print_map(request: CaseRequest) -> HttpResponse:
    """Print the map for the team: density and areas, no points."""
    asked, _ = posted(request)
    try:
        facts = letters.map_sheet(
            request.case, asked.choice, reach=asked.reach, narrowed=asked.words, today=timezone.localdate()
        )
    except letters.NothingToDraw as nothing:
        return not_yet(request, nothing)
    return issue_sheet(request, letters.MAP_SHEET, facts)


@require_POST
@case_view("incident_points.change")
def print_points(request: CaseRequest) -> HttpResponse:
    """Print the map for law enforcement, with incidents as points."""
    asked, sight = posted(request)
    try:
        facts = letters.points_sheet(
            request.case, asked.choice, sight=sight, can=request.can, narrowed=asked.words, today=timezone.localdate()
        )
    except letters.NothingToDraw as nothing:
        return not_yet(request, nothing)
    return issue_sheet(request, letters.POINTS_SHEET, facts)


def not_yet(request: CaseRequest, nothing: letters.NothingToDraw) -> HttpResponse:
    messages.error(request, str(nothing))
    return redirect("crime_mapping:map", request.case.pk)


@require_POST
@case_view("area_counts.print")
def print_concentrations(request: CaseRequest) -> HttpResponse:
    """Print the ranked table of a layer, or of the street segments."""
    if request.POST.get("by") == streets.KIND:
        sight = Sight.of(request.can)
        asked = Asked(request.POST, case=request.case, sight=sight, today=timezone.localdate(), may_narrow=False)
        facts = letters.street_table(request.case, asked.choice, timezone.localdate())
        return issue_sheet(request, letters.TABLE_SHEET, facts)
    layer = _layer(request, layers.layers_of(request.case))
    if layer is None:
        messages.error(request, "There are no boundaries to count by yet.")
        return redirect("crime_mapping:concentrations", request.case.pk)
    asked, _ = posted(request)
    facts = letters.concentration_table(request.case, layer, asked.choice, timezone.localdate())
    return issue_sheet(request, letters.TABLE_SHEET, facts)


@require_POST
@case_view("areas.print")
def print_area(request: CaseRequest, area_id: uuid.UUID) -> HttpResponse:
    """Print one version of the broad or target area for everybody."""
    area = get_object_or_404(areas.versions(request.case), pk=area_id)
    sheets: dict[str, DocumentKind] = {
        AreaVersion.Kind.BROAD: letters.BROAD_SHEET,
        AreaVersion.Kind.TARGET: letters.TARGET_SHEET,
    }
    if area.kind not in sheets:
        raise Http404
    kind = sheets[area.kind]
    return issue_sheet(request, kind, letters.area_sheet(request.case, area, kind, timezone.localdate()))


@require_POST
@case_view("measures.print")
def print_plan(request: CaseRequest) -> HttpResponse:
    """Print the evaluation plan."""
    plan = comparison.plan_of(request.case)
    if plan is None:
        messages.error(request, "There is no evaluation plan yet.")
        return redirect("crime_mapping:evaluation", request.case.pk)
    return issue_sheet(request, letters.PLAN_SHEET, letters.evaluation_plan(request.case, plan, timezone.localdate()))


@require_POST
@case_view("areas.print")
def print_report(request: CaseRequest) -> HttpResponse:
    """Print the Step 1 report for everybody."""
    try:
        facts = letters.step_report(request.case, timezone.localdate())
    except letters.NothingToDraw as nothing:
        return not_yet(request, nothing)
    return issue_sheet(request, letters.STEP_REPORT, facts)


def issue_sheet(request: CaseRequest, kind: DocumentKind, facts: dict[str, Any]) -> HttpResponse:
    document = documents.issue(
        case=request.case, kind=kind, facts=facts, actor=request.user, key=letters.key_of(kind, facts)
    )
    return redirect("documents:document", request.case.pk, document.pk)
