"""Areas: the list of versions, the editor, adoption and signatures."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases import policy
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.geo import geojson
from targeting.crime_mapping import letters
from targeting.crime_mapping.actions import areas as actions
from targeting.crime_mapping.forms.areas import AreaForm, CornersForm, SignForm
from targeting.crime_mapping.models import AreaVersion
from targeting.crime_mapping.selectors import areas
from targeting.crime_mapping.selectors.sight import Sight, is_small

VERSIONS_SHOWN = 60


@case_view("areas.view")
def list_areas(request: CaseRequest) -> HttpResponse:
    """Every version of the broad, target and comparison areas, with who signed."""
    found = list(areas.versions(request.case)[:VERSIONS_SHOWN])
    groups = [
        {"kind": kind, "words": words, "versions": [a for a in found if a.kind == kind]}
        for kind, words in AreaVersion.Kind.choices
    ]
    return render(request, "crime_mapping/areas.html", {"groups": groups, "seats": areas.SIGNING_SEATS})


@case_view("areas.view")
def show_area(request: CaseRequest, area_id: uuid.UUID) -> HttpResponse:
    """One version: outline, reasons, figures, signatures."""
    area = _area(request, area_id)
    return render(request, "crime_mapping/area.html", _area_context(request, area))


def _area(request: CaseRequest, area_id: uuid.UUID) -> AreaVersion:
    return get_object_or_404(areas.versions(request.case), pk=area_id)


def _area_context(request: CaseRequest, area: AreaVersion, form: SignForm | None = None) -> dict[str, Any]:
    figures, sight = area.figures, Sight.of(request.can)
    is_open = sight.points or not is_small(figures.get("incidents") or 0)
    shares = {name: figures.get(name) for name in ("share_of_incidents", "share_of_city")}
    percent = {name: 100 * share for name, share in shares.items() if share is not None}
    if not is_open:
        percent.pop("share_of_incidents", None)
    signed = {s.seat: s for s in area.signatures.all()}
    seats = [{"seat": policy.SEATS[seat], "signature": signed.get(seat)} for seat in areas.SIGNING_SEATS]
    own = _own_seats(request, area)
    return {
        "area": area, "percent": percent, "figures": figures, "seats": seats,
        "square_miles": areas.square_miles(area.square_meters),
        "form": form or (SignForm(seats=own, initial={"seat": own[0][0]}) if own else None),
        "is_target": area.kind == AreaVersion.Kind.TARGET,
        "is_draft": area.state == AreaVersion.State.DRAFT,
        "is_large": area.kind == AreaVersion.Kind.TARGET and (area.blocks or 0) > areas.LARGEST_TARGET_BLOCKS,
        "most_blocks": areas.LARGEST_TARGET_BLOCKS,
        "drawn": letters.area_map(request.case, area, timezone.localdate()),
    }  # fmt: skip


def _own_seats(request: CaseRequest, area: AreaVersion) -> list[tuple[str, str]]:
    """The seats of this reader whose signature is missing."""
    if area.kind != AreaVersion.Kind.TARGET or area.state == AreaVersion.State.REPLACED:
        return []
    return [(s, policy.SEATS[s]) for s in areas.unsigned_seats(area) if s in request.seats]


@case_view("areas.change")
def draw_area(request: CaseRequest, kind: str) -> HttpResponse:
    """Draw a new area of this kind; it begins as the one that stands, if there is one."""
    if kind not in AreaVersion.Kind.values:
        raise Http404
    area = AreaVersion(case=request.case, kind=kind)
    known = areas.current(request.case, kind) if kind != AreaVersion.Kind.COMPARISON else None
    if known is not None:
        return redirect("crime_mapping:area-edit", request.case.pk, known.pk)
    return _edit(request, area)


@case_view("areas.change")
def edit_area(request: CaseRequest, area_id: uuid.UUID) -> HttpResponse:
    """Draw an area over: an unsigned draft itself, every other version as a new draft."""
    return _edit(request, _area(request, area_id))


def _edit(request: CaseRequest, area: AreaVersion) -> HttpResponse:
    initial = {} if area.name else {"name": request.case.name}
    before = areas.outline(area) if area.shape else None
    form = AreaForm(request.POST or None, request.FILES or None, instance=area, case=request.case, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_draft(area=form.instance, shape=form.shape, actor=request.user)
        for note in form.notes:
            messages.info(request, note)
        messages.success(request, f"Saved as draft {saved.number} of the {saved.get_kind_display().lower()}.")
        return redirect("crime_mapping:area", request.case.pk, saved.pk)
    becomes_new = not area._state.adding and (area.state != AreaVersion.State.DRAFT or bool(area.signatures.all()))
    shape = form.shape if form.shape is not None else before
    context = {
        "form": form,
        "area": area,
        "kind_words": AreaVersion.Kind(area.kind).label,
        "becomes_new": becomes_new,
        "preview": _preview(request, shape),
        "outline": geojson.geometry(shape) if shape is not None else None,
    }
    return render(request, "crime_mapping/area_edit.html", context, status=422 if form.is_bound else 200)


def _preview(request: CaseRequest, shape: Any) -> dict[str, Any]:
    if shape is None:
        return {"figures": None}
    found = areas.figures(request.case, shape, areas.last_year(request.case, timezone.localdate()))
    sight = Sight.of(request.can)
    is_small_one = not sight.points and is_small(found.incidents)
    found = found if sight.points else areas.rounded(found)
    return {
        "figures": found,
        "is_held_back": is_small_one,
        "is_rounded": not sight.points,
        "percent_of_incidents": None if found.share_of_incidents is None else 100 * found.share_of_incidents,
        "percent_of_city": None if found.share_of_city is None else 100 * found.share_of_city,
        "outside": found.located - found.incidents,
        "is_large": (found.blocks or 0) > areas.LARGEST_TARGET_BLOCKS,
        "most_blocks": areas.LARGEST_TARGET_BLOCKS,
    }


@require_POST
@case_view("areas.change")
def preview_area(request: CaseRequest) -> HttpResponse:
    """The figures of a drawing that is not saved; changes nothing."""
    form = CornersForm(request.POST, case=request.case)
    is_valid = form.is_valid()
    context = {"preview": _preview(request, form.shape if is_valid else None), "problem": ""}
    if not is_valid:
        context["problem"] = " ".join(str(e) for e in form.errors.get("corners", []))
    elif form.shape is not None:
        context["outline"] = geojson.geometry(form.shape)
    return render(request, "crime_mapping/_area_preview.html", context)


@require_POST
@case_view("areas.change")
def adopt_area(request: CaseRequest, area_id: uuid.UUID) -> HttpResponse:
    """Work with this version from now on."""
    area = _area(request, area_id)
    try:
        area = actions.adopt(area=area, actor=request.user)
        messages.success(request, f"{area.get_kind_display()} {area.number} is adopted. Later steps use it.")
    except actions.CannotChangeArea as refused:
        messages.error(request, str(refused))
    return redirect("crime_mapping:area", request.case.pk, area.pk)


@require_POST
@case_view("act.sign_area")
def sign_area(request: CaseRequest, area_id: uuid.UUID) -> HttpResponse:
    """Sign the target area for one's seat."""
    area = _area(request, area_id)
    own = [(s, policy.SEATS[s]) for s in areas.SIGNING_SEATS if s in request.seats]
    form = SignForm(request.POST, seats=own)
    if not form.is_valid():
        return render(request, "crime_mapping/area.html", _area_context(request, area, form), status=422)
    try:
        seat, remark = form.cleaned_data["seat"], form.cleaned_data["remark"]
        actions.sign(area=area, seat=seat, remark=remark, actor=request.user)
        messages.success(request, "Signed. Everybody on the team sees it.")
    except actions.CannotChangeArea as refused:
        messages.error(request, str(refused))
    return redirect("crime_mapping:area", request.case.pk, area.pk)


@case_view("areas.change")
def discard_area(request: CaseRequest, area_id: uuid.UUID) -> HttpResponse:
    """Throw an unsigned draft away; asked first."""
    area = _area(request, area_id)
    if request.method != "POST":
        return render(request, "crime_mapping/area_discard.html", {"area": area})
    try:
        actions.discard(area=area, actor=request.user)
        messages.success(request, "The draft is thrown away; its history stays.")
    except actions.CannotChangeArea as refused:
        messages.error(request, str(refused))
    return redirect("crime_mapping:areas", request.case.pk)
