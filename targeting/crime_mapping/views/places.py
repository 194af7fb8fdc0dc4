"""The list of doubtful places: addresses located by the county's files that a person should look at."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.places import geocoder
from dmi.places.geocoder import Candidate
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import places
from targeting.crime_mapping.forms.sources import PlaceForm
from targeting.crime_mapping.models import PlaceDecision
from targeting.crime_mapping.selectors.sight import Sight

CHANGE = "incident_points.change"
ON_A_PAGE, DECIDED_SHOWN = 10, 20


@require_GET
@case_view(CHANGE)
def list_places(request: CaseRequest) -> HttpResponse:
    """Doubtful addresses, those of most incidents first, with where they could lie; then what was decided."""
    found = selectors.located.doubtful_addresses(request.case, Sight.of(request.can))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    finder = geocoder.for_case(request.case)
    rows = [{**row, "candidates": finder.candidates(row["address"]) if finder else []} for row in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "decided": selectors.located.decisions(request.case)[:DECIDED_SHOWN],
        "has_county": finder is not None,
    }
    return render(request, "crime_mapping/places.html", context)


@require_POST
@case_view(CHANGE)
def decide_place(request: CaseRequest) -> HttpResponse:
    """Accept the place, choose another, or leave the address without one."""
    form = PlaceForm(request.POST)
    back = f"{reverse('crime_mapping:places', args=[request.case.pk])}?page={request.POST.get('page') or 1}"
    if not form.is_valid():
        messages.error(request, "Choose where the address lies.")
        return redirect(back)
    given = form.cleaned_data
    try:
        kind, spot = _chosen(request, given)
        decision = places.decide(
            case=request.case, address=given["address"], kind=kind, spot=spot, sight=Sight.of(request.can),
            actor=request.user,
        )  # fmt: skip
    except places.CannotDecide as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{decision.address}: {decision.get_kind_display().lower()}.")
    return redirect(back)


@require_POST
@case_view(CHANGE)
def look_again(request: CaseRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Take a decision back."""
    decision = get_object_or_404(PlaceDecision.objects.for_case(request.case), pk=decision_id)
    places.look_again(decision=decision, actor=request.user)
    messages.success(request, f"{decision.address} lies where the county's files put it again.")
    return redirect("crime_mapping:places", request.case.pk)


def _chosen(request: CaseRequest, given: dict[str, Any]) -> tuple[str, places.Spot | None]:
    if given["choice"] in ("accepted", "unlocated"):
        return given["choice"], None
    finder = geocoder.for_case(request.case)
    candidates: list[Candidate] = finder.candidates(given["address"]) if finder else []
    for candidate in candidates:
        if candidate.key == given["choice"]:
            place = candidate.place
            return "moved", places.Spot(place.lon, place.lat, place.method, place.score)
    raise places.CannotDecide("The county's files have changed since. Look at the address again.")
