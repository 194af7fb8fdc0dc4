"""The board of step 3b: what each office says, side by side, and the list that comes of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases.access import case_view
from dmi.people.models import Player
from targeting.incident_review import actions, forms, selectors
from targeting.incident_review.models import (
    Assessment,
    PoliceRecommendation,
    ProsecutorDecision,
    Roster,
)
from targeting.incident_review.sight import Sight, office_of, sight_of
from targeting.incident_review.views.shared import FORM_METHODS, form_page, player_of

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board as this reader sees it."""

    row: selectors.BoardRow
    sight: Sight

    def _choice(self, opinion: ProsecutorDecision | None) -> str:
        return opinion.choice if opinion is not None and opinion.office in self.sight.choices else ""

    @property
    def local_choice(self) -> str:
        """The local prosecutor's choice; empty where none, or not for this reader."""
        return self._choice(self.row.local)

    @property
    def federal_choice(self) -> str:
        """The federal prosecutor's choice; empty where none, or not for this reader."""
        return self._choice(self.row.federal)

    @property
    def outcome(self) -> str:
        """Agree, differ or open; empty for a reader who may not compare."""
        return self.row.outcome if self.sight.sees_outcome else ""

    @property
    def local_words(self) -> str:
        """The local prosecutor's words, for those who may read them."""
        return self.row.local.words if self.row.local and "local" in self.sight.words else ""

    @property
    def federal_words(self) -> str:
        """The federal prosecutor's words, for those who may read them."""
        return self.row.federal.words if self.row.federal and "federal" in self.sight.words else ""


FILTERS = {
    "differ": ("Police and prosecutor differ", lambda line: line.outcome == "differ"),
    "open": ("Not decided", lambda line: line.row.list_letter == "?"),
    "violence": ("Violence history", lambda line: line.row.has_violence),
    "pending": ("Pending charges", lambda line: line.row.charges > 0),
    "street": (
        "Street level",
        lambda line: line.row.assessment is not None and line.row.assessment.level == Assessment.Level.STREET,
    ),
}


@require_GET
@case_view("assessments.view", "assessments.masked")
def show_board(request: HttpRequest) -> HttpResponse:
    """Who is prosecuted, who is called in; a masked reader sees numbers and where they stand."""
    sight = sight_of(request.can, request.seats)
    lines = [Line(row, sight) for row in selectors.board(request.case)]
    is_masked = "assessments.view" not in request.can
    show = request.GET.get("show", "")
    keep = FILTERS[show][1] if show in FILTERS and not is_masked else None
    page = Paginator([line for line in lines if keep is None or keep(line)], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "total": len(lines),
        "decided": sum(1 for line in lines if line.row.list_letter != "?"),
        "chips": [] if is_masked else _chips(lines, sight, show),
        "show": show if keep else "",
        "split": _split(lines),
        "sight": sight,
        "is_masked": is_masked,
        "shows_names": "player_list.view" in request.can,
        **({} if is_masked else _selected(request, lines)),
    }
    return render(request, "incident_review/board.html", context)


def _chips(lines: list[Line], sight: Sight, show: str) -> list[dict[str, Any]]:
    return [
        {"code": code, "words": words, "count": sum(1 for line in lines if fits(line)), "is_on": code == show}
        for code, (words, fits) in FILTERS.items()
        if code != "differ" or sight.sees_outcome
    ]


def _split(lines: list[Line]) -> list[dict[str, Any]]:
    """The bar over the board in percent: A, not decided, B; parts without anybody left out."""
    parts, start = [], 0.0
    for letter, css in (("A", "a"), ("?", "o"), ("B", "b")):
        count = sum(1 for line in lines if line.row.list_letter == letter)
        if count:
            width = 100 * count / len(lines)
            parts.append({
                "letter": letter, "css": css, "count": count,
                "x": f"{start:.2f}%", "width": f"{max(width - 1, 1):.2f}%", "middle": f"{start + width / 2:.2f}%",
            })  # fmt: skip
            start += width
    return parts


def _selected(request: HttpRequest, lines: list[Line]) -> dict[str, Any]:
    """The panel beside the board: one row in full, with the form of the reader's own office."""
    chosen = next((line for line in lines if str(line.row.player.pk) == request.GET.get("person")), None)
    if chosen is None:
        return {}
    found: dict[str, Any] = {"chosen": chosen}
    if chosen.row.player.stage in selectors.UNDER_DECISION:
        if "act.decide_candidate" in request.can:
            found |= {"form": _decision_form(request, chosen.row.player), "form_url": "incident_review:decide"}
        elif "act.recommend_candidate" in request.can:
            found |= {"form": _recommendation_form(request, chosen.row.player), "form_url": "incident_review:recommend"}
    return found


def _board_url(request: HttpRequest, player: Player) -> str:
    return f"{reverse('incident_review:board', args=[request.case.pk])}?person={player.pk}"


def _recommendation_form(request: HttpRequest, player: Player) -> forms.RecommendationForm:
    found = PoliceRecommendation.objects.for_case(request.case).filter(player=player).first()
    return forms.RecommendationForm(
        request.POST or None, instance=found or PoliceRecommendation(player=player), case=request.case
    )


def _decision_form(request: HttpRequest, player: Player) -> forms.DecisionForm:
    office = office_of(request.seats)
    found = ProsecutorDecision.objects.for_case(request.case).filter(player=player, office=office).first()
    new = ProsecutorDecision(player=player, office=office)
    return forms.DecisionForm(request.POST or None, instance=found or new, case=request.case)


@require_http_methods(FORM_METHODS)
@case_view("act.recommend_candidate")
def recommend(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record what the police recommend."""
    player = player_of(request, player_id)
    form = _recommendation_form(request, player)

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.recommend(player=player, actor=request.user, **data)

    return _opinion_page(request, form, act, player, "Recommendation of the police")


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def decide(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record what the reader's office decides."""
    player = player_of(request, player_id)
    form = _decision_form(request, player)

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.decide(player=player, office=office_of(request.seats), actor=request.user, **data)

    return _opinion_page(request, form, act, player, "Decision of the prosecutor")


def _opinion_page(request: HttpRequest, form: forms.CaseForm, act: Any, player: Player, heading: str) -> HttpResponse:
    if player.stage not in selectors.UNDER_DECISION:
        raise Http404
    return form_page(
        request,
        form,
        act,
        heading=heading,
        sub=player.number,
        back=_board_url(request, player),
        done="Recorded.",
        verb="Record",
    )


@require_GET
@case_view("call_in_roster.view", "call_in_roster.masked")
def show_roster(request: HttpRequest) -> HttpResponse:
    """The call-in list as it was frozen, beside the candidates of today."""
    roster = selectors.latest_roster(request.case)
    players = {player.number: player for player in selectors.candidates(request.case)}
    frozen = roster.numbers if roster else []
    context = {
        "roster": roster,
        "lines": [(number, players.get(number), number in frozen) for number in sorted({*frozen, *players})],
        "shows_names": "player_list.view" in request.can,
        "form": forms.FreezeForm(case=request.case) if "call_in_roster.change" in request.can else None,
        "may_sign": _may_sign(request, roster),
    }
    return render(request, "incident_review/roster.html", context)


def _may_sign(request: HttpRequest, roster: Roster | None) -> bool:
    rights = {"call_in_roster.change", "act.recommend_candidate"}
    waits = roster is not None and roster.countersigned_by_id is None
    return waits and roster.created_by_id != request.user.pk and bool(rights & request.can)


@require_http_methods(FORM_METHODS)
@case_view("call_in_roster.change")
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the call-in list as it stands."""
    form = forms.FreezeForm(request.POST or None, case=request.case)
    return form_page(
        request, form,
        lambda: actions.freeze_roster(case=request.case, actor=request.user, reason=form.cleaned_data["reason"]),
        heading="Freeze the call-in list", verb="Freeze",
        back=reverse("incident_review:roster", args=[request.case.pk]),
        done="The list is frozen. Somebody else must countersign it.",
    )  # fmt: skip


@require_POST
@case_view("call_in_roster.change", "act.recommend_candidate")
def countersign(request: HttpRequest, roster_id: uuid.UUID) -> HttpResponse:
    """Sign the frozen list as the second person."""
    roster = get_object_or_404(Roster.objects.for_case(request.case), pk=roster_id)
    try:
        actions.countersign_roster(roster=roster, actor=request.user)
    except actions.NotByYou as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Countersigned.")
    return redirect("incident_review:roster", request.case.pk)
