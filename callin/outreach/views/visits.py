"""Pages of element 6.5: planning and closing a visit, contacts afterwards, promised needs, printing."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from callin.outreach import actions, forms
from callin.outreach.models import FollowUp, Visit, VisitNeed
from callin.outreach.views import shared
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest

WRITES = "visit_log.change_own"
FORM = ["GET", "POST"]


@require_http_methods(FORM)
@case_view(WRITES)
def plan_visit(request: CaseRequest, influential_id: uuid.UUID) -> HttpResponse:
    """Plan the pair's visit to one person, or move the planned one."""
    person = shared.influential_of_own_pair(request, influential_id)
    known = Visit.objects.for_case(request.case).filter(influential=person, outcome="").first()
    visit = known or Visit(case=request.case, influential=person, language=person.language)
    form = forms.PlanForm(request.POST or None, instance=visit, case=request.case)
    act = actions.move_visit if known else actions.plan_visit
    return shared.form_page(
        request, form, lambda: act(visit=form.instance, actor=request.user),
        heading=f"Visit: {person}", player=person.player, done="The visit is planned.",
        sub="Always in twos. Nobody goes before safety was checked.", verb="Plan the visit",
    )  # fmt: skip


@require_http_methods(FORM)
@case_view(WRITES)
def record_visit(request: CaseRequest, visit_id: uuid.UUID) -> HttpResponse:
    """Record how a planned visit went."""
    visit = get_object_or_404(Visit.objects.for_case(request.case).filter(outcome=""), pk=visit_id)
    person = shared.influential_of_own_pair(request, visit.influential_id)
    form = forms.OutcomeForm(request.POST or None, instance=visit, case=request.case)
    return shared.form_page(
        request, form, lambda: actions.record_visit(visit=form.instance, actor=request.user),
        heading=f"How the visit went: {person}", player=person.player, done="The visit is on record.",
        sub="What was said stays with the pair and the coordinator.", verb="Record the visit",
    )  # fmt: skip


@require_http_methods(FORM)
@case_view(WRITES)
def record_follow_up(request: CaseRequest, influential_id: uuid.UUID) -> HttpResponse:
    """Record a contact after the visit."""
    person = shared.influential_of_own_pair(request, influential_id)
    row = FollowUp(case=request.case, influential=person)
    form = forms.FollowUpForm(
        request.POST or None, instance=row, case=request.case, initial={"contacted_on": timezone.localdate()}
    )
    return shared.form_page(
        request, form, lambda: actions.record_follow_up(follow_up=form.instance, actor=request.user),
        heading=f"Contact again: {person}", player=person.player, done="The contact is on record.",
        verb="Record the contact",
    )  # fmt: skip


@require_http_methods(FORM)
@case_view(WRITES)
def promise_need(request: CaseRequest, influential_id: uuid.UUID) -> HttpResponse:
    """Write down a ride, child care or another promise, with who arranges it."""
    person = shared.influential_of_own_pair(request, influential_id)
    need = VisitNeed(case=request.case, influential=person)
    form = forms.NeedForm(request.POST or None, instance=need, case=request.case)
    return shared.form_page(
        request, form, lambda: actions.promise_need(need=form.instance, actor=request.user),
        heading=f"Promised to: {person}", player=person.player, done="The promise is on record.",
        sub="So that they can come to the call-in. A promise without a name behind it is not made.",
        verb="Record the promise",
    )  # fmt: skip


@require_POST
@case_view(WRITES)
def meet_need(request: CaseRequest, need_id: uuid.UUID) -> HttpResponse:
    """What was promised is arranged."""
    need = get_object_or_404(VisitNeed.objects.for_case(request.case), pk=need_id)
    person = shared.influential_of_own_pair(request, need.influential_id)
    actions.meet_need(need=need, on=timezone.localdate(), actor=request.user)
    messages.success(request, f"{need.get_kind_display()}: arranged.")
    return redirect(shared.page_of(person.player))


@require_POST
@case_view("visit_log.print")
def print_visits(request: CaseRequest) -> HttpResponse:
    """Print the plan and a sheet for each pair, in one press."""
    try:
        run = actions.print_visits(case=request.case, actor=request.user)
    except actions.NothingToPrint as refused:
        messages.error(request, str(refused))
        return redirect("outreach:visits", request.case.pk)
    return redirect(run.get_absolute_url())
