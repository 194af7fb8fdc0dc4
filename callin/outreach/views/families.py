"""Pages of element 6.0: people around a candidate, searches, the pair, the release of the name."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from callin.outreach import actions, forms, selectors
from callin.outreach.models import FamilySearch, Influential, VisitingPair
from callin.outreach.views import shared
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest

WRITES = ("influentials.change", "influentials.change_own")
FORM = ["GET", "POST"]


@require_http_methods(FORM)
@case_view(*WRITES)
def add_influential(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Add somebody the candidate listens to."""
    player = shared.player_within_reach(request, player_id)
    person = Influential(case=request.case, player=player)
    return _influential_page(request, person, heading=f"Add a person for {player.number}")


@require_http_methods(FORM)
@case_view(*WRITES)
def edit_influential(request: CaseRequest, influential_id: uuid.UUID) -> HttpResponse:
    """Correct what is recorded about one of them."""
    person = shared.influential_within_reach(request, influential_id)
    is_stopped = selectors.known(person, timezone.localdate()).is_stopped
    if is_stopped and "safety_flags.view" not in request.can:
        raise PermissionDenied  # whoever may not know why there is a stop does not get the address either
    return _influential_page(request, person, heading=f"Correct: {person}")


def _influential_page(request: CaseRequest, person: Influential, *, heading: str) -> HttpResponse:
    form = forms.InfluentialForm(request.POST or None, instance=person, case=request.case)
    return shared.form_page(
        request, form, lambda: actions.save_influential(influential=form.instance, actor=request.user),
        heading=heading, player=person.player, done="The person is on record.", verb="Save this person",
        sub="Only what a visit needs. This person is not a subject of the case.",
    )  # fmt: skip


@require_POST
@case_view(*WRITES)
def remove_influential(request: CaseRequest, influential_id: uuid.UUID) -> HttpResponse:
    """Take off somebody who was entered by mistake."""
    person = shared.influential_within_reach(request, influential_id)
    try:
        actions.remove_influential(influential=person, actor=request.user)
        messages.success(request, "The entry is gone; the history keeps who removed it.")
    except actions.HasBeenContacted as refused:
        messages.error(request, str(refused))
    return redirect(shared.page_of(person.player))


@require_http_methods(FORM)
@case_view(*WRITES)
def record_search(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record that one kind of tie was looked for."""
    player = shared.player_within_reach(request, player_id)
    search = FamilySearch(case=request.case, player=player)
    form = forms.SearchForm(request.POST or None, instance=search, case=request.case)
    return shared.form_page(
        request, form, lambda: actions.record_search(search=form.instance, actor=request.user),
        heading=f"A search for {player.number}", player=player, done="The search is on record.",
        sub="Where nobody can be found, the search itself is the record.", verb="Record the search",
    )  # fmt: skip


@require_http_methods(FORM)
@case_view("act.assign_visits")
def assign_pair(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Say which two visit for the candidate, and by when."""
    player = get_object_or_404(selectors.called_in(request.case), pk=player_id)
    known = VisitingPair.objects.for_case(request.case).filter(player=player).first()
    pair = known or VisitingPair(case=request.case, player=player)
    form = forms.PairForm(request.POST or None, instance=pair, case=request.case)
    return shared.form_page(
        request, form, lambda: actions.assign_pair(pair=form.instance, actor=request.user),
        heading=f"The pair that visits for {player.number}", player=player, done="The pair is named.",
        sub="The neighbor learns the name once the prosecutor releases it. Another neighbor needs a new release.",
        verb="Name this pair",
    )  # fmt: skip


@require_POST
@case_view("act.release_name")
def release_name(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """The prosecutor releases the name to the pair's neighbor, or takes the release back."""
    pair = get_object_or_404(VisitingPair.objects.for_case(request.case).select_related("player"), player=player_id)
    if "withdraw" in request.POST:
        actions.hold_name_back(pair=pair, actor=request.user)
        messages.success(request, f"The name of {pair.player.number} is held back again.")
    else:
        actions.release_name(pair=pair, actor=request.user)
        messages.success(request, f"The pair's neighbor may now know who {pair.player.number} is.")
    return redirect(shared.page_of(pair.player))
