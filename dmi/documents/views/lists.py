"""Lists of documents and of print runs, each showing only what the reader may know of."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import kinds, selectors
from dmi.documents.models import State

PAGE_SIZE = 50


@require_GET
@case_view("act.see_case")
def list_documents(request: CaseRequest) -> HttpResponse:
    """The case's documents of the kinds this reader may know of."""
    found = selectors.documents(request.case, request.can)
    used = set(found.order_by().values_list("kind", flat=True).distinct())
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    if kind in used:
        found = found.filter(kind=kind)
    if state in State.values:
        found = found.filter(state=state)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "runs": selectors.runs(request.case, request.can)[:5],
        "kinds": [(k.code, k.title) for k in kinds.every() if k.code in used],
        "kind": kind,
        "states": State.choices,
        "state": state,
        "overdue": selectors.copies(request.case, request.can, place="overdue").count(),
    }
    return render(request, "documents/pages/list.html", context)


@require_GET
@case_view("act.see_case")
def list_runs(request: CaseRequest) -> HttpResponse:
    """The case's print runs this reader may know of."""
    found = selectors.runs(request.case, request.can)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "documents/pages/runs.html", {"page": page})
