"""The audit page of a case: the whole log for the privacy officer, one's own trail for every other member."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from dmi.audit import actions as audit
from dmi.audit import exports, forms, selectors
from dmi.audit.models import ExportRequest
from dmi.audit.verbs import Verb
from dmi.cases.access import case_view
from dmi.core.paging import stretch
from dmi.core.requests import CaseRequest

PER_PAGE = 50
# Kinds of record that may leave as a file with a second person's approval.
EXPORTS = ("audit_log.export", "link_chart.export")


def _filter_form(request: CaseRequest) -> forms.FilterForm:
    people = selectors.people_in(request.case)
    if selectors.WHOLE_LOG not in request.can:
        people = people.filter(pk=request.user.pk)
    return forms.FilterForm(request.GET, people=people)


@case_view("audit_log.view", "audit_log.view_own")
def log(request: CaseRequest) -> HttpResponse:
    """Events of the case, newest first."""
    form = _filter_form(request)
    events = selectors.trail(case=request.case, user=request.user, can=request.can)
    if form.is_valid():
        events = selectors.narrow(events, form.chosen(), str(request.case.time_zone))
    page = stretch(selectors.shown(events), request.GET, PER_PAGE)
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


def _wish(request: CaseRequest, wish_id: uuid.UUID) -> ExportRequest:
    mine = selectors.export_requests(request.case, exports.kinds_for(request.can))
    return get_object_or_404(mine, pk=wish_id)


def _asked_for(request: CaseRequest) -> tuple[exports.Kind, dict[str, Any]]:
    """The kind of file and the filters named in the address; raises Http404 for a kind the member may not take."""
    kind = exports.kinds_for(request.can).get(request.GET.get("kind", exports.AUDIT_LOG.code))
    if kind is None:
        raise Http404
    if kind is not exports.AUDIT_LOG:
        return kind, {}
    shown = _filter_form(request)
    return kind, shown.chosen() if shown.is_valid() else {}


@case_view(*EXPORTS)
def ask_export(request: CaseRequest) -> HttpResponse:
    """Ask for records as a file: the events shown in the log, or what another page offers."""
    kind, chosen = _asked_for(request)
    form = forms.ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        exports.ask(
            case=request.case, kind=kind, actor=request.user, reason=form.cleaned_data["reason"], filters=chosen,
            request=request,
        )  # fmt: skip
        messages.success(request, "The export waits for a second person who may take out the same records.")
        return redirect("audit:exports", request.case.pk)
    context = {"form": form, "kind": kind, "is_log": kind is exports.AUDIT_LOG, "chosen": chosen}
    return render(request, "audit/ask_export.html", context)


@case_view(*EXPORTS)
def export_list(request: CaseRequest) -> HttpResponse:
    """Exports asked for and approved, of the kinds this member may take."""
    kinds = exports.kinds_for(request.can)
    page = Paginator(selectors.export_requests(request.case, kinds), PER_PAGE).get_page(request.GET.get("page"))
    for wish in page.object_list:
        wish.is_open, wish.title = exports.is_open(wish), kinds[wish.kind].title
    return render(request, "audit/exports.html", {"page": page})


@require_POST
@case_view(*EXPORTS)
def approve_export(request: CaseRequest, wish_id: uuid.UUID) -> HttpResponse:
    """Approve a colleague's export."""
    try:
        exports.approve(wish=_wish(request, wish_id), actor=request.user, request=request)
    except exports.NeedsSecondPerson:
        messages.error(request, "Somebody else who may take out these records must approve your export.")
    except exports.ExportClosed:
        messages.error(request, "This export was approved before.")
    else:
        messages.success(request, "Approved. Your colleague can download the file for 24 hours.")
    return redirect("audit:exports", request.case.pk)


@require_GET
@case_view(*EXPORTS)
def download_export(request: CaseRequest, wish_id: uuid.UUID) -> StreamingHttpResponse:
    """The file, for whoever asked, within a day of the approval."""
    wish = _wish(request, wish_id)
    try:
        taken = exports.take(wish=wish, case=request.case, actor=request.user, can=request.can, request=request)
    except exports.ExportClosed as closed:
        raise PermissionDenied from closed
    kind = exports.KINDS[wish.kind]
    name = f"{kind.code.replace('_', '-')}-{request.case.slug}-{wish.approved_at:%Y%m%d-%H%M}.{kind.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(taken.lines, content_type=kind.content_type, headers=headers)
