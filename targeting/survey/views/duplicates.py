"""Entries of the list that may be one person: look at them side by side, merge, tell apart, undo."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people import likeness, merging
from dmi.people.models import Player
from targeting.survey import forms, selectors
from targeting.survey.views.answering import FORM_METHODS, PER_PAGE

MERGE_HINT = "Which record, officer or document shows it. Merging can be undone."
APART_HINT = "Which record, officer or document shows it. The pair is not proposed again."


@require_GET
@case_view("player_list.change")
def list_pairs(request: CaseRequest) -> HttpResponse:
    """Pairs of entries that may be one person, and what was merged before."""
    page = Paginator(likeness.pairs(request.case), PER_PAGE).get_page(request.GET.get("page"))
    merged = likeness.mergers(request.case)[:PER_PAGE]
    return render(request, "survey/duplicates.html", {"page": page, "mergers": merged})


@require_GET
@case_view("player_list.change")
def show_pair(request: CaseRequest, player_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Two entries side by side, with both answers to give."""
    return _pair_page(request, _pair(request, player_id, other_id))


@require_http_methods(["POST"])
@case_view("player_list.change")
def merge(request: CaseRequest, player_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """It is one person: the second entry goes into the first."""
    kept, gone = _players(request, player_id, other_id)
    form = _reason(request, MERGE_HINT, "merge")
    if form.is_valid():
        try:
            merging.merge(kept=kept, gone=gone, reason=form.cleaned_data["reason"], actor=request.user)
        except merging.CannotMerge as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{gone.number} is part of {kept.number} now. You can undo this below.")
            return redirect("survey:duplicates", request.case.pk)
    return _pair_page(request, likeness.compare(kept, gone), merge_form=form)


@require_http_methods(["POST"])
@case_view("player_list.change")
def tell_apart(request: CaseRequest, player_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """They are two people."""
    one, other = _players(request, player_id, other_id)
    form = _reason(request, APART_HINT, "apart")
    if form.is_valid():
        merging.tell_apart(one=one, other=other, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, f"{one.number} and {other.number} are kept as two people.")
        return redirect("survey:duplicates", request.case.pk)
    return _pair_page(request, likeness.compare(one, other), apart_form=form)


@require_http_methods(FORM_METHODS)
@case_view("player_list.change")
def undo_merger(request: CaseRequest, merger_id: uuid.UUID) -> HttpResponse:
    """They are two people after all: each gets back what it had."""
    merger = get_object_or_404(likeness.mergers(request.case).filter(undone_at__isnull=True), pk=merger_id)
    label = f"Why {merger.gone.number} and {merger.kept.number} are two people after all"
    form = forms.ReasonForm(request.POST or None, label=label)
    if request.method == "POST" and form.is_valid():
        try:
            merging.undo(merger=merger, reason=form.cleaned_data["reason"], actor=request.user)
        except merging.CannotMerge as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{merger.gone.number} stands for itself again.")
            return redirect("survey:duplicates", request.case.pk)
    context = {"form": form, "heading": f"Undo the merger of {merger.gone.number}", "back": "survey:duplicates",
               "button": "Undo the merger"}  # fmt: skip
    return render(request, "survey/form.html", context, status=422 if form.is_bound else 200)


def _reason(request: HttpRequest, hint: str, prefix: str) -> forms.ReasonForm:
    data = request.POST if request.method == "POST" else None
    return forms.ReasonForm(data, label="How it is known", hint=hint, prefix=prefix)


def _players(request: CaseRequest, *keys: uuid.UUID) -> list[Player]:
    found = likeness.players_of(request.case, *keys)
    if len(found) != 2 or found[0].pk == found[1].pk:
        raise Http404
    return found


def _pair(request: CaseRequest, *keys: uuid.UUID) -> likeness.Pair:
    return likeness.compare(*_players(request, *keys))


def _pair_page(
    request: HttpRequest, pair: likeness.Pair, *, merge_form: forms.ReasonForm | None = None,
    apart_form: forms.ReasonForm | None = None,
) -> HttpResponse:  # fmt: skip
    is_bound = merge_form is not None or apart_form is not None
    context = {
        "pair": pair,
        "sides": [_side(player) for player in (pair.kept, pair.gone)],
        "merge_form": merge_form or forms.ReasonForm(label="How it is known", hint=MERGE_HINT, prefix="merge"),
        "apart_form": apart_form or forms.ReasonForm(label="How it is known", hint=APART_HINT, prefix="apart"),
    }
    return render(request, "survey/pair.html", context, status=422 if is_bound else 200)


def _side(player: Player) -> dict[str, object]:
    return {
        "player": player,
        "sources": selectors.sources_of(player),
        "said": list(selectors.nominations_of(player)[:10]),
    }
