"""The two reading pages of step 6: the plan of visits by candidate, and one candidate's family page."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from callin.outreach import selectors
from callin.outreach.sight import sight_of
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people.models import Player

PER_PAGE = 50


@require_GET
@case_view("visit_log.view", "visit_log.view_own", "visit_log.masked")
def show_visits(request: CaseRequest) -> HttpResponse:
    """The plan by candidate, what comes first on top; those who may not know the codes get totals only."""
    sight = sight_of(request.can, request.seats)
    players = sight.plan_of(request.case, request.user)
    found = selectors.circles(request.case, players, timezone.localdate())
    found.sort(key=lambda circle: (circle.next_on is None, circle.next_on, circle.player.number))
    state = request.GET.get("state", "")
    shown = [circle for circle in found if not state or circle.state == state]
    context = {
        "page": Paginator(shown if sight.lists_codes else [], PER_PAGE).get_page(request.GET.get("page")),
        "chips": _chips(request, found, state) if sight.lists_codes else [],
        "total": len(found),
        "visited": sum(circle.is_visited for circle in found),
        "coming": sum(circle.coming for circle in found),
        "states": selectors.STATES,
        "state": state,
        "sight": sight,
        "shows_names": "player_list.view" in request.can,
    }
    return render(request, "outreach/visits.html", context)


def _chips(request: CaseRequest, found: list[selectors.Circle], state: str) -> list[dict[str, Any]]:
    here = reverse("outreach:visits", args=[request.case.pk])
    chips = [{"words": "All", "url": here, "is_here": not state, "count": len(found)}]
    for code, words in selectors.STATES.items():
        count = sum(circle.state == code for circle in found)
        if count:
            chips.append({"words": words, "url": f"{here}?state={code}", "is_here": state == code, "count": count})
    return chips


@require_GET
@case_view("letters.view", "influentials.view", "influentials.view_own")
def show_player(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """One candidate: letter, people with influence, safety, visits, what is missing, each part as far as allowed."""
    sight = sight_of(request.can, request.seats)
    player = _player(request, player_id)
    is_mine = selectors.in_pair_of(request.case, request.user, request.seats).filter(pk=player.pk).exists()
    meets_family = selectors.within_reach(request.case, request.user, request.can, request.seats)
    sees_family = meets_family.filter(pk=player.pk).exists()
    if not sees_family and "letters.view" not in request.can:
        raise Http404
    context = {
        "player": player,
        "circle": selectors.circle_of(player, timezone.localdate()),
        "sight": sight,
        "sees_family": sees_family,
        "shows_name": "player_list.view" in request.can or (is_mine and "community" in request.seats),
        "sees_letter": "letters.view" in request.can or is_mine,
        "reads_visits": "visit_log.view" in request.can or is_mine,
        "writes_visits": is_mine and "visit_log.change_own" in request.can,
        "writes_family": sees_family and bool({"influentials.change", "influentials.change_own"} & request.can),
        "writes_safety": sees_family and "safety_flags.change" in request.can,
    }
    return render(request, "outreach/player.html", context)


def _player(request: CaseRequest, player_id: uuid.UUID) -> Player:
    return get_object_or_404(selectors.called_in(request.case).select_related("person", "case"), pk=player_id)
