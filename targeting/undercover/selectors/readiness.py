"""How far each case is, for this reader: buys, laboratory, the prosecutor's word, the last day to charge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dmi.cases import selectors as cases
from dmi.people import selectors as people
from dmi.people.stages import Stage
from targeting.undercover.models import ChargePage, InformantBuy, OfficerBuy
from targeting.undercover.selectors.buys import EvidenceSummary, figures, summary
from targeting.undercover.selectors.sealed import SEES_SEALED

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase
    from dmi.people.models import Player

STAGES = (Stage.LISTED, Stage.CANDIDATE, Stage.INVITED, Stage.NOTIFIED, Stage.PROSECUTE, Stage.HELD)


@dataclass(frozen=True, slots=True)
class ReadinessRow:
    """A player, the evidence, and the prosecutor's page; show the page only to readers of warrants.

    `sealed` counts informants' buys; it is None, unread, for whoever may not know of them.
    """

    player: Player
    summary: EvidenceSummary
    charge_page: ChargePage | None
    no_result: int = 0
    not_sent: int = 0
    sealed: int | None = None
    today: date | None = None

    @property
    def clock(self) -> str:
        """Where the limitation clock stands: unknown, over, soon or far."""
        return self.charge_page.clock(self.today) if self.charge_page and self.today else "unknown"

    @property
    def days_left(self) -> int | None:
        """Days until the last day to charge."""
        return self.charge_page.days_left(self.today) if self.charge_page and self.today else None


def readiness(case: MarketCase, *, can: Collection[str] = (), today: date | None = None) -> list[ReadinessRow]:
    """Every player cases are built on, by number; four queries, five for readers of informants' buys."""
    today = today or timezone.localdate()
    policy = cases.policy_of(case)
    found = figures(OfficerBuy.objects.for_case(case))
    sealed = figures(InformantBuy.objects.for_case(case)) if SEES_SEALED in can else None
    pages = {page.player_id: page for page in ChargePage.objects.for_case(case)}
    rows = []
    for player in people.players(case, today=today).filter(stage__in=STAGES).order_by("number"):
        own: dict[str, Any] = found.get(player.pk) or {}
        rows.append(
            ReadinessRow(
                player, summary(found.get(player.pk), case, policy), pages.get(player.pk),
                no_result=own.get("no_result", 0), not_sent=own.get("not_sent", 0),
                sealed=None if sealed is None else sealed.get(player.pk, {}).get("n", 0), today=today,
            )
        )  # fmt: skip
    return rows


def totals(rows: list[ReadinessRow]) -> dict[str, int]:
    """The table in figures: people, with the buys asked for, called ready, results outstanding, clocks running out."""
    return {
        "people": len(rows),
        "enough": sum(row.summary.meets_policy for row in rows),
        "ready": sum(bool(row.charge_page and row.charge_page.ready_on) for row in rows),
        "no_result": sum(row.no_result for row in rows),
        "soon": sum(row.clock in ("soon", "over") for row in rows),
    }
