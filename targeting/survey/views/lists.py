"""The dashboard, the lists of names and addresses with their sources, the baseline, and what is printed of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.documents import actions as documents
from dmi.documents.kinds import DocumentKind
from dmi.people import likeness
from targeting.survey import letters, selectors
from targeting.survey.models import QuestionSet
from targeting.survey.models.questions import COMMUNITY
from targeting.survey.views.answering import PER_PAGE, groups_open_to
from targeting.survey.wording import LANGUAGES

OFFICERS = {"officer_survey.view", "officer_survey.view_own", "officer_survey.masked"}
LISTS = {"player_list.view", "player_list.masked", "key_addresses.view", "planning_items.change"}
BASELINE = ("community_tips.aggregate", "community_tips.view")
CAME_IN = {
    "officer_survey.view", "officer_survey.view_own", "community_tips.view", "community_tips.view_own",
    "community_contacts.change", *BASELINE,
}  # fmt: skip


@require_GET
@case_view(
    "officer_survey.view", "officer_survey.view_own", "officer_survey.masked",
    "community_tips.view", "community_tips.view_own", "community_tips.submit", "community_tips.aggregate",
)  # fmt: skip
def show_dashboard(request: CaseRequest) -> HttpResponse:
    """Asked and answered by group, and what is missing; a seat that answers or hands in sees its own group's count."""
    sees_officers = bool(OFFICERS & request.can)
    groups = _groups(request)
    shown = {group.code for group in groups}
    context = {
        "groups": groups,
        "sees_officers": sees_officers,
        "sees_baseline": bool(set(BASELINE) & request.can),
        "shows_came_in": bool(CAME_IN & request.can),
        "shows_lists": bool(LISTS & request.can),
        "pairs": likeness.how_many(request.case) if "player_list.change" in request.can else 0,
        "sets": [row for row in QuestionSet.Group.choices if row[0] in shown],
    }
    return render(request, "survey/dashboard.html", context)


def _groups(request: CaseRequest) -> list[selectors.GroupCount]:
    if not OFFICERS & request.can:
        return [selectors.community_count(request.case)]
    found = selectors.groups(request.case, today=timezone.localdate())
    if {"officer_survey.view", "officer_survey.masked"} & request.can:
        return found
    shown = groups_open_to(request) + ([COMMUNITY] if "community_tips.view" in request.can else [])
    return [group for group in found if group.code in shown]


@require_GET
@case_view("player_list.view")
def list_names(request: CaseRequest) -> HttpResponse:
    """Everybody on the list with basis, sources by group and review date."""
    page = Paginator(selectors.name_list(request.case), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "survey/names.html", {"page": page})


@require_GET
@case_view("key_addresses.view")
def list_addresses(request: CaseRequest) -> HttpResponse:
    """The key addresses with basis, sources by group and review date."""
    page = Paginator(selectors.address_list(request.case), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "survey/addresses.html", {"page": page})


@require_GET
@case_view(*BASELINE)
def show_baseline(request: CaseRequest) -> HttpResponse:
    """Fear, awareness and how police treat people, in totals; small counts are hidden."""
    context = {"rows": selectors.baseline(request.case), "least": selectors.LEAST}
    return render(request, "survey/baseline.html", context)


@require_POST
@case_view("player_list.print")
def print_names(request: CaseRequest) -> HttpResponse:
    """A numbered copy of the player list."""
    return issue(request, letters.PLAYER_LIST, letters.player_list(request.case, timezone.localdate()))


@require_POST
@case_view("key_addresses.print")
def print_addresses(request: CaseRequest) -> HttpResponse:
    """A numbered copy of the list of key addresses."""
    return issue(request, letters.KEY_ADDRESSES, letters.key_addresses(request.case, timezone.localdate()))


@require_POST
@case_view("planning_items.change")
def print_form(request: CaseRequest) -> HttpResponse:
    """A blank form of one group's questions, to be filled in by hand."""
    language = request.POST.get("language", "en")
    found = selectors.current_set(request.POST.get("group", ""))
    if found is None or language not in LANGUAGES:
        raise Http404
    return issue(request, letters.PAPER_FORM, letters.paper_form(request.case, found, language))


def issue(request: CaseRequest, kind: DocumentKind, facts: dict[str, Any]) -> HttpResponse:
    """The document, as numbered copy; the same facts are issued once."""
    document = documents.issue(
        case=request.case, kind=kind, facts=facts, actor=request.user, key=letters.key_of(kind, facts)
    )
    return redirect("documents:document", request.case.pk, document.pk)
