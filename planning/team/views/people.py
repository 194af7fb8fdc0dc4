"""The people on a seat: asked, answered, committed, gone."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from planning.team import actions, forms
from planning.team.models import Holder, PrivateContact
from planning.team.views.answering import form_page
from planning.team.views.seats import seat_row, seat_url


def _holder(request: CaseRequest, holder_id: uuid.UUID) -> Holder:
    return get_object_or_404(Holder.objects.for_case(request.case).select_related("seat"), pk=holder_id)


@case_view("roster.change")
def invite(request: CaseRequest, code: str) -> HttpResponse:
    """Ask somebody to sit on the seat."""
    seat = seat_row(request, code)
    form = forms.HolderForm(request.POST or None, case=request.case, kind=seat.kind)
    return form_page(
        request, form, lambda: actions.invite(holder=form.instance, seat=seat, actor=request.user),
        back=seat_url(request, code), heading=f"Ask somebody: {seat.title}", verb="Record the invitation",
        sub="The team sees the name and the work contact of everybody on the roster.",
        done="The invitation is recorded.",
    )  # fmt: skip


@case_view("roster.change")
def edit_holder(request: CaseRequest, holder_id: uuid.UUID) -> HttpResponse:
    """Correct a roster entry."""
    holder = _holder(request, holder_id)
    form = forms.HolderForm(request.POST or None, instance=holder, case=request.case, kind=holder.seat.kind)
    return form_page(
        request, form, lambda: actions.correct_holder(holder=form.instance, actor=request.user),
        back=seat_url(request, holder.seat.code), heading="Correct the roster entry", verb="Save", done="Saved.",
    )  # fmt: skip


@case_view("roster.change")
def record_answer(request: CaseRequest, holder_id: uuid.UUID) -> HttpResponse:
    """Record what the person answered."""
    holder = _holder(request, holder_id)
    form = forms.AnswerForm(request.POST or None, instance=holder, case=request.case)
    return form_page(
        request, form, lambda: actions.record_answer(holder=form.instance, actor=request.user),
        back=seat_url(request, holder.seat.code), heading=f"Answer of {holder.full_name}", verb="Record the answer",
        done="The answer is recorded.",
    )  # fmt: skip


@case_view("roster.change")
def record_departure(request: CaseRequest, holder_id: uuid.UUID) -> HttpResponse:
    """Record that the person leaves; the board asks for a successor from then on."""
    holder = _holder(request, holder_id)
    if holder.answer != Holder.Answer.ACCEPTED:
        raise Http404
    form = forms.DepartureForm(
        request.POST or None, instance=holder, case=request.case,
        initial={"left_on": holder.left_on or timezone.localdate()},
    )  # fmt: skip
    return form_page(
        request, form, lambda: actions.record_departure(holder=form.instance, actor=request.user),
        back=seat_url(request, holder.seat.code), heading=f"{holder.full_name} leaves the team",
        verb="Record the departure", done="The departure is recorded. Print the handover pack for the successor.",
        sub="An account is closed by an administrator; this page only frees the seat.",
    )  # fmt: skip


@case_view("agreements.change")
def record_commitment(request: CaseRequest, holder_id: uuid.UUID) -> HttpResponse:
    """Record that the commitment letter came back signed."""
    holder = _holder(request, holder_id)
    if not holder.sits_on(timezone.localdate()):
        raise Http404
    form = forms.CommitmentForm(request.POST or None, case=request.case, initial={"signed_on": timezone.localdate()})
    return form_page(
        request, form, lambda: actions.record_commitment(commitment=form.instance, holder=holder, actor=request.user),
        back=seat_url(request, holder.seat.code), heading=f"Signed commitment of {holder.full_name}",
        verb="Record the commitment", done="The commitment is recorded.", data_class="agreements",
    )  # fmt: skip


@case_view("community_contacts.change")
def keep_contact(request: CaseRequest, holder_id: uuid.UUID) -> HttpResponse:
    """Keep how to reach a community-side holder; police and prosecutors do not see it."""
    holder = _holder(request, holder_id)
    if not holder.seat.hides_contacts:
        raise Http404
    found = PrivateContact.objects.for_case(request.case).filter(holder=holder).first()
    form = forms.PrivateContactForm(
        request.POST or None, instance=found or PrivateContact(case=request.case), case=request.case
    )
    return form_page(
        request, form, lambda: actions.keep_contact(contact=form.instance, holder=holder, actor=request.user),
        back=seat_url(request, holder.seat.code), heading=f"How to reach {holder.full_name}", verb="Save",
        sub="Stays with the community side and the coordinator.", done="Saved.", data_class="community_contacts",
    )  # fmt: skip
