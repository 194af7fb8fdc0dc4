"""Counts of incidents by unit and category, in one pass over stored assignments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import connection

from targeting.crime_mapping.models import BoundaryLayer, Unit
from targeting.crime_mapping.selectors.keeping import kept

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

_BY_UNIT = """
SELECT units[%(slot)s], point IS NOT NULL, category, count(*)
FROM crime_mapping_incident
WHERE case_id = %(case)s AND is_counted AND occurred_at >= %(start)s AND occurred_at < %(end)s
  AND (%(sources)s::uuid[] IS NULL OR source_id = ANY(%(sources)s::uuid[]))
  AND (%(categories)s::text[] IS NULL OR category = ANY(%(categories)s::text[]))
  AND (%(hours)s::int[] IS NULL OR hour = ANY(%(hours)s::int[]))
  AND (%(weekdays)s::int[] IS NULL OR weekday = ANY(%(weekdays)s::int[]))
GROUP BY 1, 2, 3
"""
_AGREEMENT = """
SELECT count(*), count(*) FILTER (WHERE u.code_key = i.said OR u.name_key = i.said)
FROM (
    SELECT units[%(slot)s] AS place, upper(ltrim(recorded ->> %(kind)s, '0 ')) AS said
    FROM crime_mapping_incident
    WHERE case_id = %(case)s AND is_counted AND point IS NOT NULL AND located_by = 'file'
      AND coalesce(recorded ->> %(kind)s, '') NOT IN ('', '0')
) i
LEFT JOIN (
    SELECT place, upper(ltrim(code, '0 ')) AS code_key, upper(ltrim(name, '0 ')) AS name_key
    FROM crime_mapping_unit WHERE layer_id = %(layer)s
) u USING (place)
"""


@dataclass(frozen=True)
class Choice:
    """Which incidents: days (both included), and sources, categories, hours and weekdays where not all.

    A choice `by_months` is of whole calendar months, and so is every period it is compared with.
    """

    first: date
    last: date
    sources: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    hours: tuple[int, ...] | None = None
    weekdays: tuple[int, ...] | None = None
    by_months: bool = False

    @property
    def days(self) -> int:
        """Length of the period."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int:
        """How many calendar months it touches."""
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    def moved(self, periods: int) -> Choice:
        """The period of the same length before (−1) or after (+1); of months, the same ones of other years."""
        if self.by_months:
            years = periods * -(-self.months // 12)
            return replace(self, first=_in_year(self.first, years), last=_in_year(self.last, years))
        shift = timedelta(days=periods * self.days)
        return replace(self, first=self.first + shift, last=self.last + shift)

    def filters(self) -> dict[str, list[Any] | None]:
        """The parts that narrow, as parameters of a query; None lets everything through."""
        parts = {name: getattr(self, name) for name in ("sources", "categories", "hours", "weekdays")}
        return {name: None if wanted is None else list(wanted) for name, wanted in parts.items()}


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month, or of one so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month."""
    return month_start(day, 1) - timedelta(days=1)


def _in_year(day: date, years: int) -> date:
    """The same day of another year; the last of a month stays the last."""
    last = month_end(day.replace(year=day.year + years, day=1))
    return last if day == month_end(day) else last.replace(day=min(day.day, last.day))


@dataclass
class UnitCount:
    """Incidents of a period in one unit."""

    unit: Unit
    by_category: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All categories together."""
        return sum(self.by_category.values())


@dataclass
class LayerCount:
    """Incidents of a period by the units of a layer; `outside` lie in none, `without_location` nowhere known."""

    layer: BoundaryLayer
    units: list[UnitCount]
    outside: int = 0
    without_location: int = 0

    @property
    def total(self) -> int:
        """Every incident of the period."""
        return sum(u.total for u in self.units) + self.outside + self.without_location


def moments(case: MarketCase, first: date, last: date) -> tuple[datetime, datetime]:
    """The first day's start and the end of the last day, in the case's own time."""
    zone = ZoneInfo(case.time_zone)
    start = datetime.combine(first, time(), tzinfo=zone)
    return start, datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)


def by_unit(*, layer: BoundaryLayer, choice: Choice) -> LayerCount:
    """Incidents of the choice in each unit, by category; withdrawn rows never count."""
    units = {unit.place: UnitCount(unit) for unit in layer.units.defer("shape").order_by("place")}
    counted = LayerCount(layer, list(units.values()))
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    for place, is_located, category, count in kept(
        layer.case, f"units:{layer.pk}:{choice}", lambda: _by_unit(layer, choice)
    ):
        if not is_located:
            counted.without_location += count
        elif place is None or place not in units:
            counted.outside += count
        else:
            sums[place][category] = sums[place].get(category, 0) + count
    for place, categories in sums.items():
        units[place].by_category = categories
    return counted


def _by_unit(layer: BoundaryLayer, choice: Choice) -> list[tuple[int | None, bool, str, int]]:
    start, end = moments(layer.case, choice.first, choice.last)
    names = {"slot": layer.slot + 1, "case": layer.case_id, "start": start, "end": end, **choice.filters()}
    with connection.cursor() as cursor:
        cursor.execute(_BY_UNIT, names)
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Agreement:
    """How often the unit a record names is the one its point lies in: a figure for the quality of the data."""

    compared: int
    agree: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where nothing can be compared."""
        return self.agree / self.compared if self.compared else None


def agreement(layer: BoundaryLayer) -> Agreement:
    """Recorded against computed units of a layer, over located incidents that name one."""
    names: dict[str, Any] = {"slot": layer.slot + 1, "kind": layer.kind, "case": layer.case_id, "layer": layer.pk}
    with connection.cursor() as cursor:
        cursor.execute(_AGREEMENT, names)
        compared, agree = cursor.fetchone()
    return Agreement(compared, agree)
