"""Who was asked, who is to be reminded, who declined."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.survey import actions, forms, selectors
from targeting.survey.models import Ask
from targeting.survey.views.answering import FORM_METHODS, MAY_WRITE, PER_PAGE, form_page, groups_open_to, only

STATES = (("due", "To be reminded"), ("waiting", "Waiting"), ("answered", "Answered"), ("declined", "Declined"))


@require_GET
@case_view("officer_survey.view", "officer_survey.view_own")
def list_asks(request: CaseRequest) -> HttpResponse:
    """Officers who were asked; a seat that sees its own only, those it asked."""
    group, state = request.GET.get("group", ""), request.GET.get("state", "")
    today = timezone.localdate()
    mine = only(request, "officer_survey.view")
    found = selectors.ask_rows(request.case, today=today, group=group, state=state, only_of=mine)
    due = set(selectors.ask_rows(request.case, today=today, state="due", only_of=mine).values_list("pk", flat=True))
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "group": group,
        "state": state,
        "groups": Ask.Group.choices,
        "states": STATES,
        "due": due,
        "is_narrowed": group or state,
    }
    return render(request, "survey/campaign.html", context)


@require_http_methods(FORM_METHODS)
@case_view(*MAY_WRITE)
def add_asks(request: CaseRequest) -> HttpResponse:
    """Write down who was asked."""
    start = {"group": request.GET.get("group", "")}
    form = forms.AskForm(request.POST or None, groups=tuple(groups_open_to(request)), initial=start)
    if request.method == "POST" and form.is_valid():
        asked = actions.ask_officers(case=request.case, actor=request.user, **form.cleaned_data)
        known = len(form.cleaned_data["officers"]) - len(asked)
        said = f"{len(asked)} written down as asked."
        messages.success(request, said + (f" {known} had been asked already." if known else ""))
        return redirect("survey:campaign", request.case.pk)
    return form_page(request, form, "Who was asked to answer", back="survey:campaign")


@require_http_methods(FORM_METHODS)
@case_view(*MAY_WRITE)
def remind(request: CaseRequest, ask_id: uuid.UUID) -> HttpResponse:
    """Write down that an officer was reminded."""
    ask = _ask(request, ask_id)
    form = forms.RemindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remind(ask=ask, actor=request.user, **form.cleaned_data)
        except actions.AskIsClosed as closed:
            form.add_error(None, str(closed))
        else:
            messages.success(request, "Reminder recorded.")
            return redirect("survey:campaign", request.case.pk)
    return form_page(request, form, f"Reminder to {ask.officer_name}", back="survey:campaign")


@require_http_methods(FORM_METHODS)
@case_view(*MAY_WRITE)
def decline(request: CaseRequest, ask_id: uuid.UUID) -> HttpResponse:
    """Write down why an officer will not answer."""
    ask = _ask(request, ask_id)
    form = forms.DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(ask=ask, actor=request.user, reason=form.cleaned_data["reason"])
        except actions.AskIsClosed as closed:
            form.add_error(None, str(closed))
        else:
            messages.success(request, "Written down.")
            return redirect("survey:campaign", request.case.pk)
    return form_page(request, form, f"{ask.officer_name} will not answer", back="survey:campaign")


def _ask(request: CaseRequest, pk: uuid.UUID) -> Ask:
    mine = only(request, "officer_survey.view")
    return get_object_or_404(selectors.asks(request.case, only_of=mine), pk=pk)
