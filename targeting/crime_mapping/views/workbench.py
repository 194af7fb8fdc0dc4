"""The map workbench: layers on the left, the map, what the step has come to on the right."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from dmi.cases.access import case_view
from dmi.cases.progress import State
from dmi.core.requests import CaseRequest
from dmi.geo.svg_map import draw_map
from targeting.crime_mapping import letters, selectors
from targeting.crime_mapping.forms.filters import Asked
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer
from targeting.crime_mapping.selectors import areas, layers, overlays, tables
from targeting.crime_mapping.selectors.sight import Sight, is_small

ROWS_SHOWN = 12
STEPS = (
    ("1.1", "Assess the data"),
    ("1.3", "Find concentrations"),
    ("1.4", "Set the broad area"),
    ("1.6", "Define the target area"),
    ("1.7", "Plan the evaluation"),
)
BUYS_AT = 3
GLYPHS = {State.DONE: "done", State.UNDER_WAY: "active"}


@dataclass(frozen=True)
class StepLine:
    """One line of the step's own checklist."""

    words: str
    fact: str
    glyph: str
    todo: str
    url: str


def asked_of(request: CaseRequest) -> tuple[Asked, Sight]:
    """What this request wants to see, within what this reader may see."""
    sight = Sight.of(request.can)
    return Asked(request.GET or {}, case=request.case, sight=sight, today=timezone.localdate()), sight


@case_view("areas.view")
def show_map(request: CaseRequest) -> HttpResponse:
    """The workbench."""
    asked, sight = asked_of(request)
    by = request.GET.get("by", "")
    stored = layers.layers_of(request.case)
    layer = next((found for found in stored if found.kind == by), stored[0] if stored else None)
    sources = _sources(request, asked, sight)
    context = {
        "form": asked.form,
        "asked": asked,
        "sight": sight,
        "sources": sources,
        "layers": stored,
        "layer": layer,
        "lines": _lines(request, layer, asked, sight),
        "rows_shown": ROWS_SHOWN,
        "figures": _figures(request, asked, sight),
        "target": areas.current(request.case, AreaVersion.Kind.TARGET),
        "broad": areas.current(request.case, AreaVersion.Kind.BROAD),
        "comparisons": areas.comparisons(request.case),
        "steps": _steps(request),
        "links": _links(request, sight),
        "located": _located(sources) if sight.exact else None,
    }
    status = 422 if asked.form.is_bound and not asked.form.is_valid() else 200
    return render(request, "crime_mapping/workbench.html", context, status=status)


def _counts_are_open(request: CaseRequest) -> bool:
    return bool({"area_counts.view", "area_counts.aggregate"} & request.can)


def _sources(request: CaseRequest, asked: Asked, sight: Sight) -> list[layers.SourceCount]:
    if not _counts_are_open(request):
        return []
    found = layers.by_source(request.case, asked.choice)
    return [row for row in found if sight.contacts or row.source.kind != row.source.Kind.CONTACTS]


def _located(found: list[layers.SourceCount]) -> dict[str, Any] | None:
    """How many incidents the map stands for, and the part of them with a place."""
    total = sum(row.total for row in found)
    return {"total": total, "percent": 100 * sum(row.located for row in found) / total} if total else None


def _lines(request: CaseRequest, layer: BoundaryLayer | None, asked: Asked, sight: Sight) -> list[tables.UnitLine]:
    if layer is None or not _counts_are_open(request):
        return []
    broad = areas.current(request.case, AreaVersion.Kind.BROAD)
    inside = layers.units_touching(layer, areas.outline(broad) if broad else None)
    return tables.unit_lines(layer, asked.choice, sight, inside)


def _figures(request: CaseRequest, asked: Asked, sight: Sight) -> dict[str, Any] | None:
    """The target area's figures for the chosen period; a share is held back where it would show a small count."""
    target = areas.current(request.case, AreaVersion.Kind.TARGET)
    if target is None:
        return None
    found = areas.figures(request.case, areas.outline(target), asked.choice)
    is_open = _counts_are_open(request) and (sight.points or not is_small(found.incidents))
    return {
        "share_of_incidents": 100 * found.share_of_incidents
        if is_open and found.share_of_incidents is not None
        else None,
        "share_of_city": 100 * found.share_of_city if found.share_of_city is not None else None,
        "blocks": found.blocks,
        "square_miles": found.square_miles,
        "residents": found.residents,
        "is_large": (found.blocks or 0) > areas.LARGEST_TARGET_BLOCKS,
    }


def _steps(request: CaseRequest) -> list[StepLine]:
    stands = selectors.progress(case=request.case, today=timezone.localdate())
    lines = []
    for number, words in STEPS:
        step = stands[number]
        url = (
            reverse(step.url_name, args=[request.case.pk])
            if step.url_name and step.url_name != request_name(request)
            else ""
        )
        todo = "" if step.state is State.DONE else step.todo
        lines.append(StepLine(words, step.fact, GLYPHS.get(step.state, "idle"), todo, url))
    buys = overlays.buys(request.case, request.can)
    if buys is not None:
        lines.insert(BUYS_AT, _buys_line(request, buys))
    return lines


def _buys_line(request: CaseRequest, buys: list[tuple[float, float]]) -> StepLine:
    """The buys over the areas, for those who may see them."""
    inside = overlays.in_target(request.case, buys)
    if not buys:
        return StepLine("Add buy locations", "No buy has a place yet", "idle", "", "")
    fact = f"{len(buys)} on the map" if inside is None else f"{inside} of {len(buys)} fall in the target area"
    return StepLine("Add buy locations", fact, "done", "", "")


def request_name(request: HttpRequest) -> str:
    """The name of the page being shown."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _links(request: CaseRequest, sight: Sight) -> dict[str, str]:
    """Where the map's script gets its layers; an address a reader has no right to is not given."""
    pk = request.case.pk
    links = {"ground": reverse("crime_mapping:ground", args=[pk])}
    if _counts_are_open(request):
        links["surface"] = reverse("crime_mapping:surface", args=[pk])
    if sight.points:
        links["points"] = reverse("crime_mapping:points", args=[pk, 14, 0, 0]).replace("/14/0/0/", "/{z}/{x}/{y}/")
    if "buy_locations.view" in request.can:
        with contextlib.suppress(NoReverseMatch):
            links["buys"] = reverse("undercover:buy-points", args=[pk])
    return links


@case_view("areas.view")
def ground_data(request: CaseRequest) -> HttpResponse:
    """The drawn base, the boundaries and the areas, as GeoJSON."""
    found = {
        "ground": layers.ground(request.case),
        "boundaries": layers.boundaries(request.case),
        "areas": layers.drawn_areas(request.case),
    }
    return JsonResponse(found)


@case_view("area_counts.view", "area_counts.aggregate")
def surface_data(request: CaseRequest) -> HttpResponse:
    """Density bands and significant cells of the chosen incidents, as this reader may see them."""
    asked, sight = asked_of(request)
    found = layers.drawing(request.case, asked.choice, bandwidth=asked.reach, sight=sight)
    if found is None:
        return JsonResponse({"bands": [], "hot": [], "method": ""})
    return JsonResponse({"bands": found.bands, "hot": found.hot, "method": found.method, "edges": found.edges})


@case_view("areas.view")
def drawn_map(request: CaseRequest) -> HttpResponse:
    """The same map drawn on the server, for readers without scripts: areas, beats and density, never a point."""
    asked, sight = asked_of(request)
    if not _counts_are_open(request):
        raise PermissionDenied
    try:
        facts = letters.map_facts(request.case, asked.choice, reach=asked.reach, sight=sight, narrowed=asked.words)
    except letters.NothingToDraw as nothing:
        raise Http404(str(nothing)) from nothing
    return HttpResponse(draw_map(letters.sheet_of(facts, width=900, height=900)), content_type="image/svg+xml")
