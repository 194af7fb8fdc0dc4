"""Pages of an import: choose the file, match the columns, look at the check, import, undo."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from typing import Any

from defusedcsv import csv
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.audit import actions as audit
from dmi.audit.exports import FULL_WIDTH, HIDDEN
from dmi.audit.verbs import Verb
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import batches, runs, sources
from targeting.crime_mapping.forms.sources import CodeForm, ColumnsForm, FileForm, FixForm
from targeting.crime_mapping.intake.columns import FIELDS, left_out
from targeting.crime_mapping.intake.problems import FIXES
from targeting.crime_mapping.models import Category, ImportBatch, Source

FORM_METHODS = ["GET", "POST"]
SEE, CHANGE = ("import_batches.view_own", "import_batches.view"), "import_batches.change_own"
ON_A_PAGE = 25
ROWS_SHOWN = 20


@require_GET
@case_view(*SEE)
def list_imports(request: CaseRequest) -> HttpResponse:
    """Files this person sent, newest first, and how each came out."""
    found = selectors.batches.visible_batches(case=request.case, user=request.user, can=request.can)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "crime_mapping/imports.html", {"page": page})


@require_http_methods(FORM_METHODS)
@case_view(CHANGE)
def send_file(request: CaseRequest, source_id: uuid.UUID) -> HttpResponse:
    """Choose a file of a source; its check begins at once."""
    source = get_object_or_404(Source.objects.for_case(request.case), pk=source_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        batch = batches.receive(source=source, upload=sent, file_name=sent.name, actor=request.user)
        runs.start_check(batch=batch, actor=request.user, srid=form.cleaned_data["srid"])
        return redirect("crime_mapping:import", request.case.pk, batch.pk)
    context = {"form": form, "source": source}
    return render(request, "crime_mapping/import_file.html", context, status=422 if form.is_bound else 200)


@require_GET
@case_view(*SEE)
def show_import(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """What the check found, or how the import came out."""
    return render(request, "crime_mapping/import.html", _context(request, _batch(request, batch_id)))


@require_http_methods(FORM_METHODS)
@case_view(CHANGE)
def match_columns(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Say which column is what; the file is checked anew."""
    batch = _batch(request, batch_id)
    if batch.state in (ImportBatch.State.IMPORTED, ImportBatch.State.UNDONE):
        return redirect("crime_mapping:import", request.case.pk, batch.pk)
    form = ColumnsForm(request.POST or None, headings=batch.headings, found=batch.columns, srid=batch.srid)
    if request.method == "POST" and form.is_valid():
        runs.start_check(batch=batch, actor=request.user, columns=form.columns(), srid=form.cleaned_data["srid"])
        return redirect("crime_mapping:import", request.case.pk, batch.pk)
    context = {"form": form, "batch": batch}
    return render(request, "crime_mapping/import_columns.html", context, status=422 if form.is_bound else 200)


@require_POST
@case_view(CHANGE)
def choose_fix(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """One fix for all rows with a problem, or what a code counts as; the file is checked anew."""
    batch = _batch(request, batch_id)
    form = FixForm(request.POST)
    if "category" in request.POST:
        return _match_code(request, batch)
    if not form.is_valid():
        messages.error(request, "Choose one of the fixes.")
        return redirect("crime_mapping:import", request.case.pk, batch_id)

    def act(batch: ImportBatch) -> None:
        batches.choose_fix(batch=batch, actor=request.user, **form.cleaned_data)
        runs.start_check(batch=batch, actor=request.user, columns=batch.columns, srid=batch.srid)

    return _act(request, batch_id, act, "")


def _match_code(request: CaseRequest, batch: ImportBatch) -> HttpResponse:
    """The code counts in this category for the whole market; that needs the right to change counts."""
    form = CodeForm(request.POST)
    if "area_counts.change" not in request.can:
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, "Choose what the code counts as.")
        return redirect("crime_mapping:import", request.case.pk, batch.pk)

    def act(batch: ImportBatch) -> None:
        if batch.state not in (ImportBatch.State.CHECKED, ImportBatch.State.FAILED):
            raise batches.CannotImport("Only a checked file can be mended.")
        sources.match_code(case=request.case, actor=request.user, **form.cleaned_data)
        runs.start_check(batch=batch, actor=request.user, columns=batch.columns, srid=batch.srid)

    return _act(request, batch.pk, act, "")


@require_POST
@case_view(CHANGE)
def start_import(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Import the checked file."""
    return _act(request, batch_id, lambda batch: runs.start_import(batch=batch, actor=request.user), "")


@require_POST
@case_view(CHANGE)
def undo_import(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Take the import back whole."""
    return _act(
        request, batch_id, lambda batch: runs.tidy_after(batches.undo(batch=batch, actor=request.user)),
        "The import is undone. Its incidents are gone and what they had withdrawn counts again.",
    )  # fmt: skip


@require_POST
@case_view(CHANGE)
def throw_away(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Forget a file that was not imported."""
    batch = _batch(request, batch_id)
    try:
        batches.throw_away(batch=batch, actor=request.user)
    except batches.CannotImport as refused:
        messages.error(request, str(refused))
        return redirect("crime_mapping:import", request.case.pk, batch_id)
    messages.success(request, "The file is gone. Nothing of it was imported.")
    return redirect("crime_mapping:imports", request.case.pk)


@require_GET
@case_view("import_batches.export_own")
def take_rows(request: CaseRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """The rows that cannot be used and those that need a look, with the reasons, as a file to mend and send again."""
    batch = _batch(request, batch_id)
    audit.record(
        actor=request.user, verb=Verb.REPORTED_ROWS_TAKEN, case_id=request.case.pk, subject=batch,
        facts={"rows": batch.reported_rows.count()}, request=request,
    )  # fmt: skip
    answer = StreamingHttpResponse(_csv_lines(batch), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rows-{batch.pk}.csv"'
    return answer


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """The text itself."""
        return text


def _csv_lines(batch: ImportBatch) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(["Row", "Imported", "What is wrong", "Column", *batch.headings])
    reasons = {p["code"]: p["reason"] for p in batch.problems}
    found = batch.reported_rows.all().iterator(chunk_size=2_000)
    for number, alike in itertools.groupby(found, key=lambda row: row.row_number):
        rows = list(alike)
        words = "; ".join(reasons.get(row.reason, row.reason) for row in rows)
        first = rows[0]
        cells = [number, "yes, needs a look" if first.is_kept else "no", words, first.column, *first.cells]
        yield writer.writerow([HIDDEN.sub("", str(cell)).translate(FULL_WIDTH) for cell in cells])


def _batch(request: CaseRequest, batch_id: uuid.UUID) -> ImportBatch:
    found = selectors.batches.visible_batches(case=request.case, user=request.user, can=request.can)
    return get_object_or_404(found, pk=batch_id)


def _act(request: CaseRequest, batch_id: uuid.UUID, act: Any, done: str) -> HttpResponse:
    batch = _batch(request, batch_id)
    try:
        act(batch)
    except batches.CannotImport as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done)
    return redirect("crime_mapping:import", request.case.pk, batch_id)


def _offered(problem: dict[str, Any]) -> dict[str, Any]:
    """A group of equal problems with its fixes in words; the first fix is what happens anyway."""
    fixes = FIXES.get(problem["code"], ())
    return problem | {"offered": fixes, "chosen": dict(fixes).get(problem.get("fix", ""), "")}


def _context(request: CaseRequest, batch: ImportBatch) -> dict[str, Any]:
    used = {heading: FIELDS[name] for name, heading in batch.columns.items() if name in FIELDS}
    steps = ("Choose file", "Match columns", "Check", "Import")
    at = {"imported": 4, "undone": 4, "checked": 3}.get(batch.state, 2)
    return {
        "batch": batch,
        "job": batch.job if batch.job and batch.job.is_open else None,
        "failed_job": batch.job if batch.job and batch.job.state == "failed" else None,
        "columns": [(heading, used[heading]) for heading in batch.headings if heading in used],
        "left_out": left_out(batch.headings, batch.columns) if batch.columns else [],
        "problems": [_offered(problem) for problem in batch.problems],
        "ready": batch.imported - batch.need_a_look,
        "categories": [c for c in Category.choices if c[0] != Category.UNMATCHED],
        "rows": batch.reported_rows.filter(is_kept=False)[:ROWS_SHOWN],
        "to_take": batch.reported_rows.aggregate(n=Count("row_number", distinct=True))["n"],
        "may_change": CHANGE in request.can and batch.created_by_id == request.user.pk,
        "may_fix": CHANGE in request.can
        and batch.created_by_id == request.user.pk
        and batch.state == ImportBatch.State.CHECKED
        and not (batch.job and batch.job.is_open),
        "may_take": "import_batches.export_own" in request.can,
        "steps": [(n, words, "d" if n < at else "c" if n == at else "") for n, words in enumerate(steps, 1)],
    }
