"""Files and paper: a network comes in after a look, the chart goes out as a document."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import actions as documents
from targeting.link_analysis import forms, letters, moving, selectors
from targeting.link_analysis.models import Link, NetworkImport
from targeting.link_analysis.reading import NetworkProblem
from targeting.link_analysis.views.shared import FORM_METHODS, page_url, picked

PER_PAGE = 50


@require_http_methods(FORM_METHODS)
@case_view("link_chart.change")
def import_file(request: CaseRequest) -> HttpResponse:
    """Choose a file and say what its links are; it is read and shown before anything is on the chart."""
    sight = selectors.sight_of(request.can)
    form = forms.NetworkForm(request.POST or None, request.FILES or None, sight=sight)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = moving.check_file(
                case=request.case, name=file.name, content=file.read(), about=form.about, actor=request.user
            )
        except (NetworkProblem, moving.TooLarge) as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(page_url(request, "check", batch.pk))
    context = {"form": form, "imports": _visible_imports(request)}
    return render(request, "link_analysis/import.html", context, status=422 if form.is_bound else 200)


def _visible_imports(request: CaseRequest) -> list[NetworkImport]:
    return [batch for batch in selectors.imports(request.case)[:PER_PAGE] if _may_see(request, batch)]


def _may_see(request: CaseRequest, batch: NetworkImport) -> bool:
    return batch.about.get("record") != Link.Record.INTELLIGENCE or "intelligence.view" in request.can


def _batch(request: CaseRequest, batch_id: uuid.UUID) -> NetworkImport:
    found = get_object_or_404(NetworkImport.objects.for_case(request.case), pk=batch_id)
    return found if _may_see(request, found) else get_object_or_404(NetworkImport.objects.none())


@require_GET
@case_view("link_chart.change")
def show_check(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The dry run: what the file holds, who is on the chart already, who would be new."""
    batch = _batch(request, batch_id)
    found = moving.matches(batch)
    context = {
        "batch": batch,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "new": sum(match.is_new for match in found),
        "there": sum(not match.is_new for match in found),
        "about": _in_words(batch),
        "job": None if batch.committed_at else moving.job_of(batch),
    }
    return render(request, "link_analysis/check.html", context)


def _in_words(batch: NetworkImport) -> dict[str, str]:
    about = batch.about
    choices = {
        "kind": dict(Link.Kind.choices),
        "grade": dict(Link.Grade.choices),
        "record": dict(Link.Record.choices),
    }
    return {name: str(choices[name].get(about[name], about[name])) for name in choices}


@require_POST
@case_view("link_chart.change")
def commit_import(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Put the file's names and links on the chart; a large file in the background."""
    batch = _batch(request, batch_id)
    try:
        if len(batch.pairs) > moving.MANY_LINKS:
            moving.start_commit(batch=batch, actor=request.user)
            return redirect(page_url(request, "check", batch.pk))
        moving.commit(batch=batch, actor=request.user)
    except (moving.AlreadyDone, ValidationError) as error:
        messages.error(request, str(error) if isinstance(error, moving.AlreadyDone) else " ".join(error.messages))
        return redirect(page_url(request, "check", batch.pk))
    messages.success(request, f"{len(batch.pairs):,} links are on the chart.")
    return redirect(f"{page_url(request)}?reach=all")


@require_POST
@case_view("link_chart.change")
def undo_import(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Take what a file brought off the chart again."""
    try:
        moving.undo(batch=_batch(request, batch_id), actor=request.user)
    except moving.AlreadyDone as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The import is undone.")
    return redirect(page_url(request, "import"))


@require_POST
@case_view("link_chart.print")
def print_chart(request: CaseRequest) -> HttpResponse:
    """The part of the chart that is shown, as a numbered copy; the policy says whether a second person must agree."""
    case, today = request.case, timezone.localdate()
    whole = selectors.chart(case, selectors.sight_on_paper(request.can), today=today)
    part = picked(request, whole, request.POST)
    if part.form.errors or not part.chart.links or len(part.chart.nodes) > letters.MOST_DRAWN:
        messages.error(
            request,
            f"Choose a part of the chart with links that may be printed and at most {letters.MOST_DRAWN} entries.",
        )
        return redirect(page_url(request))
    spots = selectors.positions(case, whole, part.chart, selectors.sight_of(request.can))
    center = part.center.key if part.center and part.reach != "all" else ""
    facts = letters.link_chart(case, part.chart, spots, about=part.about, center=center, today=today)
    document = documents.issue(
        case=case, kind=letters.LINK_CHART, facts=facts, actor=request.user, key=letters.key_of(facts)
    )
    return redirect("documents:document", case.pk, document.pk)
