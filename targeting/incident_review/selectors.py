"""Reading the review; the step's door. Later steps ask here who is a candidate and what the file may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from dmi.people import selectors as people
from dmi.people.models import Player, PlayerQuerySet
from dmi.people.stages import Stage
from targeting.incident_review.board import STAGE_OF, UNDER_DECISION, BoardRow, board, is_active
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
    "STAGE_OF", "UNDER_DECISION", "BoardRow", "board", "candidates", "contacts_of", "criteria_in_force",
    "draft_criteria", "federal_decline", "hand_offs", "intelligence_on", "is_active", "latest_roster",
    "notebook_reports", "open_session", "pending_charges", "progress", "queue", "refined_lists", "roster_versions",
    "sightings", "targets", "timeline", "violence_of",
)  # fmt: skip

REPORTS = (
    PoliceContact.Kind.ARREST,
    PoliceContact.Kind.REPORT,
    PoliceContact.Kind.FIELD,
    PoliceContact.Kind.CITATION,
)


def candidates(case: MarketCase) -> PlayerQuerySet:
    """Players on the call-in path (candidate, invited, notified), by number."""
    return people.players(case).on_the_call_in()


def targets(case: MarketCase) -> PlayerQuerySet:
    """Players cases are built on: still active, candidates, to be prosecuted, on hold; by number."""
    return people.players(case).at(*UNDER_DECISION).order_by("number")


def notebook_reports(player: Player) -> list[PoliceContact]:
    """Arrests, reports, field contacts and citations for the notebook; nothing of a juvenile record. Oldest first."""
    contacts = PoliceContact.objects.for_case(player.case).filter(player=player, is_juvenile=False, kind__in=REPORTS)
    return list(contacts.order_by("happened_at"))


def sightings(player: Player) -> list[PoliceContact]:
    """When and where officers saw the player, newest first; nothing of a juvenile record."""
    kinds = (PoliceContact.Kind.SIGHTING, PoliceContact.Kind.FIELD)
    contacts = PoliceContact.objects.for_case(player.case).filter(player=player, is_juvenile=False, kind__in=kinds)
    return list(contacts.order_by("-happened_at"))


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
    """The sitting that is under way, if there is one."""
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
