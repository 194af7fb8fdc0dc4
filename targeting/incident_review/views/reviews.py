"""Reviews: who was there, the queue person by person, the large view for the room, the minutes."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases import selectors as cases
from dmi.cases.access import case_view
from dmi.core.forms import succeeds
from dmi.core.requests import CaseRequest
from targeting.incident_review import actions, forms, selectors, standing
from targeting.incident_review.models import PlayerReview, ReviewSession
from targeting.incident_review.views.shared import FORM_METHODS, REFUSALS, form_page, player_of
from targeting.survey import selectors as survey

PER_PAGE = 50


def _queue_url(request: CaseRequest) -> str:
    return reverse("incident_review:queue", args=[request.case.pk])


def _shows_names(request: CaseRequest, session: ReviewSession | None) -> bool:
    """Names only for those with the right, and not while a review works by code numbers."""
    return "player_list.view" in request.can and not (session and session.hides_names and not session.closed_at)


@require_GET
@case_view("review_minutes.view", "review_minutes.masked")
def show_queue(request: CaseRequest) -> HttpResponse:
    """Named players still to be reviewed, and the reviews so far; masked readers see numbers and counts."""
    session = selectors.open_session(request.case)
    sessions = ReviewSession.objects.for_case(request.case)[:PER_PAGE]
    is_masked = "review_minutes.view" not in request.can
    context = {
        "page": Paginator(selectors.queue(request.case), PER_PAGE).get_page(request.GET.get("page")),
        "session": session,
        "missing": standing.missing_units(session) if session else [],
        "sessions": sessions,
        "sources_required": cases.policy_of(request.case).survey_sources_required,
        "shows_names": _shows_names(request, session),
        "is_masked": is_masked,
    }
    return render(request, "incident_review/queue.html", context)


@require_GET
@case_view("review_minutes.view", "review_minutes.masked")
def show_room(request: CaseRequest) -> HttpResponse:
    """One person at a time, large, for the wall of the room: no address, no photograph, no written basis."""
    session, rows = selectors.open_session(request.case), selectors.queue(request.case)
    page = Paginator(rows, 1).get_page(request.GET.get("page"))
    row = page.object_list[0] if page.object_list else None
    context = {
        "page": page,
        "row": row,
        "session": session,
        "contacts": _kinds(row.player) if row else [],
        "shows_names": _shows_names(request, session),
        "may_review": bool(session) and "review_minutes.change" in request.can,
    }
    return render(request, "incident_review/room.html", context)


def _kinds(player: Any) -> list[tuple[str, int]]:
    """How many contacts of each kind are on file, nothing of a juvenile record."""
    counts: dict[str, int] = {}
    for contact in selectors.timeline(player).filter(is_juvenile=False):
        counts[contact.get_kind_display()] = counts.get(contact.get_kind_display(), 0) + 1
    return sorted(counts.items())


@require_GET
@case_view("review_minutes.view")
def show_session(request: CaseRequest, session_id: uuid.UUID) -> HttpResponse:
    """One review: who was there, what it concluded, its minutes."""
    session = _session(request, session_id)
    reviews = session.reviews.select_related("player__person")
    context = {
        "session": session,
        "missing": standing.missing_units(session),
        "page": Paginator(reviews, PER_PAGE).get_page(request.GET.get("page")),
        "shows_names": _shows_names(request, session),
    }
    return render(request, "incident_review/session.html", context)


@require_http_methods(FORM_METHODS)
@case_view("review_minutes.change")
def start_session(request: CaseRequest) -> HttpResponse:
    """Open a review."""
    if selectors.open_session(request.case):
        return redirect(_queue_url(request))
    form = forms.AttendanceForm(request.POST or None, instance=ReviewSession(), case=request.case)

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.start_session(
            case=request.case, actor=request.user, officers=form.cleaned_data["present"], **data
        )

    return form_page(
        request, form, act, heading="Open a review", back=_queue_url(request), done="The review is open.", verb="Open"
    )


@require_http_methods(FORM_METHODS)
@case_view("review_minutes.change")
def correct_attendance(request: CaseRequest, session_id: uuid.UUID) -> HttpResponse:
    """Correct who is there."""
    session = _session(request, session_id)
    form = forms.AttendanceForm(request.POST or None, instance=session, case=request.case)

    def act() -> object:
        session.officers = form.cleaned_data["present"]
        return actions.correct_attendance(session=session, actor=request.user)

    return form_page(request, form, act, heading="Who is there", back=_queue_url(request), done="Saved.")


@require_http_methods(FORM_METHODS)
@case_view("review_minutes.change")
def close_session(request: CaseRequest, session_id: uuid.UUID) -> HttpResponse:
    """Close a review with its minutes."""
    session = _session(request, session_id)
    form = forms.CloseForm(request.POST or None, instance=session, case=request.case)

    def act() -> object:
        return actions.close_session(session=session, actor=request.user, notes=form.cleaned_data["notes"])

    return form_page(
        request, form, act, heading="Close the review", back=_queue_url(request), done="The review is closed.",
        verb="Close",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("review_minutes.change")
def review_player(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Keep, drop or ask for more about one named player, at the review that is open."""
    player = player_of(request, player_id)
    session = selectors.open_session(request.case)
    if session is None:
        return redirect("incident_review:start-session", request.case.pk)
    form = forms.ReviewForm(
        request.POST or None, instance=PlayerReview(session=session, player=player), case=request.case
    )

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.review_player(session=session, player=player, actor=request.user, **data)

    if request.method == "POST" and form.is_valid() and succeeds(form, act, *REFUSALS):
        return _next(request, player.number)
    shows_names = _shows_names(request, session)
    context = {
        "form": form, "player": player, "shows_names": shows_names, "session": session,
        "age": player.person.age_on(timezone.localdate()),
        "nominations": list(survey.nominations_of(player)) if "player_list.view" in request.can else [],
        "sources": survey.independent_sources(player),
        "contacts": _contacts(request, player),
        "before": PlayerReview.objects.for_case(request.case).filter(player=player).select_related("session"),
    }  # fmt: skip
    return render(request, "incident_review/review.html", context, status=422 if form.is_bound else 200)


def _contacts(request: CaseRequest, player: Any) -> list[Any]:
    """Contacts this reader may see, newest first; a juvenile record only for who may read such records."""
    if "police_contacts.view" not in request.can:
        return []
    contacts = selectors.timeline(player)
    return list(contacts if "juvenile.view" in request.can else contacts.filter(is_juvenile=False))


def _next(request: CaseRequest, done: str) -> HttpResponse:
    """On to the next name nobody has reviewed at all, or back to the queue."""
    messages.success(request, f"{done} is reviewed.")
    waiting = next((row.player for row in selectors.queue(request.case) if row.last is None), None)
    if waiting is None:
        return redirect(_queue_url(request))
    return redirect("incident_review:review", request.case.pk, waiting.pk)


def _session(request: CaseRequest, session_id: uuid.UUID) -> ReviewSession:
    return get_object_or_404(ReviewSession.objects.for_case(request.case), pk=session_id)
