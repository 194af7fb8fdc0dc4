"""The file of one player: timeline, intelligence, assessment, pending charges."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dmi.audit import actions as audit
from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases.access import case_view
from dmi.core.dates import long_date
from dmi.core.requests import CaseRequest
from dmi.people.models import Player
from dmi.people.selectors import moves
from dmi.people.stages import ON_THE_CALL_IN, Stage
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

MOST_LOOKS = 100
PER_PAGE = 50


def person_url(request: CaseRequest, player: Player) -> str:
    """The player's file, or the overview for a seat that cannot open it."""
    if "police_contacts.view" in request.can:
        return reverse("incident_review:person", args=[request.case.pk, player.pk])
    return reverse("cases:overview", args=[request.case.pk])


@require_GET
@case_view("police_contacts.view")
def show_person(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Everything the file shows about one player, as far as the reader's rights go; that it was opened is kept."""
    player = player_of(request, player_id)
    audit.record(
        actor=request.user, verb=Verb.PLAYER_FILE_OPENED, case_id=request.case.pk, subject=player, request=request
    )
    tab = request.GET.get("tab", "")
    context = {
        "player": player,
        "age": player.person.age_on(timezone.localdate()),
        "sources": survey.independent_sources(player),
        "assessment": Assessment.objects.for_case(request.case).filter(player=player).first(),
        "charges": list(selectors.pending_charges(player)) if "pending_charges.view" in request.can else [],
        "is_reviewed": player.stage == Stage.REVIEWED,
        "is_dropped": player.stage == Stage.DROPPED,
        "is_decidable": player.stage in selectors.UNDER_DECISION,
        **_records(request, player),
        **_opinions(request, player),
    }
    context["tabs"] = _tabs(request, player, tab, context)
    context["tab"] = next((t["code"] for t in context["tabs"] if t["is_here"]), "")
    if context["tab"] == "looked":
        context["looks"] = _looks(request, player)
    shown = context["entries"] if context["tab"] == "contacts" else context["events"]
    context["page"] = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "incident_review/person.html", context)


def _records(request: CaseRequest, player: Player) -> dict[str, Any]:
    can, today = request.can, timezone.localdate()
    known = [contact for contact in selectors.timeline(player) if _may_know_of(request, contact)]
    entries = [(contact, _is_sealed(request, contact)) for contact in known]
    found: dict[str, Any] = {"entries": entries, "events": _events(request, player, entries)}
    if "player_list.view" in can:
        found["nominations"] = list(survey.nominations_of(player))
    if "assessments.view" in can:
        found["violence"] = list(
            selectors.violence_of(player, juvenile="juvenile.view" in can, intelligence="intelligence.view" in can)
        )
    if "intelligence.view" in can:
        found["intelligence"] = list(selectors.intelligence_on(player, today=today))
    return found


def _events(request: CaseRequest, player: Player, entries: list[tuple[PoliceContact, bool]]) -> list[dict[str, Any]]:
    """The timeline of the summary: contacts, reports, intelligence and moves along the list, newest first."""
    events = [_contact_event(contact) for contact, is_sealed in entries if not is_sealed]
    if "intelligence.view" in request.can:
        notes = selectors.intelligence_on(player, today=timezone.localdate())
        events += [
            {
                "when": note.created_at, "kind": "reported", "words": f"Intelligence {note.reliability}{note.validity}",
                "detail": f"{note.offence}. Look again by {long_date(note.review_by)}. "
                          f"{note.get_dissemination_display()}.",
            }
            for note in notes
        ]  # fmt: skip
    events += [{"when": move.at, "kind": "reported", "words": move.stage, "detail": move.by} for move in moves(player)]
    return sorted(events, key=lambda event: event["when"], reverse=True)


def _contact_event(contact: PoliceContact) -> dict[str, Any]:
    about = [contact.summary, f"Report {contact.report_number}." if contact.report_number else ""]
    where = f", {contact.place}" if contact.place else ""
    return {
        "when": timezone.localtime(contact.happened_at), "kind": "record",
        "words": f"{contact.get_kind_display()}{where}", "detail": " ".join(filter(None, about)),
    }  # fmt: skip


def _tabs(request: CaseRequest, player: Player, here: str, context: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the file this reader has; other steps add theirs where their pages open to the reader."""
    page = reverse("incident_review:person", args=[request.case.pk, player.pk])
    parts: list[tuple[str, str, int | None]] = [("", "Summary", None)]
    parts.append(("contacts", "Contacts and reports", len(context["entries"])))
    if "violence" in context:
        count = len(context["violence"]) + len(context["charges"])
        parts.append(("violence", "Violence and charges", count))
    if "intelligence" in context:
        parts.append(("intelligence", "Intelligence", len(context["intelligence"])))
    parts.append(("looked", "Who has looked", None))
    known = here if here in {code for code, *_ in parts} else ""
    own = [
        {"code": code, "words": words, "count": count, "is_here": code == known,
         "url": f"{page}?tab={code}" if code else page}
        for code, words, count in parts
    ]  # fmt: skip
    return own + _tabs_elsewhere(request, player)


# Pages of other steps about the player: URL name, words, the right that opens it, the stages it is about.
ELSEWHERE = (
    ("undercover:player", "Buys", "undercover_buys.view", (*selectors.UNDER_DECISION, Stage.INVITED, Stage.NOTIFIED)),
    ("outreach:player", "Influentials and letter", "letters.view", ON_THE_CALL_IN),
    ("notification:notebook", "Notebook", "notebook_drafts.view", ON_THE_CALL_IN),
)


def _tabs_elsewhere(request: CaseRequest, player: Player) -> list[dict[str, Any]]:
    found = []
    for name, words, right, stages in ELSEWHERE:
        with suppress(NoReverseMatch):
            url = reverse(name, args=[request.case.pk, player.pk])
            if right in request.can and player.stage in stages:
                found.append({"code": name, "words": words, "count": None, "is_here": False, "url": url})
    return found


def _looks(request: CaseRequest, player: Player) -> list[Any]:
    """Who opened or changed this file, newest first."""
    about = AuditEvent.objects.for_case(request.case).about(player).filter(outcome="allowed")
    return list(about.select_related("actor").order_by("-at")[:MOST_LOOKS])


def _may_know_of(request: CaseRequest, contact: PoliceContact) -> bool:
    """A juvenile record is not even a seal to seats the policy gives nothing of such records."""
    return not contact.is_juvenile or any(right.startswith("juvenile.") for right in request.can)


def _is_sealed(request: CaseRequest, contact: PoliceContact) -> bool:
    return contact.is_juvenile and "juvenile.view" not in request.can


def _opinions(request: CaseRequest, player: Player) -> dict[str, Any]:
    sight = sight_of(request.can, request.seats)
    decisions = ProsecutorDecision.objects.for_case(request.case).filter(player=player, office__in=sight.choices)
    found: dict[str, Any] = {}
    if "assessments.view" in request.can:
        found["police"] = PoliceRecommendation.objects.for_case(request.case).filter(player=player).first()
    found["decisions"] = [(d, d.office in sight.words) for d in decisions.select_related("updated_by")]
    return found


@require_http_methods(FORM_METHODS)
@case_view("police_contacts.change")
def add_contact(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Put a police contact on the timeline."""
    return _contact(request, PoliceContact(player=player_of(request, player_id)), "Add a police contact")


@require_http_methods(FORM_METHODS)
@case_view("police_contacts.change")
def edit_contact(request: CaseRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Correct a police contact; a juvenile one only whoever wrote it, or may read such records."""
    contact = get_object_or_404(PoliceContact.objects.for_case(request.case).select_related("player"), pk=contact_id)
    player_of(request, contact.player_id)
    if _is_sealed(request, contact) and contact.created_by_id != request.user.pk:
        raise Http404
    return _contact(request, contact, "Correct a police contact")


def _contact(request: CaseRequest, contact: PoliceContact, heading: str) -> HttpResponse:
    form = forms.ContactForm(request.POST or None, instance=contact, case=request.case)
    return form_page(
        request, form, lambda: actions.save_contact(contact=form.instance, actor=request.user),
        heading=heading, sub=contact.player.number, back=person_url(request, contact.player), done="Saved.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("intelligence.change")
def add_intelligence(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Put a graded note on file, apart from the timeline."""
    player = player_of(request, player_id)
    note = IntelligenceNote(player=player)
    form = forms.IntelligenceForm(request.POST or None, instance=note, case=request.case)
    return form_page(
        request, form, lambda: actions.save_intelligence(note=form.instance, actor=request.user),
        heading="Add intelligence", sub=player.number, back=person_url(request, player), done="Saved.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("pending_charges.change")
def add_charge(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
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
def drop(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Take a reviewed player who is no longer active off the list."""
    return _move(request, player_id, actions.drop_player, "Take off the list")


@require_http_methods(FORM_METHODS)
@case_view("assessments.change")
def reopen(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Review a dropped player again."""
    return _move(request, player_id, actions.reopen_player, "Review again")


def _move(request: CaseRequest, player_id: uuid.UUID, action: Any, heading: str) -> HttpResponse:
    player = player_of(request, player_id)
    form = forms.ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: action(player=player, reason=form.cleaned_data["reason"], actor=request.user),
        heading=heading, sub=player.number, verb=heading,
        back=person_url(request, player), done=f"{player.number} is moved.",
    )  # fmt: skip
