"""The register of copies: who has which sheet of paper, and how it ended."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import paper, selectors
from dmi.documents.forms import MoveForm
from dmi.documents.models import Copy

PAGE_SIZE = 50
BUTTONS = {
    "handed": "Hand over",
    "returned": "Take back",
    "destroyed": "Record as destroyed",
    "lost": "Report as lost",
}


@require_GET
@case_view("act.see_case")
def list_copies(request: CaseRequest) -> HttpResponse:
    """All numbered copies on paper this reader may know of; overdue ones first if asked."""
    place = request.GET.get("place", "")
    found = selectors.copies(request.case, request.can, place=place)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "place": place,
        "places": [*Copy.Place.choices, ("overdue", "Overdue")],
        "overdue": selectors.copies(request.case, request.can, place="overdue").count(),
    }
    return render(request, "documents/pages/copies.html", context)


@require_GET
@case_view("act.see_case")
def show_copy(request: CaseRequest, copy_id: uuid.UUID) -> HttpResponse:
    """One copy: who has it, and every hand it went through."""
    copy = _copy(request, copy_id)
    keeps = selectors.may_keep_register(copy.printed, request.can)
    moves = [(to.value, BUTTONS[to.value]) for to in Copy.Place if to in paper.MOVES[Copy.Place(copy.place)]]
    context = {"copy": copy, "moves": moves if keeps else [], "chain": selectors.chain(copy)}
    return render(request, "documents/pages/copy.html", context)


@require_http_methods(["GET", "POST"])
@case_view("act.see_case")
def move_copy(request: CaseRequest, copy_id: uuid.UUID, to: str) -> HttpResponse:
    """Record that a copy was handed over, returned, destroyed or lost."""
    copy = _copy(request, copy_id)
    if not selectors.may_keep_register(copy.printed, request.can):
        raise PermissionDenied
    if to not in paper.MOVES[Copy.Place(copy.place)]:
        raise Http404
    form = MoveForm(request.POST or None, instance=copy, case=request.case, to=to)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.cleaned_data if name not in ("version", "since_on")}
        on = form.cleaned_data["since_on"]
        paper.move(copy=form.instance, to=to, actor=request.user, on=on, **given)
        messages.success(request, "Recorded.")
        return redirect("documents:copy", request.case.pk, copy.pk)
    context = {"form": form, "copy": copy, "to": to, "button": BUTTONS[to]}
    return render(request, "documents/pages/move.html", context, status=422 if form.is_bound else 200)


def _copy(request: CaseRequest, copy_id: uuid.UUID) -> Copy:
    return get_object_or_404(selectors.copies(request.case, request.can), pk=copy_id)
