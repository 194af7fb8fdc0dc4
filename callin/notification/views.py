"""Pages of the call-in: the binder with its candidates, one notebook as it would be printed."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from callin.notification import actions, selectors
from callin.notification.forms import ClearForm
from callin.notification.letters import binder
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people.models import Player

SEES_NOTEBOOKS = "notebook_drafts.view"
PER_PAGE = 50


@require_GET
@case_view(SEES_NOTEBOOKS, "notebooks.print", "act.print_binder")
def show_binder(request: CaseRequest) -> HttpResponse:
    """The candidates with their notebooks, the binder printed last, and what changed since."""
    found = binder.entries(request.case)
    printed = selectors.latest_binder(request.case)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "cleared": sum(entry.is_in for entry in found),
        "printed": printed,
        "run": printed.run if printed else None,
        "has_changed": bool(printed and printed.facts_hash != binder.facts_hash(found)),
        "shows_names": "player_list.view" in request.can,
        "shows_gaps": SEES_NOTEBOOKS in request.can or "notebooks.print" in request.can,
        "opens_notebooks": SEES_NOTEBOOKS in request.can,
    }
    return render(request, "notification/binder.html", context)


@require_POST
@case_view("act.print_binder")
def print_binder(request: CaseRequest) -> HttpResponse:
    """Print the binder: the run that stands, or, when asked, a further copy of what is cleared now."""
    try:
        printed = actions.print_binder(case=request.case, actor=request.user, again="again" in request.POST)
    except actions.CannotPrint as refused:
        messages.error(request, str(refused))
        return redirect("notification:binder", request.case.pk)
    return redirect(printed.run.get_absolute_url())


@require_GET
@case_view(SEES_NOTEBOOKS)
def show_notebook(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """One notebook as it would be printed now, with what is missing."""
    return _notebook_page(request, _candidate(request, player_id))


@require_POST
@case_view("act.clear_notebook")
def clear_notebook(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """The prosecutor clears exactly the notebook that was read."""
    player = _candidate(request, player_id)
    form = ClearForm(request.POST)
    if form.is_valid():
        try:
            actions.clear_notebook(player=player, actor=request.user, **form.cleaned_data)
        except actions.CannotClear as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The notebook of {player.number} is cleared. Somebody else prints it.")
            return redirect("notification:notebook", request.case.pk, player.pk)
    return _notebook_page(request, player, form)


def _candidate(request: CaseRequest, player_id: uuid.UUID) -> Player:
    return get_object_or_404(selectors.candidates(request.case), pk=player_id)


def _notebook_page(request: CaseRequest, player: Player, form: ClearForm | None = None) -> HttpResponse:
    entry = binder.entry_of(player)
    if form:  # what is read now is what a second try would clear
        data = request.POST.copy()
        data["facts_hash"] = entry.draft.facts_hash
        form.data = data
    context = {
        "entry": entry,
        "player": player,
        "notebook": entry.draft.facts,
        "form": form or ClearForm(initial={"facts_hash": entry.draft.facts_hash}),
        "changed": entry.changes,
        "may_clear": "act.clear_notebook" in request.can and not entry.draft.bars,
        "shows_warrant": "warrants.view" in request.can,
    }
    return render(request, "notification/notebook.html", context, status=422 if form else 200)
