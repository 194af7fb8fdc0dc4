"""The file of one player: timeline, intelligence, assessment, pending charges."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review import actions, forms, selectors
from targeting.incident_review.models import (
    Assessment,
    IntelligenceNote,
    PendingCharge,
    PoliceContact,
    PoliceRecommendation,
    ProsecutorDecision,
)
from targeting.incident_review.sight import sight_of
from targeting.incident_review.views.shared import FORM_METHODS, form_page, player_of
from targeting.survey import selectors as survey


def person_url(request: HttpRequest, player: Player) -> str:
    """The player's file, or the overview for a seat that cannot open it."""
    if "police_contacts.view" in request.can:
        return reverse("incident_review:person", args=[request.case.pk, player.pk])
    return reverse("cases:overview", args=[request.case.pk])


@require_GET
@case_view("police_contacts.view")
def show_person(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Everything the file shows about one player, as far as the reader's rights go."""
    player = player_of(request, player_id)
    can = request.can
    context = {
        "player": player,
        "age": player.person.age_on(timezone.localdate()),
        "entries": [(contact, _is_sealed(request, contact)) for contact in selectors.timeline(player)],
        "nominations": list(survey.nominations_of(player)) if "player_list.view" in can else [],
        "sources": survey.independent_sources(player),
        "assessment": Assessment.objects.for_case(request.case).filter(player=player).first(),
        "charges": selectors.pending_charges(player) if "pending_charges.view" in can else [],
        "is_reviewed": player.stage == Stage.REVIEWED,
        "is_dropped": player.stage == Stage.DROPPED,
        "is_decidable": player.stage in selectors.UNDER_DECISION,
        **_opinions(request, player),
    }
    if "intelligence.view" in can:
        context["intelligence"] = selectors.intelligence_on(player, today=timezone.localdate())
    return render(request, "incident_review/person.html", context)


def _is_sealed(request: HttpRequest, contact: PoliceContact) -> bool:
    return contact.is_juvenile and "juvenile.view" not in request.can


def _opinions(request: HttpRequest, player: Player) -> dict[str, Any]:
    sight = sight_of(request.can, request.seats)
    decisions = ProsecutorDecision.objects.for_case(request.case).filter(player=player, office__in=sight.choices)
    found = {}
    if "assessments.view" in request.can:
        found["police"] = PoliceRecommendation.objects.for_case(request.case).filter(player=player).first()
    found["decisions"] = [(d, d.office in sight.words) for d in decisions.select_related("updated_by")]
    return found


@require_http_methods(FORM_METHODS)
@case_view("police_contacts.change")
def add_contact(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Put a police contact on the timeline."""
    return _contact(request, PoliceContact(player=player_of(request, player_id)), "Add a police contact")


@require_http_methods(FORM_METHODS)
@case_view("police_contacts.change")
def edit_contact(request: HttpRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Correct a police contact; a juvenile one only whoever wrote it, or may read such records."""
    contact = get_object_or_404(PoliceContact.objects.for_case(request.case).select_related("player"), pk=contact_id)
    player_of(request, contact.player_id)
    if _is_sealed(request, contact) and contact.created_by_id != request.user.pk:
        raise Http404
    return _contact(request, contact, "Correct a police contact")


def _contact(request: HttpRequest, contact: PoliceContact, heading: str) -> HttpResponse:
    form = forms.ContactForm(request.POST or None, instance=contact, case=request.case)
    return form_page(
        request, form, lambda: actions.save_contact(contact=form.instance, actor=request.user),
        heading=heading, sub=contact.player.number, back=person_url(request, contact.player), done="Saved.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("intelligence.change")
def add_intelligence(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Put a graded note on file, apart from the timeline."""
    player = player_of(request, player_id)
    note = IntelligenceNote(player=player)
    form = forms.IntelligenceForm(request.POST or None, instance=note, case=request.case)
    return form_page(
        request, form, lambda: actions.save_intelligence(note=form.instance, actor=request.user),
        heading="Add intelligence", sub=player.number, back=person_url(request, player), done="Saved.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def assess(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
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
@case_view("pending_charges.change")
def add_charge(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Put a pending charge on file."""
    if "player_list.view" not in request.can:
        raise PermissionDenied
    player = player_of(request, player_id)
    form = forms.ChargeForm(request.POST or None, instance=PendingCharge(player=player), case=request.case)
    return form_page(
        request, form, lambda: actions.save_charge(charge=form.instance, actor=request.user),
        heading="Add a pending charge", sub=player.number, back=person_url(request, player), done="Saved.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def drop(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Take a reviewed player who is no longer active off the list."""
    return _move(request, player_id, actions.drop_player, "Take off the list")


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def reopen(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Review a dropped player again."""
    return _move(request, player_id, actions.reopen_player, "Review again")


def _move(request: HttpRequest, player_id: uuid.UUID, action: Any, heading: str) -> HttpResponse:
    player = player_of(request, player_id)
    form = forms.ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: action(player=player, reason=form.cleaned_data["reason"], actor=request.user),
        heading=heading, sub=player.number, verb=heading,
        back=person_url(request, player), done=f"{player.number} is moved.",
    )  # fmt: skip
