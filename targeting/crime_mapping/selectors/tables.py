"""Tables of units beside the map, with small counts held back from readers of totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from targeting.crime_mapping.models import BoundaryLayer
from targeting.crime_mapping.models.categories import PART_ONE, Category
from targeting.crime_mapping.selectors import counts, surfaces
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight, hidden, is_small

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase


@dataclass(frozen=True)
class UnitLine:
    """One unit of the short table; a held-back total is None."""

    name: str
    total: int | None
    bar: float
    part_one: int | None
    contacts: int | None
    is_in: bool


@dataclass(frozen=True)
class RankedLine:
    """One unit of the ranked table; everything derived from a held-back count is None."""

    name: str
    count: int | None
    share: float | None
    per_square_mile: float | None
    per_thousand: float | None
    change: surfaces.Change | None

    @property
    def percent(self) -> float | None:
        """Share of the city in percent."""
        return None if self.share is None else 100 * self.share


def unit_lines(layer: BoundaryLayer, choice: Choice, sight: Sight, inside: set[int]) -> list[UnitLine]:
    """Units with their incidents, most first; those of the broad area are marked."""
    counted = counts.by_unit(layer=layer, choice=choice).units
    hide = hidden([u.total for u in counted]) if not sight.exact else [False] * len(counted)
    most = max((u.total for u, is_hidden in zip(counted, hide, strict=True) if not is_hidden), default=0)
    lines = [
        UnitLine(
            name=u.unit.name,
            total=None if is_hidden else u.total,
            bar=0.0 if is_hidden or not most else 100 * u.total / most,
            part_one=sum(u.by_category.get(c, 0) for c in PART_ONE) if sight.exact else None,
            contacts=u.by_category.get(Category.CONTACT, 0) if sight.contacts else None,
            is_in=u.unit.place in inside,
        )
        for u, is_hidden in zip(counted, hide, strict=True)
    ]
    return sorted(lines, key=lambda line: (line.total is None, -(line.total or 0), line.name))


def ranked_lines(layer: BoundaryLayer, choice: Choice, sight: Sight) -> list[RankedLine]:
    """The ranked table as this reader may see it."""
    rows = surfaces.ranked(layer, choice)
    hide = hidden([row.count for row in rows]) if not sight.exact else [False] * len(rows)
    lines = []
    for row, is_hidden in zip(rows, hide, strict=True):
        shows_change = not is_hidden and (sight.exact or not is_small(row.change.before))
        lines.append(
            RankedLine(
                name=row.name,
                count=None if is_hidden else row.count,
                share=None if is_hidden else row.share,
                per_square_mile=None if is_hidden else row.per_square_mile,
                per_thousand=None if is_hidden else row.per_thousand,
                change=row.change if shows_change else None,
            )
        )
    return sorted(lines, key=lambda line: (line.count is None, -(line.count or 0), line.name))


def method_of(case: MarketCase, choice: Choice) -> tuple[str, list[surfaces.Score], int]:
    """How concentrations are found, and how well each way foresaw the following period of the same length."""
    found = surfaces.concentration(case, choice.moved(-1))
    if found is None:
        return "", [], 0
    scores, total = surfaces.scores(found)
    return found.statement, scores, total
