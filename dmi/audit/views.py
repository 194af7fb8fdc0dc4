"""The audit page of a case: the whole log for the privacy officer, one's own trail for every other member."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from dmi.audit import actions as audit
from dmi.audit import exports, forms, selectors
from dmi.audit.models import ExportRequest
from dmi.audit.verbs import Verb
from dmi.cases.access import case_view
from dmi.core.paging import stretch

PER_PAGE = 50


def _filter_form(request: HttpRequest) -> forms.FilterForm:
    people = selectors.people_in(request.case)
    if selectors.WHOLE_LOG not in request.can:
        people = people.filter(pk=request.user.pk)
    return forms.FilterForm(request.GET, people=people)


@case_view("audit_log.view", "audit_log.view_own")
def log(request: HttpRequest) -> HttpResponse:
    """Events of the case, newest first."""
    form = _filter_form(request)
    events = selectors.trail(case=request.case, user=request.user, can=request.can)
    if form.is_valid():
        events = selectors.narrow(events, form.chosen(), str(request.case.time_zone))
    page = stretch(events, request.GET, PER_PAGE)
    if selectors.WHOLE_LOG in request.can:  # reading about others is an act of its own
        facts = {"filters": sorted(form.chosen()), "from": page.object_list[0].pk if page.object_list else None}
        audit.record(actor=request.user, verb=Verb.AUDIT_READ, case_id=request.case.pk, facts=facts, request=request)
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "is_whole": selectors.WHOLE_LOG in request.can,
        "may_export": "audit_log.export" in request.can,
        "seal": selectors.last_seal(),
    }
    return render(request, "audit/log.html", context)


@case_view("audit_log.export")
def ask_export(request: HttpRequest) -> HttpResponse:
    """Ask for the shown events as a file."""
    shown = _filter_form(request)
    chosen = shown.chosen() if shown.is_valid() else {}
    form = forms.ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        exports.ask(
            case=request.case, actor=request.user, reason=form.cleaned_data["reason"], filters=chosen, request=request
        )
        messages.success(request, "The export waits for a second privacy officer.")
        return redirect("audit:exports", request.case.pk)
    return render(request, "audit/ask_export.html", {"form": form, "chosen": chosen})


@case_view("audit_log.export")
def export_list(request: HttpRequest) -> HttpResponse:
    """Exports asked for and approved."""
    page = Paginator(selectors.export_requests(request.case), PER_PAGE).get_page(request.GET.get("page"))
    for wish in page.object_list:
        wish.is_open = exports.is_open(wish)
    return render(request, "audit/exports.html", {"page": page})


@require_POST
@case_view("audit_log.export")
def approve_export(request: HttpRequest, wish_id: uuid.UUID) -> HttpResponse:
    """Approve a colleague's export."""
    wish = get_object_or_404(ExportRequest, pk=wish_id, case_id=request.case.pk)
    try:
        exports.approve(wish=wish, actor=request.user, request=request)
    except exports.NeedsSecondPerson:
        messages.error(request, "A second privacy officer must approve your export.")
    except exports.ExportClosed:
        messages.error(request, "This export was approved before.")
    else:
        messages.success(request, "Approved. Your colleague can download the file for 24 hours.")
    return redirect("audit:exports", request.case.pk)


@require_GET
@case_view("audit_log.export")
def download_export(request: HttpRequest, wish_id: uuid.UUID) -> HttpResponse | StreamingHttpResponse:
    """The file, for whoever asked, within a day of the approval."""
    wish = get_object_or_404(ExportRequest, pk=wish_id, case_id=request.case.pk)
    try:
        rows = exports.take(wish=wish, case=request.case, actor=request.user, can=request.can, request=request)
    except exports.ExportClosed as closed:
        raise PermissionDenied from closed
    name = f"audit-{request.case.slug}-{wish.approved_at:%Y%m%d-%H%M}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(exports.lines(rows), content_type="text/csv; charset=utf-8", headers=headers)
