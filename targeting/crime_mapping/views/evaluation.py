"""The evaluation gate of step 1: comparison areas, ring, baseline window, reasons."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.crime_mapping.actions import evaluation as actions
from targeting.crime_mapping.forms.areas import ComparisonForm, PlanForm
from targeting.crime_mapping.models import BoundaryLayer, EvaluationPlan, Unit
from targeting.crime_mapping.selectors import areas, comparison, layers
from targeting.crime_mapping.selectors.sight import TEAM

PREFERRED = "neighborhoods"
CANDIDATES_SHOWN = 12


@case_view("measures.view")
def show_plan(request: CaseRequest) -> HttpResponse:
    """The plan, the chosen comparison areas, and what else could be compared with."""
    case = request.case
    plan = comparison.plan_of(case)
    shows_counts = "area_counts.view" in request.can
    stored = layers.layers_of(case)
    layer = _layer(request, stored)
    year = areas.last_year(case, timezone.localdate())
    found = comparison.candidates(case, layer, year) if layer and shows_counts else None
    context = {
        "plan": plan,
        "comparisons": areas.comparisons(case),
        "series": comparison.baseline(case, plan, TEAM.categories()) if plan and shows_counts else [],
        "market": found[0] if found else None,
        "candidates": found[1][:CANDIDATES_SHOWN] if found else [],
        "layer": layer,
        "layers": stored,
        "year": year,
        "shows_counts": shows_counts,
        "may_choose": "areas.change" in request.can,
    }
    return render(request, "crime_mapping/evaluation.html", context)


def _layer(request: HttpRequest, stored: list[BoundaryLayer]) -> BoundaryLayer | None:
    wanted = request.GET.get("by", PREFERRED)
    return next((layer for layer in stored if layer.kind == wanted), stored[0] if stored else None)


@case_view("measures.change")
def edit_plan(request: CaseRequest) -> HttpResponse:
    """Write the plan: ring, baseline window and the three notes."""
    plan = comparison.plan_of(request.case) or EvaluationPlan(case=request.case)
    initial = {} if plan.baseline_from else _window(request)
    form = PlanForm(request.POST or None, instance=plan, case=request.case, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.write(plan=form.instance, actor=request.user)
        messages.success(request, "The evaluation plan is saved. It still has to be decided.")
        return redirect("crime_mapping:evaluation", request.case.pk)
    return render(request, "crime_mapping/evaluation_edit.html", {"form": form}, status=422 if form.is_bound else 200)


def _window(request: CaseRequest) -> dict[str, date]:
    """Twelve whole months up to the newest data."""
    newest = areas.newest_day(request.case) or timezone.localdate()
    until = newest.replace(day=1) - timedelta(days=1)
    first = date(until.year - 1 + until.month // 12, until.month % 12 + 1, 1)
    return {"baseline_from": first, "baseline_until": until}


@require_POST
@case_view("areas.change")
def choose_comparison(request: CaseRequest) -> HttpResponse:
    """Take a unit as comparison area."""
    form = ComparisonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why this one is compared with.")
        return redirect("crime_mapping:evaluation", request.case.pk)
    unit = get_object_or_404(Unit.objects.filter(layer__case=request.case), pk=form.cleaned_data["unit"])
    reasons = form.cleaned_data["reasons"]
    actions.compare_with(case=request.case, unit=unit, reasons=reasons, actor=request.user)
    messages.success(request, f"{unit.name} is a comparison area.")
    return redirect("crime_mapping:evaluation", request.case.pk)


@require_POST
@case_view("measures.change")
def decide_plan(request: CaseRequest) -> HttpResponse:
    """Decide the plan as it stands."""
    plan = get_object_or_404(EvaluationPlan.objects.for_case(request.case))
    try:
        actions.decide(plan=plan, actor=request.user)
        messages.success(request, "The evaluation plan is decided.")
    except actions.NotYetWhole as refused:
        messages.error(request, str(refused))
    return redirect("crime_mapping:evaluation", request.case.pk)
