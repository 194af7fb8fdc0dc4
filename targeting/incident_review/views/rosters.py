"""The call-in list, the checks before it, its make-up; and the cases of those prosecuted now."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people.stages import Stage
from targeting.incident_review import actions, composition, forms, passage, selectors
from targeting.incident_review.models import HandOff, ResidentShares, Roster, SafePassage
from targeting.incident_review.views.shared import FORM_METHODS, form_page, player_of

PER_PAGE = 50


def _url(request: CaseRequest, page: str) -> str:
    return reverse(f"incident_review:{page}", args=[request.case.pk])


@require_GET
@case_view("call_in_roster.view", "call_in_roster.masked")
def show_roster(request: CaseRequest) -> HttpResponse:
    """The call-in list as it was frozen, beside the candidates of today, with each one's safe passage."""
    versions = selectors.roster_versions(request.case)
    latest = list(versions[:PER_PAGE])
    roster = latest[0] if latest else None
    may_change = {"call_in_roster.change", "act.decide_candidate"} <= request.can
    context = {
        "roster": roster,
        "versions": latest,
        "number": versions.count(),
        "page": Paginator(_lines(request, roster), PER_PAGE).get_page(request.GET.get("page")),
        "shows_names": "player_list.view" in request.can and "call_in_roster.view" in request.can,
        "shows_passage": "assessments.view" in request.can,
        "may_check": "assessments.change" in request.can,
        "may_change": may_change,
        "form": forms.FreezeForm(case=request.case) if "call_in_roster.change" in request.can else None,
        "may_sign": _may_sign(request, roster),
        "check_days": passage.days(request.case),
    }
    return render(request, "incident_review/roster.html", context)


def _lines(request: CaseRequest, roster: Roster | None) -> list[dict[str, Any]]:
    today, held_for = timezone.localdate(), passage.days(request.case)
    rows = {row.player.number: row for row in selectors.board(request.case)}
    players = {player.number: player for player in selectors.candidates(request.case)}
    frozen = roster.numbers if roster else []
    return [
        {
            "number": number,
            "player": players.get(number),
            "is_frozen": number in frozen,
            "passage": passage.standing(rows[number].passage if number in rows else None, today, held_for),
            "check": rows[number].passage if number in rows else None,
        }
        for number in sorted({*frozen, *players})
    ]


def _may_sign(request: CaseRequest, roster: Roster | None) -> bool:
    rights = {"call_in_roster.change", "act.recommend_candidate"}
    if roster is None or roster.countersigned_by_id is not None:
        return False
    return roster.created_by_id != request.user.pk and bool(rights & request.can)


@require_http_methods(FORM_METHODS)
@case_view("call_in_roster.change")
def freeze(request: CaseRequest) -> HttpResponse:
    """Freeze the call-in list as it stands."""
    form = forms.FreezeForm(request.POST or None, case=request.case)
    return form_page(
        request, form,
        lambda: actions.freeze_roster(case=request.case, actor=request.user, reason=form.cleaned_data["reason"]),
        heading="Freeze the call-in list", verb="Freeze", back=_url(request, "roster"),
        done="The list is frozen. Somebody else must countersign it.",
    )  # fmt: skip


@require_POST
@case_view("call_in_roster.change", "act.recommend_candidate")
def countersign(request: CaseRequest, roster_id: uuid.UUID) -> HttpResponse:
    """Sign the frozen list as the second person."""
    roster = get_object_or_404(Roster.objects.for_case(request.case), pk=roster_id)
    try:
        actions.countersign_roster(roster=roster, actor=request.user)
    except actions.NotByYou as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Countersigned.")
    return redirect("incident_review:roster", request.case.pk)


@require_http_methods(FORM_METHODS)
@case_view("call_in_roster.change")
def add_to_roster(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Put a candidate decided later onto the frozen list."""
    return _change(request, player_id, actions.add_to_roster, "Add to the call-in list")


@require_http_methods(FORM_METHODS)
@case_view("call_in_roster.change")
def remove_from_roster(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Take a player off the frozen list."""
    return _change(request, player_id, actions.remove_from_roster, "Take off the call-in list")


def _change(request: CaseRequest, player_id: uuid.UUID, action: Any, heading: str) -> HttpResponse:
    player = player_of(request, player_id)
    form = forms.ReasonForm(request.POST or None)
    return form_page(
        request, form, lambda: action(player=player, reason=form.cleaned_data["reason"], actor=request.user),
        heading=heading, sub=player.number, verb=heading, back=_url(request, "roster"),
        done="The list has a new version. Somebody else must countersign it.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def check_passage(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record a safe-passage check of a candidate."""
    player = player_of(request, player_id)
    form = forms.PassageForm(request.POST or None, instance=SafePassage(player=player), case=request.case)
    return form_page(
        request, form, lambda: actions.check_passage(check=form.instance, actor=request.user),
        heading="Safe passage", sub=f"{player.number}. A check holds {passage.days(request.case)} days.",
        back=_url(request, "roster"), done="Recorded.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def override_passage(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Say why an open safe-passage check does not hold up the list."""
    player = player_of(request, player_id)
    form = forms.ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: actions.override_passage(player=player, because=form.cleaned_data["reason"], actor=request.user),
        heading="Set the safe-passage check aside", sub=player.number, verb="Set it aside",
        back=_url(request, "roster"), done="Set aside, with your reason.",
    )  # fmt: skip


@require_GET
@case_view("composition.view", "composition.aggregate")
def show_composition(request: CaseRequest) -> HttpResponse:
    """The make-up of the list beside all reviewed and the residents; totals only for those who get totals."""
    hides = "composition.view" not in request.can
    sheet = composition.composition(request.case, timezone.localdate(), hides_small=hides)
    return render(request, "incident_review/composition.html", {"sheet": sheet})


@require_http_methods(FORM_METHODS)
@case_view("area_counts.change")
def enter_residents(request: CaseRequest) -> HttpResponse:
    """Enter how the residents of the area divide."""
    form = forms.ResidentsForm(request.POST or None, instance=ResidentShares(), case=request.case)
    back = "composition" if {"composition.view", "composition.aggregate"} & request.can else "board"
    return form_page(
        request, form, lambda: actions.save_residents(shares=form.instance, actor=request.user),
        heading="Residents of the area", sub="Shares from the census or the city, for comparison with the list.",
        back=_url(request, back), done="Saved.",
    )  # fmt: skip


@require_GET
@case_view("player_list.view", concealed=True)
def show_tracker(request: CaseRequest) -> HttpResponse:
    """Those prosecuted now by name, and how far each case has come; who reads dockets alone does not get it."""
    if "pending_charges.view" not in request.can:
        raise Http404
    rows = [row for row in selectors.board(request.case) if row.player.stage in (Stage.PROSECUTE, Stage.CHARGED)]
    call_in = timezone.localdate(request.case.call_in_at) if request.case.call_in_at else None
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, _is_late(row.hand_off, call_in)) for row in page],
        "charged": sum(1 for row in rows if row.hand_off and row.hand_off.is_charged),
        "call_in": call_in,
    }
    return render(request, "incident_review/tracker.html", context)


def _is_late(hand_off: HandOff | None, call_in: date | None) -> bool:
    """Whether the arrest came after the call-in, or has not come although the call-in is over."""
    if hand_off is None or call_in is None:
        return False
    return (hand_off.arrested_on or timezone.localdate()) > call_in


@require_http_methods(FORM_METHODS)
@case_view("pending_charges.change")
def hand_over(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record the case of somebody prosecuted now."""
    if "player_list.view" not in request.can:
        raise Http404
    player = player_of(request, player_id)
    found = HandOff.objects.for_case(request.case).filter(player=player).first()
    form = forms.HandOffForm(request.POST or None, instance=found or HandOff(player=player), case=request.case)
    return form_page(
        request, form, lambda: actions.save_hand_off(hand_off=form.instance, actor=request.user),
        heading="Case for prosecution", sub=player.number, back=_url(request, "tracker"), done="Saved.",
    )  # fmt: skip
