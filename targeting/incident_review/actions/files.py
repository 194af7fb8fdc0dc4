"""Acts on the file of a player: contacts, intelligence, violence, charges, the three answers, the refined list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone

from dmi.audit.verbs import Verb
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from dmi.places import geocoder
from targeting.incident_review import refined, selectors
from targeting.incident_review.actions.shared import ListOpen, locked, record
from targeting.incident_review.models import (
    Assessment,
    IntelligenceNote,
    PendingCharge,
    PoliceContact,
    RefinedList,
    ViolenceEntry,
)

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


@transaction.atomic
def save_contact(*, contact: PoliceContact, actor: User | None) -> PoliceContact:
    """The police contact stands on the timeline; where its address is known, the map says if it lies in the area.

    Raises ValidationError, StaleRecord.
    """
    contact.point = _point_of(contact)
    inside = contact.is_shown_in(contact.case.target_area)
    contact.is_in_area = contact.is_in_area if inside is None else inside
    contact.save_by(actor)
    record(contact, Verb.CONTACT_RECORDED, actor, player=contact.player_id, kind=str(contact.kind))
    return contact


def _point_of(contact: PoliceContact) -> Point | None:
    known = geocoder.for_case(contact.case) if contact.place else None
    found = known.locate(contact.place) if known else None
    return Point(found.lon, found.lat, srid=4326) if found and not found.is_doubtful else None


@transaction.atomic
def save_intelligence(*, note: IntelligenceNote, actor: User | None) -> IntelligenceNote:
    """The graded note is on file, apart from the timeline. Raises ValidationError, StaleRecord."""
    note.save_by(actor)
    record(note, Verb.INTELLIGENCE_RECORDED, actor, player=note.player_id, grade=f"{note.reliability}{note.validity}")
    return note


@transaction.atomic
def save_violence(*, entry: ViolenceEntry, actor: User | None) -> ViolenceEntry:
    """One line of the history of violence is on file with its record. Raises ValidationError, StaleRecord."""
    entry.save_by(actor)
    record(entry, Verb.VIOLENCE_RECORDED, actor, player=entry.player_id, kind=str(entry.kind))
    return entry


@transaction.atomic
def save_charge(*, charge: PendingCharge, actor: User | None) -> PendingCharge:
    """The pending charge is on file. Raises ValidationError, StaleRecord."""
    charge.save_by(actor)
    record(charge, Verb.CHARGE_RECORDED, actor, player=charge.player_id)
    return charge


@transaction.atomic
def save_assessment(*, assessment: Assessment, actor: User | None) -> Assessment:
    """The three questions are answered; a reviewed player seen active within the team's window is now listed.

    Raises ValidationError, StaleRecord.
    """
    shown = assessment.activity_contact
    if shown is not None:
        assessment.last_active_on = timezone.localdate(shown.happened_at)
        assessment.activity_basis = assessment.activity_basis or _basis(shown)
    assessment.save_by(actor)
    player = locked(assessment.player)
    active = selectors.is_active(assessment, timezone.localdate())
    if player.stage == Stage.REVIEWED and active:
        people.advance(
            player=player, to=Stage.LISTED, actor=actor, reason="Active in the area within the team's window"
        )
    record(assessment, Verb.PLAYER_ASSESSED, actor, player=player.pk, level=str(assessment.level), active=active)
    return assessment


def _basis(contact: PoliceContact) -> str:
    number = f" {contact.report_number}" if contact.report_number else ""
    return f"{contact.get_kind_display()}{number}"


@transaction.atomic
def fix_refined_list(*, case: MarketCase, actor: User | None, reason: str = "") -> RefinedList:
    """The refined list is fixed as it stands, as its next version. Raises ListOpen, people's ReasonMissing."""
    unread = Player.objects.for_case(case).at(Stage.NAMED).count()
    if unread:
        raise ListOpen(f"{unread} of the survey's names are not reviewed yet. Review these first.")
    last = selectors.refined_lists(case).first()
    lines = refined.lines_of(selectors.board(case))
    if not lines:
        raise ListOpen("Nobody is on the refined list yet.")
    if last is not None and last.lines == lines:
        raise ListOpen(f"Nothing has changed since version {last.number}.")
    if last is not None and not reason.strip():
        raise people.ReasonMissing("The list was fixed before. Say why it is fixed again.")
    number = last.number + 1 if last else 1
    fixed = RefinedList.objects.create_by(actor, case=case, number=number, lines=lines, reason=reason.strip())
    record(fixed, Verb.REFINED_LIST_FIXED, actor, version=number, people=len(lines))
    return fixed
