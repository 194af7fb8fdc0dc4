"""Other activity: surveillance, stops, cameras, with source and date."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people import selectors as persons
from dmi.people.models import Player
from targeting.undercover import actions, forms, selectors
from targeting.undercover.models import Observation
from targeting.undercover.views.parts import FORM_METHODS, form_page, url

PER_PAGE = 50


def named_player(request: CaseRequest, data: Mapping[str, Any]) -> Player | None:
    """The player a page or a print was narrowed to, by number."""
    number = str(data.get("player", "")).strip()
    return persons.players(request.case).filter(number__iexact=number).first() if number else None


@require_GET
@case_view("police_contacts.view")
def show_observations(request: CaseRequest) -> HttpResponse:
    """Observed activity, newest first; of one person if asked for by number."""
    player = named_player(request, request.GET)
    page = Paginator(selectors.observations(request.case, player), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "player": player, "asked": request.GET.get("player", "")}
    return render(request, "undercover/observations.html", context)


@require_http_methods(FORM_METHODS)
@case_view("police_contacts.change")
def add_observation(request: CaseRequest) -> HttpResponse:
    """Record observed activity."""
    player = named_player(request, request.GET)
    form = forms.ObservationForm(
        request.POST or None, instance=Observation(), case=request.case, initial={"player": player}
    )
    return form_page(
        request, form, lambda: actions.save_observation(observation=form.instance, actor=request.user),
        heading="Record activity", sub="Surveillance, a camera, a stop: with source and date.",
        back=url(request, "observations"), button="Record",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("police_contacts.change")
def edit_observation(request: CaseRequest, observation_id: uuid.UUID) -> HttpResponse:
    """Correct observed activity."""
    observation = get_object_or_404(selectors.observations(request.case), pk=observation_id)
    form = forms.ObservationForm(request.POST or None, instance=observation, case=request.case)
    return form_page(
        request, form, lambda: actions.save_observation(observation=form.instance, actor=request.user),
        heading="Correct activity", sub="What stood before is kept.", back=url(request, "observations"),
    )  # fmt: skip
