"""What the market can be compared with: units outside the broad area, by likeness of level, trend and residents."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from dmi.geo.projections import extent_of
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, EvaluationPlan, Unit
from targeting.crime_mapping.selectors import areas, counts, layers
from targeting.crime_mapping.selectors.counts import Choice

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

_MONTHS = """
SELECT s.i, date_trunc('month', i.occurred_at AT TIME ZONE %(zone)s)::date, count(*)
FROM unnest(%(shapes)s::bytea[]) WITH ORDINALITY AS s(wkb, i)
JOIN crime_mapping_incident i ON ST_Covers(ST_GeomFromWKB(s.wkb, 4326), i.point)
WHERE i.case_id = %(case)s AND i.is_counted AND i.occurred_at >= %(start)s AND i.occurred_at < %(end)s
  AND (%(categories)s::text[] IS NULL OR i.category = ANY(%(categories)s::text[]))
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Likeness:
    """A place as a comparison: what it has of each trait, and how far it is from the market's own (0 is alike)."""

    name: str
    unit: Unit | None
    per_square_mile: float
    trend: float | None
    residents_per_square_mile: float | None
    distance: float | None

    @property
    def trend_percent(self) -> float | None:
        """The change in percent."""
        return None if self.trend is None else 100 * (self.trend - 1)


def monthly(case: MarketCase, shapes: list[BaseGeometry], choice: Choice) -> list[dict[date, int]]:
    """Incidents by month in each shape; months without any are absent."""
    start, end = counts.moments(case, choice.first, choice.last)
    categories = None if choice.categories is None else list(choice.categories)
    names: dict[str, Any] = {
        "zone": case.time_zone,
        "shapes": [s.wkb for s in shapes],
        "case": case.pk,
        "start": start,
        "end": end,
    }
    found: list[dict[date, int]] = [{} for _ in shapes]
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, {**names, "categories": categories})
        for place, month, count in cursor.fetchall():
            found[place - 1][month] = count
    return found


def months_of(choice: Choice) -> list[date]:
    """The first days of the months the period touches."""
    found, month = [], choice.first.replace(day=1)
    while month <= choice.last:
        found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def candidates(case: MarketCase, layer: BoundaryLayer, choice: Choice) -> tuple[Likeness, list[Likeness]] | None:
    """The market and every unit outside its broad area, most alike first; None before a broad area is drawn.

    The distance is the mean of the absolute logarithms of the three ratios: 0.1 is about ten percent apart. A unit
    without any incident has none.
    """
    broad = areas.current(case, AreaVersion.Kind.BROAD)
    if broad is None:
        return None
    outline = areas.outline(broad)
    before = choice.moved(-1)
    market = _market(case, broad.name, outline, choice)
    now = {u.unit.place: u.total for u in counts.by_unit(layer=layer, choice=choice).units}
    then = {u.unit.place: u.total for u in counts.by_unit(layer=layer, choice=before).units}
    found = []
    for unit in layer.units.order_by("place"):
        ground = layers.shape_of(unit.shape)
        if shapely.intersection(ground, outline).area > 0.001 * outline.area:
            continue
        found.append(_unit(unit, now.get(unit.place, 0), then.get(unit.place, 0), market))
    alike = sorted(found, key=lambda row: (row.distance is None, row.distance or 0.0, row.name))
    return market, alike


def _market(case: MarketCase, name: str, outline: BaseGeometry, choice: Choice) -> Likeness:
    now, _ = areas.inside(case, outline, choice)
    then, _ = areas.inside(case, outline, choice.moved(-1))
    miles, residents = extent_of(outline).square_miles, areas.residents_in(case, outline)
    return Likeness(name, None, now / miles, now / then if then else None, residents / miles if residents else None, 0)


def _unit(unit: Unit, now: int, then: int, market: Likeness) -> Likeness:
    miles = areas.square_miles(unit.square_meters)
    level, trend = now / miles if miles else 0.0, now / then if then else None
    density = unit.residents / miles if unit.residents and miles else None
    pairs = [
        (level, market.per_square_mile),
        (trend, market.trend),
        (density, market.residents_per_square_mile),
    ]
    apart = [abs(math.log(mine / theirs)) for mine, theirs in pairs if mine and theirs]
    return Likeness(unit.name, unit, level, trend, density, sum(apart) / len(apart) if level and apart else None)


@dataclass(frozen=True)
class Series:
    """A place's incidents by month over the baseline window."""

    name: str
    by_month: list[int]

    @property
    def mean(self) -> float:
        """Incidents a month."""
        return sum(self.by_month) / len(self.by_month) if self.by_month else 0.0

    @property
    def recent(self) -> float:
        """Incidents a month over the last three."""
        last = self.by_month[-3:]
        return sum(last) / len(last) if last else 0.0

    @property
    def peak_at(self) -> int | None:
        """Position of the highest month from the end, 1 being the last; None without incidents."""
        if not any(self.by_month):
            return None
        return len(self.by_month) - self.by_month.index(max(self.by_month))

    @property
    def is_at_its_worst(self) -> bool:
        """Whether the last three months stand well above the mean: such a place tends to fall back by itself."""
        return self.mean > 0 and self.recent > 1.25 * self.mean


def plan_of(case: MarketCase) -> EvaluationPlan | None:
    """The case's evaluation plan, once one is written."""
    return EvaluationPlan.objects.for_case(case).first()


def baseline(case: MarketCase, plan: EvaluationPlan, categories: tuple[str, ...]) -> list[Series]:
    """Target area, buffer ring and comparison areas by month over the plan's window; empty before a target stands."""
    target = areas.current(case, AreaVersion.Kind.TARGET)
    if target is None:
        return []
    outline = areas.outline(target)
    places = [
        (target.name, outline),
        (f"Ring of {plan.buffer_meters} m around it", areas.ring(outline, plan.buffer_meters)),
    ]
    places += [(area.name, areas.outline(area)) for area in areas.comparisons(case)]
    choice = Choice(plan.baseline_from, plan.baseline_until, categories=categories)
    found = monthly(case, [shape for _, shape in places], choice)
    months = months_of(choice)
    series: dict[int, list[int]] = defaultdict(list)
    for i, by_month in enumerate(found):
        series[i] = [by_month.get(month, 0) for month in months]
    return [Series(name, series[i]) for i, (name, _) in enumerate(places)]
