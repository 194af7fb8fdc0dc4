"""Sittings: who was there, the queue person by person, the minutes."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases import selectors as cases
from dmi.cases.access import case_view
from targeting.incident_review import actions, forms, selectors
from targeting.incident_review.models import PlayerReview, ReviewSession
from targeting.incident_review.views.shared import FORM_METHODS, form_page, player_of

PER_PAGE = 50


def _queue_url(request: HttpRequest) -> str:
    return reverse("incident_review:queue", args=[request.case.pk])


@require_GET
@case_view("review_minutes.view")
def show_queue(request: HttpRequest) -> HttpResponse:
    """Named players still to be reviewed, and the sittings so far."""
    page = Paginator(selectors.queue(request.case), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "session": selectors.open_session(request.case),
        "sessions": ReviewSession.objects.for_case(request.case)[:PER_PAGE],
        "sources_required": cases.policy_of(request.case).survey_sources_required,
        "shows_names": "player_list.view" in request.can,
    }
    return render(request, "incident_review/queue.html", context)


@require_GET
@case_view("review_minutes.view")
def show_session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """One sitting: who was there, what it concluded, its minutes."""
    session = _session(request, session_id)
    reviews = session.reviews.select_related("player__person")
    context = {"session": session, "reviews": reviews, "shows_names": "player_list.view" in request.can}
    return render(request, "incident_review/session.html", context)


@require_http_methods(FORM_METHODS)
@case_view("review_minutes.change")
def start_session(request: HttpRequest) -> HttpResponse:
    """Open a sitting."""
    if selectors.open_session(request.case):
        return redirect(_queue_url(request))
    form = forms.SessionForm(request.POST or None, case=request.case)

    def act() -> object:
        data = form.cleaned_data
        return actions.start_session(
            case=request.case, actor=request.user, officers=data["present"], held_on=data["held_on"]
        )

    return form_page(
        request, form, act, heading="Open a review", back=_queue_url(request), done="The review is open.", verb="Open"
    )


@require_http_methods(FORM_METHODS)
@case_view("review_minutes.change")
def close_session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Close a sitting with its minutes."""
    session = _session(request, session_id)
    form = forms.CloseForm(request.POST or None, instance=session, case=request.case)

    def act() -> object:
        return actions.close_session(session=session, actor=request.user, notes=form.cleaned_data["notes"])

    return form_page(
        request,
        form,
        act,
        heading="Close the review",
        back=_queue_url(request),
        done="The review is closed.",
        verb="Close",
    )


@require_http_methods(FORM_METHODS)
@case_view("review_minutes.change")
def review_player(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Keep, drop or ask for more about one named player, at the sitting that is open."""
    player = player_of(request, player_id)
    session = selectors.open_session(request.case)
    if session is None:
        return redirect("incident_review:start-session", request.case.pk)
    review = PlayerReview(session=session, player=player)
    form = forms.ReviewForm(request.POST or None, instance=review, case=request.case)

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.review_player(session=session, player=player, actor=request.user, **data)

    name = player.person.full_name if "player_list.view" in request.can else player.number
    return form_page(
        request, form, act, heading=f"Review {name}", sub=f"{player.number}. Basis: {player.basis}",
        back=_queue_url(request), done=f"{player.number} is reviewed.", verb="Record",
    )  # fmt: skip


def _session(request: HttpRequest, session_id: uuid.UUID) -> ReviewSession:
    return get_object_or_404(ReviewSession.objects.for_case(request.case), pk=session_id)
