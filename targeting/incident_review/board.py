"""The board of step 3b: a row for each player under decision, with what each office says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from dmi.cases import selectors as cases
from dmi.people import selectors as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review.models import (
    Assessment,
    Choice,
    PendingCharge,
    PoliceContact,
    PoliceRecommendation,
    ProsecutorDecision,
)

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

UNDER_DECISION = (Stage.LISTED, Stage.CANDIDATE, Stage.PROSECUTE, Stage.HELD)
BEYOND = (Stage.INVITED, Stage.NOTIFIED, Stage.VIOLATED, Stage.ARRESTED, Stage.CHARGED)
SEEN = PoliceContact.Kind.SIGHTING, PoliceContact.Kind.FIELD, PoliceContact.Kind.ARREST
STAGE_OF = {
    Choice.CALL_IN: Stage.CANDIDATE,
    Choice.PROSECUTE: Stage.PROSECUTE,
    Choice.HOLD: Stage.HELD,
    Choice.DROP: Stage.DROPPED,
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One player: the answers of step 3a, the police's recommendation, the prosecutors' decisions."""

    player: Player
    assessment: Assessment | None
    police: PoliceRecommendation | None
    local: ProsecutorDecision | None
    federal: ProsecutorDecision | None
    charges: int
    last_seen: date | None

    @property
    def outcome(self) -> str:
        """ "agree", "differ", or "open" while the police or the local prosecutor have not spoken."""
        if self.police is None or self.local is None:
            return "open"
        return "agree" if self.police.choice == self.local.choice else "differ"

    @property
    def is_open(self) -> bool:
        """Whether the list waits for this row: under decision, and not standing where both offices want it now."""
        if self.player.stage not in UNDER_DECISION:
            return False
        return self.local is None or self.outcome != "agree" or STAGE_OF[Choice(self.local.choice)] != self.player.stage

    @property
    def list_letter(self) -> str:
        """A (prosecute now), B (call-in) or ? by where the player stands."""
        if self.player.stage in (Stage.PROSECUTE, Stage.CHARGED):
            return "A"
        return "?" if self.player.stage in (Stage.HELD, Stage.LISTED) else "B"

    @property
    def has_violence(self) -> bool:
        """Whether step 3a found any history of violence."""
        return self.assessment is not None and self.assessment.violence != Assessment.Violence.NONE


def board(case: MarketCase) -> list[BoardRow]:
    """Every player under decision or beyond, by number; six queries whatever the length."""
    players = list(people.players(case).at(*UNDER_DECISION, *BEYOND).order_by("number"))
    about = {"player__in": players}
    assessments = {a.player_id: a for a in Assessment.objects.for_case(case).filter(**about)}
    police = {
        r.player_id: r for r in PoliceRecommendation.objects.for_case(case).filter(**about).select_related("updated_by")
    }
    decisions = {
        (d.player_id, d.office): d
        for d in ProsecutorDecision.objects.for_case(case).filter(**about).select_related("updated_by")
    }
    charges = dict(
        PendingCharge.objects.for_case(case).filter(**about).order_by().values_list("player").annotate(n=Count("pk"))
    )
    seen = dict(
        PoliceContact.objects.for_case(case).filter(kind__in=SEEN, is_juvenile=False, **about).order_by()
        .values_list("player").annotate(last=Max("happened_at"))
    )  # fmt: skip
    offices = ProsecutorDecision.Office
    return [
        BoardRow(
            player=player,
            assessment=assessments.get(player.pk),
            police=police.get(player.pk),
            local=decisions.get((player.pk, offices.LOCAL)),
            federal=decisions.get((player.pk, offices.FEDERAL)),
            charges=charges.get(player.pk, 0),
            last_seen=seen[player.pk].date() if player.pk in seen else None,
        )
        for player in players
    ]


def is_active(assessment: Assessment, today: date) -> bool:
    """Whether the activity on file lies within the team's window."""
    last = assessment.last_active_on
    return last is not None and window_starts(assessment.case, today) <= last <= today


def window_starts(case: MarketCase, today: date) -> date:
    """The first day on which activity counts as current."""
    return today - timedelta(days=cases.policy_of(case).activity_window_days)
