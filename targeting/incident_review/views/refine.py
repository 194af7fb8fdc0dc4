"""Step 3a: the three questions with their evidence, and the refined list in versions."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases import selectors as cases
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.people import selectors as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review import actions, forms, refined, selectors
from targeting.incident_review.models import Assessment, ViolenceEntry
from targeting.incident_review.views.files import person_url
from targeting.incident_review.views.shared import FORM_METHODS, form_page, player_of

PER_PAGE = 50


@require_GET
@case_view("assessments.view")
def show_refined(request: CaseRequest) -> HttpResponse:
    """Everybody reviewed with the three answers, and the versions of the list."""
    rows, today = selectors.board(request.case), timezone.localdate()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    since = selectors.window_starts(request.case, today)
    waiting = people.players(request.case).at(Stage.REVIEWED)
    versions = list(selectors.refined_lists(request.case))
    before = {version.number: version for version in versions}
    context = {
        "page": page,
        "rows": [(row, row.assessment and selectors.is_active(row.assessment, today, since)) for row in page],
        "waiting": waiting[:PER_PAGE],
        "further": max(waiting.count() - PER_PAGE, 0),
        "versions": [(v, refined.difference(before.get(v.number - 1), v)) for v in versions],
        "shows_names": "player_list.view" in request.can,
        "window": cases.policy_of(request.case).activity_window_days,
        "form": forms.RefinedForm(case=request.case) if "assessments.change" in request.can else None,
    }
    return render(request, "incident_review/refined.html", context)


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def fix_refined(request: CaseRequest) -> HttpResponse:
    """Fix the refined list as its next version."""
    form = forms.RefinedForm(request.POST or None, case=request.case)
    return form_page(
        request, form,
        lambda: actions.fix_refined_list(case=request.case, actor=request.user, reason=form.cleaned_data["reason"]),
        heading="Fix the refined list", verb="Fix the list",
        back=reverse("incident_review:refined", args=[request.case.pk]), done="The list is fixed.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def assess(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Answer the three questions of step 3a."""
    player = player_of(request, player_id)
    if player.stage in (Stage.NAMED, Stage.DROPPED):
        raise Http404
    found = Assessment.objects.for_case(request.case).filter(player=player).first()
    form = forms.AssessmentForm(request.POST or None, instance=found or Assessment(player=player), case=request.case)
    return form_page(
        request, form, lambda: actions.save_assessment(assessment=form.instance, actor=request.user),
        heading="Level, violence, activity", sub=player.number, back=person_url(request, player), done="Saved.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def add_violence(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Put a line on the history of violence."""
    player = player_of(request, player_id)
    return _violence(request, ViolenceEntry(player=player), "Add to the history of violence")


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def edit_violence(request: CaseRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Correct a line of the history of violence that the reader may see."""
    entry = get_object_or_404(ViolenceEntry.objects.for_case(request.case).select_related("player"), pk=entry_id)
    player_of(request, entry.player_id)
    if entry not in readable_violence(request, entry.player):
        raise Http404
    return _violence(request, entry, "Correct the history of violence")


def readable_violence(request: CaseRequest, player: Player) -> list[ViolenceEntry]:
    """The lines of the history this reader may see."""
    entries = selectors.violence_of(
        player, juvenile="juvenile.view" in request.can, intelligence="intelligence.view" in request.can
    )
    return list(entries)


def _violence(request: CaseRequest, entry: ViolenceEntry, heading: str) -> HttpResponse:
    form = forms.ViolenceForm(request.POST or None, instance=entry, case=request.case)
    return form_page(
        request, form, lambda: actions.save_violence(entry=form.instance, actor=request.user),
        heading=heading, sub=entry.player.number, done="Saved.",
        back=f"{person_url(request, entry.player)}?tab=violence",
    )  # fmt: skip
