"""Reading the review; the step's door. Later steps ask here who is a candidate and what the file may show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from dmi.people import selectors as people
from dmi.people.models import Player, PlayerQuerySet
from dmi.people.stages import Stage
from targeting.incident_review.board import STAGE_OF, UNDER_DECISION, BoardRow, board, is_active, window_starts
from targeting.incident_review.buys import Buys, buys_by_player, register_buys
from targeting.incident_review.models import (
    Criteria,
    FederalDecline,
    HandOff,
    IntelligenceNote,
    PendingCharge,
    PlayerReview,
    PoliceContact,
    RefinedList,
    ReviewSession,
    Roster,
    ViolenceEntry,
)
from targeting.incident_review.standing import progress
from targeting.survey import selectors as survey

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

__all__ = (
    "STAGE_OF", "UNDER_DECISION", "BoardRow", "Buys", "NotebookContacts", "board", "buys_by_player", "candidates",
    "contacts_of",
    "criteria_in_force", "draft_criteria", "federal_decline", "hand_offs", "intelligence_on", "is_active",
    "latest_roster", "notebook_contacts", "open_session", "pending_charges", "progress", "queue", "refined_lists",
    "register_buys",
    "roster_versions", "targets", "timeline", "violence_of", "window_starts",
)  # fmt: skip

REPORTS = (
    PoliceContact.Kind.ARREST,
    PoliceContact.Kind.REPORT,
    PoliceContact.Kind.FIELD,
    PoliceContact.Kind.CITATION,
)
SIGHTINGS = (PoliceContact.Kind.SIGHTING, PoliceContact.Kind.FIELD)


def candidates(case: MarketCase) -> PlayerQuerySet:
    """Players on the call-in path (candidate, invited, notified), by number."""
    return people.players(case).on_the_call_in()


def targets(case: MarketCase) -> PlayerQuerySet:
    """Players cases are built on: still active, candidates, to be prosecuted, on hold; by number."""
    return people.players(case).at(*UNDER_DECISION).order_by("number")


@dataclass(frozen=True, slots=True)
class NotebookContacts:
    """What the notebook shows of one player's police contacts, oldest first; nothing of a juvenile record."""

    reports: list[PoliceContact] = field(default_factory=list)
    sightings: list[PoliceContact] = field(default_factory=list)


def notebook_contacts(case: MarketCase, players: Collection[Player]) -> dict[UUID, NotebookContacts]:
    """Arrests, reports, field contacts and citations, and when and where officers saw each player; one query.

    By player; whoever has neither is left out. A field contact is both.
    """
    rows = PoliceContact.objects.for_case(case).filter(player__in=players, is_juvenile=False)
    found: dict[UUID, NotebookContacts] = {}
    for row in rows.filter(kind__in={*REPORTS, *SIGHTINGS}).order_by("happened_at", "created_at"):
        contacts = found.setdefault(row.player_id, NotebookContacts())
        if row.kind in REPORTS:
            contacts.reports.append(row)
        if row.kind in SIGHTINGS:
            contacts.sightings.append(row)
    return found


def timeline(player: Player) -> QuerySet[PoliceContact]:
    """Every police contact of the player, newest first, juvenile records among them."""
    return PoliceContact.objects.for_case(player.case).filter(player=player).select_related("created_by")


def contacts_of(player: Player, *, since: date) -> QuerySet[PoliceContact]:
    """Contacts since that day that can show activity in the area; nothing of a juvenile record."""
    contacts = PoliceContact.objects.for_case(player.case).filter(player=player, is_juvenile=False, is_in_area=True)
    return contacts.filter(happened_at__date__gte=since)


def intelligence_on(player: Player, *, today: date) -> QuerySet[IntelligenceNote]:
    """Intelligence whose end date has not passed."""
    return IntelligenceNote.objects.for_case(player.case).filter(player=player, review_by__gte=today)


def contacts(case: MarketCase) -> QuerySet[PoliceContact]:
    """Every police contact of the case with its player, newest first, juvenile records among them."""
    return PoliceContact.objects.for_case(case).select_related("player")


def intelligence(case: MarketCase, *, today: date) -> QuerySet[IntelligenceNote]:
    """All intelligence of the case whose end date has not passed, newest first."""
    return IntelligenceNote.objects.for_case(case).filter(review_by__gte=today).select_related("player")


def pending_charges(player: Player) -> QuerySet[PendingCharge]:
    """Charges before a court, newest first."""
    return PendingCharge.objects.for_case(player.case).filter(player=player)


def open_session(case: MarketCase) -> ReviewSession | None:
    """The review that is under way, if there is one."""
    return ReviewSession.objects.for_case(case).filter(closed_at__isnull=True).first()


def violence_of(player: Player, *, juvenile: bool, intelligence: bool) -> QuerySet[ViolenceEntry]:
    """The player's history of violence, newest first, as far as the reader's rights go."""
    entries = ViolenceEntry.objects.for_case(player.case).filter(player=player)
    if not juvenile:
        entries = entries.filter(is_juvenile=False)
    return entries if intelligence else entries.exclude(kind=ViolenceEntry.Kind.INTELLIGENCE)


def criteria_in_force(case: MarketCase) -> Criteria | None:
    """The criteria as last fixed."""
    return Criteria.objects.for_case(case).filter(fixed_at__isnull=False).select_related("case", "updated_by").first()


def draft_criteria(case: MarketCase) -> Criteria | None:
    """The version of the criteria that is being written, if there is one."""
    return Criteria.objects.for_case(case).filter(fixed_at__isnull=True).first()


def federal_decline(case: MarketCase) -> FederalDecline | None:
    """The federal decline in force for this market."""
    return FederalDecline.objects.for_case(case).filter(taken_back_on__isnull=True).first()


def refined_lists(case: MarketCase) -> QuerySet[RefinedList]:
    """The versions of the refined list, newest first."""
    return RefinedList.objects.for_case(case).select_related("created_by")


def hand_offs(case: MarketCase) -> QuerySet[HandOff]:
    """The cases of those prosecuted now, by number: for the notices shown at the call-in."""
    return HandOff.objects.for_case(case).select_related("player__person")


def roster_versions(case: MarketCase) -> QuerySet[Roster]:
    """Every version of the call-in list, newest first."""
    return Roster.objects.for_case(case).select_related("created_by", "countersigned_by")


def latest_roster(case: MarketCase) -> Roster | None:
    """The call-in list as last frozen."""
    return Roster.objects.for_case(case).select_related("created_by", "countersigned_by").first()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A named player nobody has reviewed yet, or for whom more was asked."""

    player: Player
    sources: int
    last: PlayerReview | None


def queue(case: MarketCase) -> list[QueueRow]:
    """Named players in order of their independent sources, most first; three queries."""
    players = people.players(case).at(Stage.NAMED)
    sources = survey.sources_by_player(case)
    last = {
        review.player_id: review
        for review in PlayerReview.objects.for_case(case).filter(player__stage=Stage.NAMED).order_by("created_at")
    }
    rows = [QueueRow(player, sources.get(player.pk, 0), last.get(player.pk)) for player in players]
    return sorted(rows, key=lambda row: (-row.sources, row.player.number))
