"""The list of places, one place, and writing it down."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.forms import STALE
from dmi.core.models import StaleRecord
from dmi.core.requests import CaseRequest
from dmi.places import actions, forms, selectors
from dmi.places.models import Place

PER_PAGE = 50


@require_GET
@case_view("key_addresses.view")
def list_places(request: CaseRequest) -> HttpResponse:
    """Places of the market, found by any spelling of the address."""
    q, kind, key = request.GET.get("q", ""), request.GET.get("kind", ""), request.GET.get("key", "")
    found = selectors.places(case=request.case, q=q, kind=kind, key_only=bool(key))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "q": q,
        "kind": kind,
        "key": key,
        "kinds": Place.Kind.choices,
        "is_narrowed": q or kind or key,
    }
    return render(request, "places/list.html", context)


@require_GET
@case_view("key_addresses.view")
def show_place(request: CaseRequest, place_id: uuid.UUID) -> HttpResponse:
    """One place."""
    place = get_object_or_404(Place.objects.for_case(request.case), pk=place_id)
    return render(request, "places/place.html", {"place": place})


@require_http_methods(["GET", "POST"])
@case_view("key_addresses.change")
def add_place(request: CaseRequest) -> HttpResponse:
    """Put a place on the list."""
    return _edit(request, forms.PlaceForm(request.POST or None, case=request.case))


@require_http_methods(["GET", "POST"])
@case_view("key_addresses.change")
def edit_place(request: CaseRequest, place_id: uuid.UUID) -> HttpResponse:
    """Change what is written about a place."""
    place = get_object_or_404(Place.objects.for_case(request.case), pk=place_id)
    return _edit(request, forms.PlaceForm(request.POST or None, instance=place, case=request.case))


def _edit(request: CaseRequest, form: forms.PlaceForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            place = actions.save_place(place=form.instance, actor=request.user, point=form.point)
        except StaleRecord:
            form.add_error(None, STALE)
        else:
            messages.success(request, "Saved.")
            return redirect(place)
    return render(
        request, "places/edit.html", {"form": form, "is_new": form.instance._state.adding, "place": form.instance}
    )
