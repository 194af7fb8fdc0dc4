"""The board, the lock, the locked copies, and what is printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import actions as documents
from dmi.documents.kinds import DocumentKind
from planning.swot import actions, letters, selectors
from planning.swot.models import MOST_ON_ONE, Inventory, Item
from planning.swot.views.answering import board_url

PER_PAGE = 50


@case_view("planning_items.view")
def show_board(request: CaseRequest) -> HttpResponse:
    """The four quadrants with their items, the prompts, and what the lock still needs."""
    board = selectors.board_of(request.case, request.user)
    context = {
        "board": board,
        "today": timezone.localdate(),
        "may_post": "planning_items.change" in request.can and not board.is_locked,
        "may_answer": "planning_items.change" in request.can,
        "moderates": "act.manage_team" in request.can,
        "most_on_one": MOST_ON_ONE,
        "removed": _removed(request, board),
        "just_removed": request.GET.get("removed", ""),
    }
    return render(request, "swot/board.html", context)


def _removed(request: CaseRequest, board: selectors.Board) -> list[Item]:
    """Removed items this person may put back, newest first."""
    if board.inventory is None or board.is_locked:
        return []
    found = Item.objects.for_case(request.case).filter(inventory=board.inventory, removed_at__isnull=False)
    if "act.manage_team" not in request.can:
        found = found.filter(author=request.user)
    return list(found.order_by("-removed_at")[:20])


@case_view("planning_items.view")
def show_register(request: CaseRequest) -> HttpResponse:
    """Every response with its owner and date, the late ones marked."""
    board = selectors.board_of(request.case)
    page = Paginator(board.responses, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "board": board,
        "today": timezone.localdate(),
        "page": page,
        "rows": [(r, r.is_late(timezone.localdate())) for r in page],
        "may_answer": "planning_items.change" in request.can,
    }
    return render(request, "swot/register.html", context)


@case_view("act.manage_team")
def lock(request: CaseRequest) -> HttpResponse:
    """Freeze the board, after a look at what that means."""
    board = selectors.board_of(request.case)
    if board.inventory is None or board.is_locked:
        raise Http404
    if request.method == "POST":
        try:
            inventory = actions.lock(case=request.case, actor=request.user)
        except actions.HasGaps as error:
            return render(request, "swot/lock.html", {"board": board, "gaps": error.gaps}, status=422)
        messages.success(request, f"{inventory.name} locked.")
        return redirect(board_url(request))
    return render(request, "swot/lock.html", {"board": board, "gaps": board.gaps})


@require_POST
@case_view("act.manage_team")
def open_next(request: CaseRequest) -> HttpResponse:
    """Start another inventory beside the locked one."""
    inventory = actions.open_inventory(case=request.case, actor=request.user)
    messages.success(request, f"{inventory.name} is open.")
    return redirect(board_url(request))


@case_view("planning_items.view")
def show_inventory(request: CaseRequest, number: int) -> HttpResponse:
    """A locked inventory as it was frozen, and what changed since the one before."""
    found = get_object_or_404(Inventory.objects.for_case(request.case), number=number, locked_on__isnull=False)
    before = Inventory.objects.for_case(request.case).filter(number=number - 1).first()
    context: dict[str, Any] = {
        "inventory": found,
        "before": before,
        "changes": selectors.comparison(before.frozen, found.frozen) if before else [],
        "others": selectors.inventories(request.case),
    }
    return render(request, "swot/inventory.html", context)


@require_POST
@case_view("planning_items.print")
def print_board(request: CaseRequest) -> HttpResponse:
    """Print the SWOT analysis: the locked copy, or the board as it stands."""
    board = selectors.board_of(request.case)
    if board.inventory is None:
        raise Http404
    facts = letters.analysis(request.case, board.inventory, board, timezone.localdate())
    return _issue(request, letters.ANALYSIS, facts)


@require_POST
@case_view("planning_items.print")
def print_register(request: CaseRequest) -> HttpResponse:
    """Print the action register."""
    board = selectors.board_of(request.case)
    return _issue(request, letters.REGISTER, letters.register(request.case, board, timezone.localdate()))


def _issue(request: CaseRequest, kind: DocumentKind, facts: dict[str, Any]) -> HttpResponse:
    document = documents.issue(
        case=request.case, kind=kind, facts=facts, actor=request.user, key=letters.key_of(kind, facts)
    )
    return redirect("documents:document", request.case.pk, document.pk)
