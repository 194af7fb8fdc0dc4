"""Pages of step 5: the engagement plan, planning an item, saying what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from community.mobilization import actions, forms, selectors
from community.mobilization.models import Engagement
from dmi.cases.access import case_view
from dmi.core.forms import CaseForm, succeeds
from dmi.core.requests import CaseRequest
from dmi.meetings import selectors as meetings

PER_PAGE = 50
READ, WRITE = "meetings.view", "meetings.change"
FORM = ["GET", "POST"]


@require_GET
@case_view(READ)
def show_plan(request: CaseRequest) -> HttpResponse:
    """Who reaches which audience by when, who was asked, which meetings come, what was promised."""
    audience = request.GET.get("audience", "")
    found = selectors.groups(request.case)
    page = Paginator(selectors.plan(request.case, audience), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "rows": [(item, item.is_late(today)) for item in page.object_list],
        "page": page,
        "groups": found,
        "chips": _chips(request, found, audience),
        "audience": audience,
        "held": selectors.held_in_area(request.case),
        "coming": meetings.coming(case=request.case, now=timezone.now())[:5],
        "tasks": meetings.open_tasks(request.case)[:PER_PAGE],
        "today": today,
        "counts_people": bool({"community_contacts.view", "community_contacts.masked"} & request.can),
    }
    return render(request, "mobilization/plan.html", context)


def _chips(request: CaseRequest, found: list[selectors.Group], audience: str) -> list[dict[str, Any]]:
    here = reverse(selectors.PAGE, args=[request.case.pk])
    chips = [{"words": "All", "url": here, "is_here": not audience, "count": sum(row.planned for row in found)}]
    for row in found:
        code = row.audience.value
        url = f"{here}?audience={code}"
        chips.append({"words": row.audience.label, "url": url, "is_here": audience == code, "count": row.planned})
    return chips


@require_http_methods(FORM)
@case_view(WRITE)
def add_engagement(request: CaseRequest) -> HttpResponse:
    """Put something on the plan."""
    form = forms.EngagementForm(request.POST or None, instance=Engagement(case=request.case), case=request.case)
    return _form_page(request, form, actions.plan_engagement, heading="Plan to reach people", done="It is on the plan.")


@require_http_methods(FORM)
@case_view(WRITE)
def edit_engagement(request: CaseRequest, engagement_id: uuid.UUID) -> HttpResponse:
    """Change something that is not done yet."""
    item = _open_item(request, engagement_id)
    form = forms.EngagementForm(request.POST or None, instance=item, case=request.case)
    return _form_page(request, form, actions.plan_engagement, heading="Change the plan", done="The plan is changed.")


@require_http_methods(FORM)
@case_view(WRITE)
def finish_engagement(request: CaseRequest, engagement_id: uuid.UUID) -> HttpResponse:
    """Say when it was done and what came of it."""
    item = _open_item(request, engagement_id)
    form = forms.DoneForm(request.POST or None, instance=item, case=request.case)
    return _form_page(request, form, actions.finish_engagement, heading=f"Done: {item}", done="It is done.")


def _open_item(request: CaseRequest, engagement_id: uuid.UUID) -> Engagement:
    return get_object_or_404(Engagement.objects.for_case(request.case).filter(done_on__isnull=True), pk=engagement_id)


def _form_page(
    request: CaseRequest, form: CaseForm, act: Callable[..., object], *, heading: str, done: str
) -> HttpResponse:
    if (
        request.method == "POST"
        and form.is_valid()
        and succeeds(form, lambda: act(engagement=form.instance, actor=request.user), actions.AlreadyDone)
    ):
        messages.success(request, done)
        return redirect(selectors.PAGE, request.case.pk)
    context = {"form": form, "heading": heading}
    return render(request, "mobilization/form.html", context, status=422 if form.is_bound else 200)
