"""The readiness board, partners the team adds, and go or no-go."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from planning.team import actions, forms, selectors
from planning.team.views.answering import form_page


@case_view("roster.view")
def show_board(request: CaseRequest) -> HttpResponse:
    """Every seat and how it stands, what turnover asks for, and whether it is go."""
    team = selectors.team_of(request.case, timezone.localdate())
    sees_planning = "planning_items.view" in request.can
    context = {
        "team": team,
        "may_change": "roster.change" in request.can,
        "sees_commitments": "agreements.view" in request.can,
        "sees_planning": sees_planning,
        "decisions": selectors.decisions(request.case) if sees_planning else [],
        "tables": [("Core seats", team.core), ("Wider seats", team.wider)],
    }
    return render(request, "team/board.html", context)


@case_view("roster.change")
def add_partner(request: CaseRequest) -> HttpResponse:
    """Add a partner the process does not name."""
    form = forms.PartnerForm(request.POST or None, case=request.case)
    return form_page(
        request, form, lambda: actions.add_partner(seat=form.instance, actor=request.user),
        back=reverse("team:board", args=[request.case.pk]), heading="Add a partner", verb="Add the partner",
        sub="Who else is needed at this table? The eleven seats of the process are there already.",
        done="The partner has a seat.",
    )  # fmt: skip


@case_view("act.decide_go")
def decide_go(request: CaseRequest) -> HttpResponse:
    """Decide go or no-go, with the reasons."""
    form = forms.DecisionForm(request.POST or None, case=request.case)
    team = selectors.team_of(request.case, timezone.localdate())
    return form_page(
        request, form, lambda: actions.decide(decision=form.instance, actor=request.user),
        back=reverse("team:board", args=[request.case.pk]), heading="Go or no-go", verb="Record the decision",
        sub=f"{len(team.ready_core)} of {len(team.core)} core seats are filled, briefed and committed. "
        "The reasons are printed in the readiness assessment.",
        done="The decision is recorded.", data_class="planning_items",
    )  # fmt: skip
