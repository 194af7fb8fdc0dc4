"""Before and after: two periods side by side with the same bands, and their difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.geo.svg_map import draw_map
from targeting.crime_mapping import letters
from targeting.crime_mapping.forms.filters import Asked, PairForm
from targeting.crime_mapping.models import BoundaryLayer
from targeting.crime_mapping.selectors import areas, layers, periods
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight
from targeting.crime_mapping.views.sheets import issue_sheet, not_yet

COUNTS = ("area_counts.view", "area_counts.aggregate")
LONGEST_DAYS = 365
MAPS = ("before", "after", "difference")


@dataclass(frozen=True)
class AskedPair:
    """Both periods of a request; readers of totals get the last twelve months and the twelve before."""

    asked: Asked
    sight: Sight
    form: PairForm
    before: Choice

    @property
    def after(self) -> Choice:
        """The later period."""
        return self.asked.choice


def _pair_of(request: CaseRequest, data: Any) -> AskedPair:
    sight = Sight.of(request.can)
    asked = Asked(data or {}, case=request.case, sight=sight, today=timezone.localdate())
    form = PairForm(data or None if sight.exact else None)
    first = form.cleaned_data.get("before") if form.is_bound and form.is_valid() else None
    return AskedPair(asked, sight, form, periods.earlier(asked.choice, first))


@case_view(*COUNTS)
def show_pair(request: CaseRequest) -> HttpResponse:
    """Three linked maps and the units in figures."""
    found = _pair_of(request, request.GET)
    stored = layers.layers_of(request.case)
    layer = next((one for one in stored if one.kind == request.GET.get("by")), stored[0] if stored else None)
    drawn = periods.pair(request.case, found.before, found.after, bandwidth=found.asked.reach, sight=found.sight)
    context = {
        "found": found, "asked": found.asked, "form": found.asked.form, "sight": found.sight, "drawn": drawn,
        "layer": layer, "layers": stored, "lines": _lines(layer, found), "caution": letters.CAUTION,
        "call_in": _around_call_in(request) if found.sight.exact else "",
        "is_overlapping": found.before.last >= found.after.first,
    }  # fmt: skip
    is_refused = any(form.is_bound and not form.is_valid() for form in (found.form, found.asked.form))
    return render(request, "crime_mapping/before_after.html", context, status=422 if is_refused else 200)


def _lines(layer: BoundaryLayer | None, found: AskedPair) -> list[periods.PairLine]:
    return periods.lines(layer, found.before, found.after, found.sight) if layer else []


def _around_call_in(request: CaseRequest) -> str:
    """The query for as many days before the call-in as there are data after it; empty before there are any."""
    held, newest = request.case.call_in_at, areas.newest_day(request.case)
    day = held.astimezone(ZoneInfo(request.case.time_zone)).date() if held else None
    if day is None or newest is None or newest <= day:
        return ""
    days = min((newest - day).days, LONGEST_DAYS)
    first = day + timedelta(days=1)
    return urlencode({"first": first, "last": day + timedelta(days=days), "before": first - timedelta(days=days)})


@case_view(*COUNTS)
def pair_data(request: CaseRequest) -> HttpResponse:
    """The bands of both periods and of their difference."""
    found = _pair_of(request, request.GET)
    drawn = periods.pair(request.case, found.before, found.after, bandwidth=found.asked.reach, sight=found.sight)
    if drawn is None:
        return JsonResponse({"before": [], "after": [], "rise": [], "fall": []})
    return JsonResponse({name: getattr(drawn, name) for name in ("before", "after", "rise", "fall")})


@case_view(*COUNTS)
def drawn_pair(request: CaseRequest, which: str) -> HttpResponse:
    """One of the three maps drawn on the server, for readers without scripts."""
    if which not in MAPS:
        raise Http404
    found = _pair_of(request, request.GET)
    try:
        facts = letters.maps_of(
            request.case, found.before, found.after, reach=found.asked.reach, sight=found.sight,
            narrowed=found.asked.words,
        )  # fmt: skip
    except letters.NothingToDraw as nothing:
        raise Http404(str(nothing)) from nothing
    drawn = letters.sheet_of(facts[which], width=460, height=520, ground=facts["ground"])
    return HttpResponse(draw_map(drawn), content_type="image/svg+xml")


@require_POST
@case_view("area_counts.print")
def print_pair(request: CaseRequest) -> HttpResponse:
    """Print both periods and their difference for the team."""
    found = _pair_of(request, request.POST)
    try:
        facts = letters.pair_sheet(
            request.case, found.before, found.after, reach=found.asked.reach, narrowed=found.asked.words,
            today=timezone.localdate(),
        )  # fmt: skip
    except letters.NothingToDraw as nothing:
        return not_yet(request, nothing)
    return issue_sheet(request, letters.PAIR_SHEET, facts)
