"""Two periods of the same length, drawn with the same bands, and where the second has more or fewer than the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from dmi.geo.density import Surface
from targeting.crime_mapping.models import BoundaryLayer
from targeting.crime_mapping.selectors import counts, keeping, layers, surfaces
from targeting.crime_mapping.selectors.counts import Choice, month_start
from targeting.crime_mapping.selectors.sight import Sight, hidden

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

CHANGE_STEPS = 3


@dataclass(frozen=True)
class Pair:
    """Bands of both periods between the same edges, and of their difference; plain GeoJSON features."""

    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    rise: list[dict[str, Any]]
    fall: list[dict[str, Any]]
    edges: list[tuple[int, int]]
    change_edges: list[int]
    method: str

    @property
    def legend(self) -> str:
        """The bands of both periods in words."""
        steps = ", ".join(f"{low:,} to {high:,}" for low, high in self.edges)
        return f"{steps} incidents per square mile" if steps else ""

    @property
    def change_legend(self) -> str:
        """The bands of the difference in words."""
        steps = ", ".join(f"{edge:,}" for edge in self.change_edges)
        return f"from {steps} incidents per square mile more or fewer" if steps else ""


@dataclass(frozen=True)
class PairLine:
    """One unit in both periods; a held-back count is None."""

    name: str
    before: int | None
    after: int | None
    change: surfaces.Change | None


def earlier(after: Choice, first: date | None) -> Choice:
    """The period of the same length that begins on a day, or in a month; by default the one before."""
    if first is None:
        return after.moved(-1)
    if after.by_months:
        first = min(month_start(first), month_start(after.first))
        return replace(after, first=first, last=month_start(first, after.months) - timedelta(days=1))
    return replace(after, first=first, last=first + timedelta(days=after.days - 1))


def pair(case: MarketCase, before: Choice, after: Choice, *, bandwidth: float | None, sight: Sight) -> Pair | None:
    """Both periods and their difference as this reader may see them; None before the case has a grid."""
    what = f"pair:{sight.key}:{before}:{after}:{bandwidth}"
    found = keeping.kept(case, what, lambda: _pair(case, before, after, bandwidth, sight) or "none")
    return found if isinstance(found, Pair) else None


def _pair(case: MarketCase, before: Choice, after: Choice, bandwidth: float | None, sight: Sight) -> Pair | None:
    old, new = (surfaces.concentration(case, choice, bandwidth=bandwidth) for choice in (before, after))
    if old is None or new is None:
        return None
    plane, reach = new.grid.plane, new.bandwidth
    both = [found.surface() for found in (old, new)]
    edges = layers.band_edges(max(surface.peak for surface in both), reach, sight)
    difference = new.density - old.density
    ways = [Surface(new.grid.grid, np.clip(sign * difference, 0, None), "quartic", reach, 0) for sign in (1, -1)]
    change = layers.band_edges(max(way.peak for way in ways), reach, sight, CHANGE_STEPS)
    highs = [*edges[1:], max(surface.peak for surface in both)]
    drawn = [layers.drawn_bands(surface.bands(edges, plane=plane)) for surface in both]
    moved = [layers.drawn_bands(way.bands(change, plane=plane)) for way in ways]
    return Pair(
        before=drawn[0], after=drawn[1], rise=moved[0], fall=moved[1],
        edges=[(round(low), round(high)) for low, high in zip(edges, highs, strict=True)] if edges else [],
        change_edges=[round(edge) for edge in change],
        method=new.statement.split(" Concentrations:")[0],
    )  # fmt: skip


def lines(layer: BoundaryLayer, before: Choice, after: Choice, sight: Sight) -> list[PairLine]:
    """Units in both periods, the largest move first."""
    now = counts.by_unit(layer=layer, choice=after).units
    then = {u.unit.place: u.total for u in counts.by_unit(layer=layer, choice=before).units}
    olds, news = [then[u.unit.place] for u in now], [u.total for u in now]
    hides = [hidden(values) if not sight.exact else [False] * len(values) for values in (olds, news)]
    found = [
        PairLine(
            u.unit.name,
            None if old_hidden else old,
            None if new_hidden else new,
            None if old_hidden or new_hidden else surfaces.change(new, old),
        )
        for u, old, new, old_hidden, new_hidden in zip(now, olds, news, *hides, strict=True)
    ]
    return sorted(found, key=lambda ln: (ln.change is None, -abs((ln.after or 0) - (ln.before or 0)), ln.name))
