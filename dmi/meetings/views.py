"""Pages of meetings: list, page, editing, minutes, tasks, calendar entry and paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.access import case_view
from dmi.core.forms import STALE
from dmi.core.models import StaleRecord
from dmi.core.requests import CaseRequest
from dmi.meetings import actions, calendar, forms, selectors
from dmi.meetings.models import Meeting, Task

PER_PAGE = 50
READ, WRITE = "meetings.view", "meetings.change"


def _meeting(request: CaseRequest, meeting_id: uuid.UUID) -> Meeting:
    return get_object_or_404(Meeting.objects.for_case(request.case).select_related("case"), pk=meeting_id)


@require_GET
@case_view(READ)
def list_meetings(request: CaseRequest) -> HttpResponse:
    """Meetings of the market and what they left to do."""
    kind = request.GET.get("kind", "")
    page = Paginator(selectors.meetings(case=request.case, kind=kind), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "kind": kind, "kinds": Meeting.Kind.choices,
        "tasks": selectors.open_tasks(request.case)[:PER_PAGE],
        "now": timezone.now(), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


@require_GET
@case_view(READ)
def show_meeting(request: CaseRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """One meeting: agenda, who came, minutes, decisions, tasks."""
    return _page(request, _meeting(request, meeting_id))


def _page(request: CaseRequest, meeting: Meeting, status: int = 200, **forms_sent: Any) -> HttpResponse:
    context = {
        "meeting": meeting, "roll": selectors.roll_of(meeting, request.can), "today": timezone.localdate(),
        "decision_form": forms.DecisionForm(case=request.case, auto_id="decision_%s"),
        "task_form": forms.TaskForm(case=request.case, auto_id="task_%s"), **forms_sent,
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context, status=status)


@require_http_methods(["GET", "POST"])
@case_view(WRITE)
def add_meeting(request: CaseRequest) -> HttpResponse:
    """Plan a meeting."""
    return _edit(request, forms.MeetingForm(request.POST or None, case=request.case, can=request.can))


@require_http_methods(["GET", "POST"])
@case_view(WRITE)
def edit_meeting(request: CaseRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Change a meeting."""
    meeting = _meeting(request, meeting_id)
    return _edit(request, forms.MeetingForm(request.POST or None, instance=meeting, case=request.case, can=request.can))


def _edit(request: CaseRequest, form: forms.MeetingForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.save_meeting(meeting=form.instance, actor=request.user, **form.invited)
        except StaleRecord:
            form.add_error(None, STALE)
        else:
            messages.success(request, "Saved.")
            return redirect(meeting)
    return render(
        request, "meetings/edit.html", {"form": form, "is_new": form.instance._state.adding, "meeting": form.instance}
    )


@require_http_methods(["GET", "POST"])
@case_view(WRITE)
def record_minutes(request: CaseRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Write the minutes and tick who came."""
    meeting = _meeting(request, meeting_id)
    form = forms.MinutesForm(request.POST or None, instance=meeting, case=request.case, can=request.can)
    if request.method == "POST" and form.is_valid():
        came = [uuid.UUID(row) for row in form.cleaned_data["came"]]
        try:
            actions.record_minutes(
                meeting=meeting, actor=request.user, minutes=form.cleaned_data["minutes"], came=came, known=form.known
            )
        except StaleRecord:
            form.add_error(None, STALE)
        else:
            messages.success(request, "The minutes are on record.")
            return redirect(meeting)
    return render(request, "meetings/minutes.html", {"form": form, "meeting": meeting})


@require_POST
@case_view(WRITE)
def add_decision(request: CaseRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Record one decision."""
    meeting = _meeting(request, meeting_id)
    form = forms.DecisionForm(request.POST, case=request.case, auto_id="decision_%s")
    form.instance.meeting = meeting
    if not form.is_valid():
        return _page(request, meeting, 422, decision_form=form)
    actions.add_decision(meeting=meeting, actor=request.user, text=form.cleaned_data["text"])
    messages.success(request, "The decision is on record.")
    return redirect(meeting)


@require_POST
@case_view(WRITE)
def add_task(request: CaseRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Ask a seat to do something by a day."""
    meeting = _meeting(request, meeting_id)
    form = forms.TaskForm(request.POST, case=request.case, auto_id="task_%s")
    form.instance.meeting = meeting
    if not form.is_valid():
        return _page(request, meeting, 422, task_form=form)
    facts = {name: form.cleaned_data[name] for name in ("text", "owner_seat", "due_on")}
    actions.add_task(meeting=meeting, actor=request.user, **facts)
    messages.success(request, "The task is on the list.")
    return redirect(meeting)


def _task(request: CaseRequest, task_id: uuid.UUID) -> Task:
    """A task the person may settle: one of their own seat's, or any for whoever writes the minutes."""
    task = get_object_or_404(Task.objects.for_case(request.case).select_related("meeting", "case"), pk=task_id)
    if WRITE not in request.can and task.owner_seat not in request.seats:
        raise PermissionDenied
    return task


@require_POST
@case_view(READ)
def finish_task(request: CaseRequest, task_id: uuid.UUID) -> HttpResponse:
    """A task is done."""
    task = _task(request, task_id)
    try:
        actions.finish_task(task=task, actor=request.user)
    except actions.DoneAlready:
        messages.info(request, "This task was finished before.")
    else:
        messages.success(request, "Done.")
    return redirect(task.meeting)


@require_POST
@case_view(READ)
def reopen_task(request: CaseRequest, task_id: uuid.UUID) -> HttpResponse:
    """A task is not done after all."""
    task = _task(request, task_id)
    actions.reopen_task(task=task, actor=request.user)
    messages.success(request, "The task is open again.")
    return redirect(task.meeting)


@require_GET
@case_view(READ)
def take_calendar(request: CaseRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """The meeting as a calendar file without names or places."""
    meeting = _meeting(request, meeting_id)
    audit.record(
        actor=request.user, verb=Verb.CALENDAR_TAKEN, case_id=request.case.pk, subject=meeting, request=request
    )
    link = request.build_absolute_uri(meeting.get_absolute_url())
    response = HttpResponse(calendar.entry(meeting, link=link), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


@require_GET
@case_view("meetings.print")
def print_meeting(request: CaseRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Agenda and minutes for paper."""
    meeting = _meeting(request, meeting_id)
    audit.record(
        actor=request.user, verb=Verb.MEETING_PRINTED, case_id=request.case.pk, subject=meeting, request=request
    )
    roll = selectors.roll_of(meeting, frozenset())
    return render(request, "meetings/print.html", {"meeting": meeting, "roll": roll, "now": timezone.now()})
