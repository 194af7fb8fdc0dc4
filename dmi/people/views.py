"""The list of players, one player, and what is known about the person."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people import actions, forms, selectors
from dmi.people.models import Person, Player
from dmi.people.stages import ON_THE_CALL_IN, Stage

PAGE_SIZE = 50
# Pages of the steps about one player: URL name, words, the right that opens it, and the stages it is about; none means
# every stage. Only those that resolve are offered.
PLAYER_PAGES: tuple[tuple[str, str, str, tuple[Stage, ...]], ...] = (
    ("incident_review:person", "Incident review", "police_contacts.view", ()),
    ("undercover:player", "Buys and readiness", "undercover_buys.view", ()),
    ("outreach:player", "Letter and family", "letters.view", ON_THE_CALL_IN),
    ("notification:notebook", "Offender notebook", "notebook_drafts.view", ON_THE_CALL_IN),
)


@case_view("player_list.view", "player_list.masked")
def list_players(request: CaseRequest) -> HttpResponse:
    """The players list; without the right to identities, numbers and stages only."""
    names = "player_list.view" in request.can
    stage, asked = request.GET.get("stage", ""), request.GET.get("q", "").strip() if names else ""
    found = selectors.find(request.case, asked)
    is_alike = bool(asked) and not found.exists()
    if is_alike:
        found = selectors.alike(request.case, asked)
    if stage in Stage.values:
        found = found.filter(stage=stage)
    page = Paginator(selectors.shown(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shows_names": names,
        "stages": Stage.choices,
        "stage": stage,
        "q": asked,
        "is_alike": is_alike,
        "overdue": selectors.overdue(request.case).count(),
    }
    return render(request, "people/list.html", context)


@case_view("player_list.view")
def show_player(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """One player: who it is, where he or she stands, every move, and the steps' pages about the player."""
    player = get_object_or_404(selectors.players(request.case), pk=player_id)
    return render(
        request,
        "people/player.html",
        {"player": player, "moves": selectors.moves(player), "pages": _pages(request, player)},
    )


def _pages(request: CaseRequest, player: Player) -> list[tuple[str, str]]:
    found = []
    for name, words, right, stages in PLAYER_PAGES:
        if right not in request.can or (stages and player.stage not in stages):
            continue
        try:
            found.append((reverse(name, args=(request.case.pk, player.pk)), words))
        except NoReverseMatch:
            continue
    return found


@case_view("player_list.change")
def name_player(request: CaseRequest) -> HttpResponse:
    """Put a new name on the list, with its written basis."""
    form = forms.NamePlayerForm(request.POST or None, case=request.case)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in forms.PERSON_FIELDS}
        player = actions.nominate(case=request.case, actor=request.user, basis=form.cleaned_data["basis"], **data)
        messages.success(request, f"{player.number} is on the list.")
        return redirect("people:player", request.case.pk, player.pk)
    numbers = Player.objects.for_case(request.case).filter(person__in=form.alike).select_related("person")
    return render(request, "people/name.html", {"form": form, "alike": numbers}, status=422 if form.is_bound else 200)


@case_view("player_list.change")
def edit_person(request: CaseRequest, person_id: uuid.UUID) -> HttpResponse:
    """Correct what the case knows about a person."""
    in_date = Q(player__isnull=True) | Q(player__review_by__gte=timezone.localdate(), player__merged_into__isnull=True)
    person = get_object_or_404(Person.objects.for_case(request.case).filter(in_date), pk=person_id)
    form = forms.PersonForm(request.POST or None, instance=person, case=request.case)
    if request.method == "POST" and form.is_valid():
        actions.correct_person(person=form.instance, actor=request.user)
        messages.success(request, "Saved.")
        return redirect("people:player", request.case.pk, person.player.pk)
    return render(request, "people/edit.html", {"form": form, "person": person}, status=422 if form.is_bound else 200)


@case_view("player_list.change")
def list_overdue(request: CaseRequest) -> HttpResponse:
    """Names whose basis must be looked at again before anybody sees them in the list."""
    page = Paginator(selectors.overdue(request.case), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "people/overdue.html", {"page": page})


@case_view("player_list.change")
def renew(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Look at an overdue basis again: confirm it in words, and the name returns to the list."""
    player = get_object_or_404(selectors.overdue(request.case), pk=player_id)
    form = forms.RenewForm(request.POST or None, instance=player, case=request.case)
    if request.method == "POST" and form.is_valid():
        basis = form.cleaned_data["basis"]
        actions.renew_review(player=player, actor=request.user, basis=basis, today=timezone.localdate())
        messages.success(request, f"{player.number} is back on the list.")
        return redirect("people:overdue", request.case.pk)
    return render(request, "people/renew.html", {"form": form, "player": player}, status=422 if form.is_bound else 200)
