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
    IntelligenceNote,
    PendingCharge,
    PlayerReview,
    PoliceContact,
    ReviewSession,
    Roster,
)
from targeting.incident_review.standing import progress
from targeting.survey import selectors as survey

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

__all__ = (
    "STAGE_OF", "UNDER_DECISION", "BoardRow", "board", "candidates", "intelligence_on", "is_active", "latest_roster",
    "notebook_reports", "open_session", "pending_charges", "progress", "queue", "sightings", "targets", "timeline",
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


def intelligence_on(player: Player, *, today: date) -> QuerySet[IntelligenceNote]:
    """Intelligence whose end date has not passed."""
    return IntelligenceNote.objects.for_case(player.case).filter(player=player, review_by__gte=today)


def pending_charges(player: Player) -> QuerySet[PendingCharge]:
    """Charges before a court, newest first."""
    return PendingCharge.objects.for_case(player.case).filter(player=player)


def open_session(case: MarketCase) -> ReviewSession | None:
    """The sitting that is under way, if there is one."""
    return ReviewSession.objects.for_case(case).filter(closed_at__isnull=True).first()


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
