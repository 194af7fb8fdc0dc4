"""One document or one print run: its page, its file, a further copy, the second person, withdrawing it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import actions, forms, kinds, paper, selectors, sending
from dmi.documents.models import Document, Issued, PrintRun

LEDGER = ("ledgers.view",)


def _document(request: CaseRequest, document_id: uuid.UUID) -> Document:
    return get_object_or_404(selectors.documents(request.case, request.can), pk=document_id)


def _run(request: CaseRequest, run_id: uuid.UUID) -> PrintRun:
    return get_object_or_404(selectors.runs(request.case, request.can), pk=run_id)


@require_GET
@case_view("act.see_case")
def show_document(request: CaseRequest, document_id: uuid.UUID) -> HttpResponse:
    """One document: where it stands, its copy, who was handed the file."""
    document = _document(request, document_id)
    return render(request, "documents/pages/document.html", {"document": document} | _about(request, document))


@require_GET
@case_view("act.see_case")
def show_run(request: CaseRequest, run_id: uuid.UUID) -> HttpResponse:
    """One print run: its progress, its parts as far as the reader may know of them, its file."""
    run = _run(request, run_id)
    known = selectors.classes_for(request.can)
    parts = run.parts.select_related("document", "document__job").filter(document__label_class__in=known)
    rows = [(part, selectors.may_see(part.document, request.can)) for part in parts]
    context = {"run": run, "parts": rows, "hidden": run.parts.count() - len(rows)}
    context |= _about(request, run) | selectors.readiness(run)
    return render(request, "documents/pages/run.html", context)


@require_GET
@case_view("act.see_case")
def run_progress(request: CaseRequest, run_id: uuid.UUID) -> HttpResponse:
    """How many documents of the run are ready; the page asks each second until the file stands."""
    run = _run(request, run_id)
    context = {"run": run, "may_print": selectors.may_print(run, request.can)} | selectors.readiness(run)
    return render(request, "documents/pages/_run_progress.html", context)


@require_GET
@case_view("act.see_case")
def download_document(request: CaseRequest, document_id: uuid.UUID) -> HttpResponseBase:
    """The document's file, recorded in the ledger."""
    return _hand_out(request, _document(request, document_id))


@require_GET
@case_view("act.see_case")
def download_run(request: CaseRequest, run_id: uuid.UUID) -> HttpResponseBase:
    """The run's one file, recorded in the ledger."""
    return _hand_out(request, _run(request, run_id))


@require_POST
@case_view("act.see_case")
def approve_document(request: CaseRequest, document_id: uuid.UUID) -> HttpResponse:
    """The second named person agrees to the print of a document."""
    return _approve(request, _document(request, document_id))


@require_POST
@case_view("act.see_case")
def approve_run(request: CaseRequest, run_id: uuid.UUID) -> HttpResponse:
    """The second named person agrees to the print of a whole run."""
    return _approve(request, _run(request, run_id))


@require_POST
@case_view("act.see_case")
def issue_again(request: CaseRequest, document_id: uuid.UUID) -> HttpResponse:
    """A further numbered copy of the same document."""
    document = _document(request, document_id)
    try:
        further = actions.copy_again(document=document, actor=request.user)
    except actions.FactsRefused as refused:
        messages.error(request, str(refused))
        return redirect(document)
    messages.success(request, f"Copy {further.copy_number} is being made.")
    return redirect(further)


@require_POST
@case_view("act.see_case")
def run_again(request: CaseRequest, run_id: uuid.UUID) -> HttpResponse:
    """A further numbered copy of a whole run, of the very same documents."""
    run = _run(request, run_id)
    try:
        further = actions.run_again(run=run, actor=request.user)
    except actions.FactsRefused as refused:
        messages.error(request, str(refused))
        return redirect(run)
    messages.success(request, f"Copy {further.copy_number} is being made.")
    return redirect(further)


@require_http_methods(["GET", "POST"])
@case_view("act.see_case")
def withdraw_document(request: CaseRequest, document_id: uuid.UUID) -> HttpResponse:
    """Say why a document is not handed out any more."""
    return _withdraw(request, _document(request, document_id))


@require_http_methods(["GET", "POST"])
@case_view("act.see_case")
def withdraw_run(request: CaseRequest, run_id: uuid.UUID) -> HttpResponse:
    """Say why a run is not handed out any more."""
    return _withdraw(request, _run(request, run_id))


def _about(request: CaseRequest, printed: Issued) -> dict[str, Any]:
    """What both pages show, as far as the reader may see it."""
    may_print = selectors.may_print(printed, request.can)
    sees_ledger = may_print or bool(set(LEDGER) & request.can)
    return {
        "may_see": selectors.may_see(printed, request.can),
        "may_print": may_print,
        "may_issue": _may_issue(request, printed),
        "may_approve": may_print and printed.awaits_second and printed.created_by_id != request.user.pk,
        "ledger": selectors.ledger(printed)[:20] if sees_ledger else None,
        "copy": getattr(printed, "paper", None),
    }


def _may_issue(request: CaseRequest, printed: Issued) -> bool:
    if isinstance(printed, PrintRun):
        return (actions.BINDER_RIGHT if printed.is_binder else f"{printed.label_class}.print") in request.can
    try:
        return kinds.get(printed.kind).right_to_issue in request.can
    except kinds.UnknownKind:
        return False


def _hand_out(request: CaseRequest, printed: Issued) -> HttpResponseBase:
    try:
        paper.deliver(printed=printed, actor=request.user, request=request)
    except paper.MayNotPrint:
        _record_denial(request, printed)
        raise
    except paper.NotDeliverable as reason:
        messages.error(request, str(reason))
        return redirect(printed)
    return sending.response(printed)


def _record_denial(request: CaseRequest, printed: Issued) -> None:
    facts = {"right": f"{printed.label_class}.print", "copy": printed.copy_number}
    audit.record(
        actor=request.user, verb=Verb.ACCESS_DENIED, case_id=request.case.pk, subject=printed, outcome="denied",
        facts=facts, request=request,
    )  # fmt: skip


def _approve(request: CaseRequest, printed: Issued) -> HttpResponse:
    paper.approve(printed=printed, actor=request.user)
    messages.success(request, "Your agreement is recorded. The file can be downloaded now.")
    return redirect(printed)


def _withdraw(request: CaseRequest, printed: Issued) -> HttpResponse:
    if not _may_issue(request, printed):
        raise PermissionDenied
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paper.withdraw(printed=printed, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Withdrawn. Copies already on paper are in the register.")
        return redirect(printed)
    context = {"form": form, "printed": printed}
    return render(request, "documents/pages/withdraw.html", context, status=422 if form.is_bound else 200)
