"""One seat: what it is for, its records, the services it can carry, the prosecutor's terms."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from planning.team import actions, forms, selectors
from planning.team.models import Capacity, Protocol, Seat, SeatKind, SeatRecord
from planning.team.views.answering import form_page


def seat_row(request: CaseRequest, code: str) -> Seat:
    """The seat's row, made now when the process names the seat; 404 for any other code."""
    found = Seat.objects.for_case(request.case).filter(code=code).first()
    if found:
        return found
    if code not in selectors.ELEMENT_OF:
        raise Http404
    if request.method == "POST":
        return actions.open_seat(case=request.case, kind=code, actor=request.user)
    kind = SeatKind(code)
    return Seat(case=request.case, kind=kind, code=code, title=kind.label)


def seat_url(request: CaseRequest, code: str) -> str:
    """The address of the seat's page."""
    return reverse("team:seat", args=[request.case.pk, code])


@case_view("roster.view")
def show_seat(request: CaseRequest, code: str) -> HttpResponse:
    """One seat with everybody ever asked, what was signed, and its records."""
    view = selectors.team_of(request.case, timezone.localdate()).seat(code)
    if view is None:
        raise Http404
    is_services = view.kind == SeatKind.SERVICES and "services_catalogue.view" in request.can
    stated = selectors.capacities(request.case) if is_services else {}
    context = {
        "view": view,
        "seat": view.seat,
        "people": selectors.holders_of(view.seat) if view.seat else [],
        "may_change": "roster.change" in request.can,
        "sees_commitments": "agreements.view" in request.can,
        "may_commit": "agreements.change" in request.can,
        "sees_contacts": "community_contacts.view" in request.can,
        "may_contact": "community_contacts.change" in request.can,
        "capacities": [(kind, stated.get(kind.value)) for kind in Capacity.Kind] if is_services else [],
        "may_state": "services_catalogue.change" in request.can,
        "protocol": _protocol_line(request) if view.kind == SeatKind.PROSECUTOR else None,
    }
    return render(request, "team/seat.html", context)


def _protocol_line(request: CaseRequest) -> dict[str, object] | None:
    if not request.can & {"prosecutor_terms.view", "prosecutor_terms.masked"}:
        return None
    return {"found": selectors.protocol_of(request.case), "opens": "prosecutor_terms.view" in request.can}


@case_view("roster.change")
def describe_seat(request: CaseRequest, code: str) -> HttpResponse:
    """Say why the seat is needed, whom it speaks for, and what to watch."""
    seat = seat_row(request, code)
    form = forms.SeatForm(request.POST or None, instance=seat, case=request.case)
    return form_page(
        request, form, lambda: actions.describe_seat(seat=form.instance, actor=request.user),
        back=seat_url(request, code), heading=f"About the seat: {seat.title}", verb="Save", done="Saved.",
    )  # fmt: skip


@case_view("agreements.change")
def add_record(request: CaseRequest, code: str) -> HttpResponse:
    """Record a briefing, an acknowledgement or an agreement of this seat."""
    seat = seat_row(request, code)
    form = forms.SeatRecordForm(
        request.POST or None, case=request.case, kind=seat.kind,
        initial={"kind": request.GET.get("kind", SeatRecord.Kind.BRIEFING), "happened_on": timezone.localdate()},
    )  # fmt: skip
    return form_page(
        request, form, lambda: actions.add_record(record=form.instance, seat=seat, actor=request.user),
        back=seat_url(request, code), heading=f"Record for {seat.title}", verb="Record", done="Recorded.",
        sub="Briefings, agreements and acknowledgements count from their day, and until their end if they have one.",
        data_class="agreements",
    )  # fmt: skip


@case_view("services_catalogue.change")
def state_capacity(request: CaseRequest, kind: str) -> HttpResponse:
    """State places, bars and waiting time for one kind of help."""
    if kind not in Capacity.Kind.values:
        raise Http404
    found = Capacity.objects.for_case(request.case).filter(kind=kind).first() or Capacity(case=request.case, kind=kind)
    form = forms.CapacityForm(request.POST or None, instance=found, case=request.case)
    return form_page(
        request, form, lambda: actions.state_capacity(capacity=form.instance, actor=request.user),
        back=seat_url(request, SeatKind.SERVICES), heading=found.get_kind_display(), verb="State the capacity",
        sub="Say zero places when there are none: a hollow offer is worse than none.", done="The capacity is stated.",
        data_class="services_catalogue",
    )  # fmt: skip


@case_view("prosecutor_terms.view", concealed=True)
def show_protocol(request: CaseRequest) -> HttpResponse:
    """The prosecutor's terms in full."""
    return render(request, "team/protocol.html", {"protocol": selectors.protocol_of(request.case)})


@case_view("prosecutor_terms.change", concealed=True)
def edit_protocol(request: CaseRequest) -> HttpResponse:
    """Agree or change the terms on which cases are held."""
    if "prosecutor_terms.view" not in request.can:
        raise PermissionDenied
    found = selectors.protocol_of(request.case) or Protocol(case=request.case)
    form = forms.ProtocolForm(request.POST or None, instance=found, case=request.case)
    return form_page(
        request, form, lambda: actions.agree_protocol(protocol=form.instance, actor=request.user),
        back=reverse("team:show-protocol", args=[request.case.pk]), heading="Protocol on held cases",
        verb="Save the terms",
        sub="Work product of the prosecutor's office. The team sees only that it was agreed, and when.",
        done="The terms are recorded.", data_class="prosecutor_terms",
    )  # fmt: skip
