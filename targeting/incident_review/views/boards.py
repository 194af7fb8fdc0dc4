"""The board of step 3b: what each office says, side by side."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people.models import Player
from targeting.incident_review import actions, forms, masks, passage, selectors
from targeting.incident_review.lines import FILTERS, Line
from targeting.incident_review.models import Criteria, PoliceRecommendation, ProsecutorDecision
from targeting.incident_review.sight import Sight, office_of, sight_of
from targeting.incident_review.views.shared import FORM_METHODS, form_page, player_of

PER_PAGE = 50


@require_GET
@case_view("assessments.view", "assessments.masked")
def show_board(request: CaseRequest) -> HttpResponse:
    """Who is prosecuted, who is called in; a masked reader sees numbers and where they stand."""
    criteria = selectors.criteria_in_force(request.case)
    lines = lines_for(request, criteria)
    sight, is_masked = sight_of(request.can, request.seats), "assessments.view" not in request.can
    show = request.GET.get("show", "")
    keep = FILTERS[show][1] if show in FILTERS and not is_masked else None
    page = Paginator([line for line in lines if keep is None or keep(line)], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "total": len(lines),
        "decided": sum(1 for line in lines if line.letter != "?"),
        "open": sum(1 for line in lines if line.row.is_open) if sight.sees_outcome else None,
        "chips": [] if is_masked else _chips(lines, sight, show),
        "show": show if keep else "",
        "split": _split(lines),
        "sight": sight,
        "counts_buys": any(line.counted for line in lines),
        "is_masked": is_masked,
        "criteria": criteria,
        "decline": selectors.federal_decline(request.case) if "federal" in sight.choices else None,
        "waiting": sum(1 for line in lines if line.is_hidden) if "act.decide_candidate" in request.can else 0,
        **({} if is_masked else _selected(request, lines, criteria)),
    }
    return render(request, "incident_review/board.html", context)


def lines_for(request: CaseRequest, criteria: Criteria | None) -> list[Line]:
    """The rows of the board as this reader sees them: names only once the criteria are fixed.

    For a prosecutor a name also waits for the own office's first look at the card without it. Cards stand last, by the
    card's number: their place among the names would say who each is.
    """
    sight, today = sight_of(request.can, request.seats), timezone.localdate()
    held_for = passage.days_under(criteria)
    may_name = "player_list.view" in request.can and criteria is not None
    office = office_of(request.seats) if "act.decide_candidate" in request.can else ""
    buys = selectors.buys_by_player(request.case, request.can)
    lines = [
        Line(
            row=row, sight=sight, may_name=may_name, office=office,
            passage=passage.standing(row.passage, today, held_for),
            card=masks.card_number(criteria, row.player) if criteria else "",
            counted=None if buys is None else buys.get(row.player.pk, selectors.Buys(0)),
        )
        for row in selectors.board(request.case)
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.is_hidden, line.card if line.is_hidden else ""))


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
        count = sum(1 for line in lines if line.letter == letter)
        if count:
            width = 100 * count / len(lines)
            parts.append({
                "letter": letter, "css": css, "count": count,
                "x": f"{start:.2f}%", "width": f"{max(width - 1, 1):.2f}%", "middle": f"{start + width / 2:.2f}%",
            })  # fmt: skip
            start += width
    return parts


def _selected(request: CaseRequest, lines: list[Line], criteria: Criteria | None) -> dict[str, Any]:
    """The panel beside the board: one row in full, with the form of the reader's own office."""
    chosen = next((line for line in lines if str(line.row.player.pk) == request.GET.get("person")), None)
    if chosen is None or chosen.is_hidden:
        return {}
    player = chosen.row.player
    answers = masks.answers(criteria, chosen.row, timezone.localdate())
    found: dict[str, Any] = {
        "chosen": chosen,
        "answers": answers,
        "met": sum(1 for answer in answers if answer.is_met),
        "unmet": sum(1 for answer in answers if answer.is_met is False),
        "changes": _changes(request, chosen),
        "is_on_path": player.stage == "candidate",
    }
    if player.stage in selectors.UNDER_DECISION and criteria is not None:
        if "act.decide_candidate" in request.can:
            found |= {"form": _decision_form(request, player), "form_url": "incident_review:decide"}
        elif "act.recommend_candidate" in request.can:
            found |= {"form": _recommendation_form(request, player), "form_url": "incident_review:recommend"}
    return found


def _changes(request: HttpRequest, chosen: Line) -> list[dict[str, Any]]:
    """How the opinions the reader may read moved: the first look, then each decision as it was recorded."""
    found = []
    for office in chosen.sight.words:
        look = chosen.row.passes.get(office)
        if look is not None:
            found.append({"office": office, "what": "look", "when": look.decided_at, "record": look})
        decision = chosen.row.decision_of(office)
        for past in decision.history.order_by("history_date") if decision else ():
            found.append({"office": office, "what": "decision", "when": past.decided_at, "record": past})
    return sorted(found, key=lambda entry: (entry["office"], entry["when"]))


def _board_url(request: CaseRequest, player: Player) -> str:
    return f"{reverse('incident_review:board', args=[request.case.pk])}?person={player.pk}"


def _recommendation_form(request: CaseRequest, player: Player) -> forms.RecommendationForm:
    found = PoliceRecommendation.objects.for_case(request.case).filter(player=player).first()
    return forms.RecommendationForm(
        request.POST or None, instance=found or PoliceRecommendation(player=player), case=request.case
    )


def _decision_form(request: CaseRequest, player: Player) -> forms.DecisionForm:
    office = office_of(request.seats)
    found = ProsecutorDecision.objects.for_case(request.case).filter(player=player, office=office).first()
    new = ProsecutorDecision(player=player, office=office)
    return forms.DecisionForm(request.POST or None, instance=found or new, case=request.case)


@require_http_methods(FORM_METHODS)
@case_view("act.recommend_candidate")
def recommend(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record what the police recommend."""
    player = player_of(request, player_id)
    form = _recommendation_form(request, player)

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.recommend(player=player, actor=request.user, **data)

    return _opinion_page(request, form, act, player, "Recommendation of the police")


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def decide(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record what the reader's office decides."""
    player = player_of(request, player_id)
    form = _decision_form(request, player)

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.decide(player=player, office=office_of(request.seats), actor=request.user, **data)

    return _opinion_page(request, form, act, player, "Decision of the prosecutor")


def _opinion_page(
    request: CaseRequest, form: forms.RecommendationForm, act: Any, player: Player, heading: str
) -> HttpResponse:
    if player.stage not in selectors.UNDER_DECISION:
        raise Http404
    return form_page(
        request, form, act, heading=heading, sub=player.number, back=_board_url(request, player), done="Recorded.",
        verb="Record",
    )  # fmt: skip
