"""Near repeats of the chosen incidents: how long and how far one raises the chance of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dmi.geo.near_repeat import Band, NearRepeat, knox
from dmi.geo.projections import METERS_PER_FOOT
from targeting.crime_mapping.selectors import grids, keeping, layers
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

FEET = (1, 400, 800, 1_200)
DAYS = (7, 14, 28)
SHUFFLES = 99
FEWEST, MOST = 30, 10_000
FEWEST_EXPECTED = 5
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Row:
    """One distance, its bands from the soonest."""

    words: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Repeats:
    """The table of a choice; `found` is None where there are too few or too many incidents to say."""

    events: int
    found: NearRepeat | None

    @property
    def rows(self) -> list[Row]:
        """By distance, nearest first."""
        bands, wide = self.found.bands if self.found else (), len(DAYS)
        words = ("The same place", *(f"Up to {feet:,} feet" for feet in FEET[1:]))
        return [Row(said, bands[i * wide : (i + 1) * wide]) for i, said in enumerate(words)] if bands else []

    @property
    def strongest(self) -> Band | None:
        """The band away from the same place that stands out most: rare by chance, and enough pairs to say so."""
        known = [b for b in (self.found.bands if self.found else ()) if b.farthest > FEET[0] * METERS_PER_FOOT]
        rare = [b for b in known if b.p <= 0.05 and b.expected >= FEWEST_EXPECTED and b.ratio and b.ratio >= 1.2]
        return max(rare, key=lambda b: b.ratio or 0, default=None)

    @property
    def strongest_feet(self) -> int:
        """The farthest of that band in feet; 0 without one."""
        return round(self.strongest.farthest / METERS_PER_FOOT) if self.strongest else 0

    @property
    def is_known(self) -> bool:
        """Whether there is a table."""
        return self.found is not None

    @property
    def is_too_many(self) -> bool:
        """Whether the choice has to be narrowed first."""
        return self.events > MOST


def repeats(case: MarketCase, choice: Choice, sight: Sight) -> Repeats:
    """The Knox test of the located incidents of a choice, all over the city. Needs exact counts."""
    if not sight.exact:
        raise PermissionError("Near repeats are told to those who see exact counts.")
    return keeping.kept(case, f"repeats:{sight.key}:{choice}", lambda: _repeats(case, choice))


def _repeats(case: MarketCase, choice: Choice) -> Repeats:
    grid = grids.grid_of(case)
    chosen = layers.chosen(case, choice)
    events = chosen.count()
    if grid is None or not FEWEST <= events <= MOST:
        return Repeats(events, None)
    rows = list(chosen.order_by("id").values_list("point", "occurred_at"))
    x, y = grid.plane.forward([p.x for p, _ in rows], [p.y for p, _ in rows])
    when = np.array([at.timestamp() / SECONDS_A_DAY for _, at in rows])
    meters = [feet * METERS_PER_FOOT for feet in FEET]
    return Repeats(events, knox(x, y, when, distances=meters, times=DAYS, shuffles=SHUFFLES))
