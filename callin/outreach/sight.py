"""How much of the visits a reader meets: all, the own pair's, code numbers and outcomes, or totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callin.outreach import selectors
from dmi.people.models import PlayerQuerySet

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader meets on the plan and on a candidate's page."""

    seats: frozenset[str]
    lists_all: bool
    lists_codes: bool
    reads_flags: bool

    def plan_of(self, case: MarketCase, user: User) -> PlayerQuerySet:
        """The candidates of the plan: every one, or those of the reader's own pairs."""
        return selectors.called_in(case) if self.lists_all else selectors.in_pair_of(case, user, self.seats)


def sight_of(can: frozenset[str], seats: frozenset[str]) -> Sight:
    """From rights to sight.

    A masked reader gets code numbers only with a right on the call-in roster: services, who hold none there, may not
    learn that a name exists (O3) and get totals. The neighbor of a pair learns that there is a stop, not why.
    """
    lists_all = bool({"visit_log.view", "visit_log.masked"} & can)
    knows_codes = bool({"call_in_roster.view", "call_in_roster.masked"} & can)
    return Sight(
        seats=seats,
        lists_all=lists_all,
        lists_codes=not lists_all or "visit_log.view" in can or knows_codes,
        reads_flags="safety_flags.view" in can,
    )
