"""The alarms of a market, for its privacy officer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from dmi.audit import alarms
from dmi.audit.forms import AcknowledgeForm
from dmi.audit.models import Alarm
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest

PER_PAGE = 50


@require_GET
@case_view("act.acknowledge_alarm")
def list_alarms(request: CaseRequest) -> HttpResponse:
    """What waits, then what was acknowledged, newest first."""
    found = alarms.for_auditor(request.case)
    page = Paginator(found.exclude(acknowledged_at=None), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "open": [_row(request, alarm) for alarm in found.open()[:PER_PAGE]],
        "page": page,
        "over": [_row(request, alarm) for alarm in page.object_list],
    }
    return render(request, "audit/alarms.html", context)


@case_view("act.acknowledge_alarm")
def acknowledge(request: CaseRequest, alarm_id: uuid.UUID) -> HttpResponse:
    """One alarm, and the form that says what was found and done."""
    alarm = get_object_or_404(alarms.for_auditor(request.case), pk=alarm_id)
    row = _row(request, alarm)
    if request.method == "POST" and not row["is_mine"]:
        raise PermissionDenied
    form = AcknowledgeForm(request.POST or None) if row["is_mine"] else None
    if form and request.method == "POST" and form.is_valid():
        how = {"role": alarms.AUDITOR, "reason": form.cleaned_data["reason"], "request": request}
        try:
            alarms.acknowledge(alarm=alarm, actor=request.user, **how)
            messages.success(request, "Acknowledged.")
            return redirect("audit:alarms", request.case.pk)
        except alarms.NotYours:
            form.add_error("reason", alarms.TOO_LATE)
    context = {"row": row, "alarm": alarm, "form": form}
    return render(request, "audit/alarm.html", context, status=422 if form and form.is_bound else 200)


def _row(request: CaseRequest, alarm: Alarm) -> dict[str, object]:
    is_mine = alarms.may_acknowledge(alarm, request.user, alarms.AUDITOR)
    return {"alarm": alarm, "kind": alarms.KINDS[alarm.kind], "is_mine": is_mine}
