"""Pages of the source register, the crosswalk of codes and the boundary layers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases.access import case_view
from dmi.core.forms import succeeds
from dmi.core.requests import CaseRequest
from dmi.geo.shapes import ShapeProblem
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import boundaries, sources
from targeting.crime_mapping.forms.sources import BoundaryForm, CodeForm, SourceForm
from targeting.crime_mapping.models import Category, OffenseCode, Source
from targeting.crime_mapping.selectors.sight import Sight

FORM_METHODS = ["GET", "POST"]
CODES_SHOWN = 100


@require_GET
@case_view("area_counts.view", "area_counts.aggregate")
def list_sources(request: CaseRequest) -> HttpResponse:
    """The register: who keeps each source, what it covers, its known bias; figures for readers of counts."""
    sight = Sight.of(request.can)
    rows = selectors.batches.sources_of(request.case)
    context = {
        "rows": [row for row in rows if sight.contacts or row["source"].kind != Source.Kind.CONTACTS],
        "shows_counts": "area_counts.view" in request.can,
        "shows_boundaries": "areas.view" in request.can,
    }
    return render(request, "crime_mapping/sources.html", context)


@require_http_methods(FORM_METHODS)
@case_view("area_counts.change")
def add_source(request: CaseRequest) -> HttpResponse:
    """Enter a source."""
    form = SourceForm(request.POST or None, instance=Source(), case=request.case)
    return _form_page(request, form, lambda: sources.enter(source=form.instance, actor=request.user), "Enter a source")


@require_http_methods(FORM_METHODS)
@case_view("area_counts.change")
def edit_source(request: CaseRequest, source_id: uuid.UUID) -> HttpResponse:
    """Change what the register says of a source."""
    form = SourceForm(request.POST or None, instance=_source(request, source_id), case=request.case)
    return _form_page(request, form, lambda: sources.enter(source=form.instance, actor=request.user), "Change a source")


@require_POST
@case_view("area_counts.change")
def assess_source(request: CaseRequest, source_id: uuid.UUID) -> HttpResponse:
    """The team has judged the source; from now on it may be mapped."""
    try:
        sources.assess(source=_source(request, source_id), actor=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("crime_mapping:source-edit", request.case.pk, source_id)
    messages.success(request, "Assessed. The source can be mapped.")
    return redirect("crime_mapping:sources", request.case.pk)


@require_GET
@case_view("area_counts.change")
def list_codes(request: CaseRequest) -> HttpResponse:
    """Codes nobody has matched yet, and the team's own matches."""
    return render(request, "crime_mapping/codes.html", _codes_context(request))


@require_POST
@case_view("area_counts.change")
def match_code(request: CaseRequest) -> HttpResponse:
    """Count a code in a category."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose what the code counts as.")
        return redirect("crime_mapping:codes", request.case.pk)
    given = form.cleaned_data
    sources.match_code(
        case=request.case, code=given["code"], title=given["title"], category=given["category"], actor=request.user
    )
    words = Category(given["category"]).label.lower()
    messages.success(request, f"{given['code'] or given['title']} now counts as {words}.")
    return redirect("crime_mapping:codes", request.case.pk)


@require_POST
@case_view("area_counts.change")
def unmatch_code(request: CaseRequest, code_id: uuid.UUID) -> HttpResponse:
    """Take the team's own match back."""
    found = get_object_or_404(OffenseCode.objects.for_case(request.case), pk=code_id)
    sources.unmatch_code(code=found, actor=request.user)
    messages.success(request, "Taken back. The code counts as the built-in crosswalk has it.")
    return redirect("crime_mapping:codes", request.case.pk)


@require_http_methods(FORM_METHODS)
@case_view("areas.view")
def show_boundaries(request: CaseRequest) -> HttpResponse:
    """Boundary layers, how far records agree with them, and loading one."""
    may_load = "areas.change" in request.can
    form = BoundaryForm(request.POST or None, request.FILES or None) if may_load else None
    if request.method == "POST" and form is not None and form.is_valid() and _loaded(request, form):
        return redirect("crime_mapping:boundaries", request.case.pk)
    context = {"layers": selectors.batches.layers_with_agreement(request.case), "form": form}
    return render(request, "crime_mapping/boundaries.html", context, status=422 if form and form.errors else 200)


def _loaded(request: CaseRequest, form: BoundaryForm) -> bool:
    sent = form.cleaned_data["file"]
    try:
        layer = boundaries.load_layer(
            case=request.case, kind=form.kind_code, data=sent.read(), file_name=sent.name, actor=request.user,
            srid=form.cleaned_data["srid"],
        )  # fmt: skip
    except ShapeProblem as problem:
        form.add_error("file", str(problem))
        return False
    messages.success(request, f"{layer.label}: {layer.units.count()} areas loaded, incidents assigned.")
    return True


def _codes_context(request: CaseRequest) -> dict[str, Any]:
    unmatched = list(selectors.batches.unmatched_codes(request.case)[: CODES_SHOWN + 1])
    return {
        "unmatched": unmatched[:CODES_SHOWN],
        "is_more": len(unmatched) > CODES_SHOWN,
        "own": selectors.batches.own_codes(request.case),
        "categories": [c for c in Category.choices if c[0] != Category.UNMATCHED],
    }


def _source(request: CaseRequest, source_id: uuid.UUID) -> Source:
    return get_object_or_404(Source.objects.for_case(request.case), pk=source_id)


def _form_page(request: CaseRequest, form: BaseForm, act: Callable[[], object], heading: str) -> HttpResponse:
    back = reverse("crime_mapping:sources", args=[request.case.pk])
    if request.method == "POST" and form.is_valid() and succeeds(form, act):
        messages.success(request, "Saved.")
        return redirect(back)
    context = {"form": form, "heading": heading, "back": back}
    return render(request, "crime_mapping/source_form.html", context, status=422 if form.is_bound else 200)
