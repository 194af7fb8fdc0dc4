"""What every form page of the families shares: who may meet whom, show the form, do the act, say so."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from callin.outreach import actions, selectors
from callin.outreach.models import Influential
from dmi.core.forms import succeeds
from dmi.core.requests import CaseRequest
from dmi.people.models import Player

REFUSALS = (
    actions.AlreadyLifted, actions.CannotVisit, actions.HasBeenContacted, actions.NoPair, actions.VisitClosed,
    actions.VisitOpen, actions.WrongSeat,
)  # fmt: skip


def player_within_reach(request: CaseRequest, player_id: uuid.UUID) -> Player:
    """The candidate, if this reader may meet the family; 404 else, as for a random id."""
    found = selectors.within_reach(request.case, request.user, request.can, request.seats)
    return get_object_or_404(found, pk=player_id)


def player_of_own_pair(request: CaseRequest, player_id: uuid.UUID) -> Player:
    """The candidate, if this reader is one of the visiting pair; 404 else."""
    found = selectors.in_pair_of(request.case, request.user, request.seats)
    return get_object_or_404(found, pk=player_id)


def influential_within_reach(request: CaseRequest, influential_id: uuid.UUID) -> Influential:
    """The influential person, if this reader may meet the family; 404 else."""
    rows = Influential.objects.for_case(request.case).select_related("player", "player__case")
    found = get_object_or_404(rows, pk=influential_id)
    player_within_reach(request, found.player_id)
    return found


def influential_of_own_pair(request: CaseRequest, influential_id: uuid.UUID) -> Influential:
    """The influential person, if this reader is one of the visiting pair; 404 else."""
    rows = Influential.objects.for_case(request.case).select_related("player", "player__case")
    found = get_object_or_404(rows, pk=influential_id)
    player_of_own_pair(request, found.player_id)
    return found


def page_of(player: Player) -> str:
    """The address of the candidate's page."""
    return reverse("outreach:player", args=[player.case_id, player.pk])


def form_page(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], *, heading: str, player: Player, done: str,
    sub: str = "", verb: str = "Save",
) -> HttpResponse:  # fmt: skip
    """The form on its own page; once it is valid and the act is done, to the candidate's page with a message."""
    back = page_of(player)
    if request.method == "POST" and form.is_valid() and succeeds(form, act, *REFUSALS):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "heading": heading, "sub": sub, "back": back, "verb": verb}
    return render(request, "outreach/form.html", context, status=422 if form.is_bound else 200)
