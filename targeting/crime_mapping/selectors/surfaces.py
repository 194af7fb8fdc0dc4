"""Where incidents concentrate: counted in cells by the database, smoothed and tested on the grid, scored on later days.

No point ever leaves the database for a surface: it is built from the stored cell numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from dmi.geo.density import Surface, smooth
from dmi.geo.hotspots import Foresight, HotSpots, corrected_p, foresight, gi_star
from dmi.geo.projections import SQUARE_METERS_PER_SQUARE_MILE
from targeting.crime_mapping.models import BoundaryLayer, MapGrid
from targeting.crime_mapping.selectors import counts, grids
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.keeping import kept

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

Floats = NDArray[np.float64]
_BY_CELL = """
SELECT cell, count(*) FROM crime_mapping_incident
WHERE case_id = %(case)s AND is_counted AND occurred_at >= %(start)s AND occurred_at < %(end)s AND cell IS NOT NULL
  AND (%(sources)s::uuid[] IS NULL OR source_id = ANY(%(sources)s::uuid[]))
  AND (%(categories)s::text[] IS NULL OR category = ANY(%(categories)s::text[]))
  AND (%(hours)s::int[] IS NULL OR hour = ANY(%(hours)s::int[]))
  AND (%(weekdays)s::int[] IS NULL OR weekday = ANY(%(weekdays)s::int[]))
GROUP BY cell
"""
Z_95 = 1.959963984540054


def cell_counts(case: MarketCase, grid: MapGrid, choice: Choice) -> Floats:
    """Incidents in each cell of the grid, rows from south to north."""
    flat = kept(case, f"grid:{choice}", lambda: _cell_counts(case, grid, choice))
    return np.asarray(flat.reshape(grid.rows, grid.columns), float)


def _cell_counts(case: MarketCase, grid: MapGrid, choice: Choice) -> NDArray[np.int32]:
    start, end = counts.moments(case, choice.first, choice.last)
    names = {"case": case.pk, "start": start, "end": end, **choice.filters()}
    with connection.cursor() as cursor:
        cursor.execute(_BY_CELL, names)
        rows = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 2)
    flat = np.bincount(rows[:, 0], weights=rows[:, 1], minlength=grid.rows * grid.columns)
    return np.asarray(flat[: grid.rows * grid.columns], np.int32)


@dataclass(frozen=True)
class Concentration:
    """One period on the grid: counts, density in incidents per square mile, Gi* and its corrected p."""

    case: MarketCase
    choice: Choice
    grid: MapGrid
    bandwidth: float
    counts: Floats
    ground: NDArray[np.bool_]

    @cached_property
    def density(self) -> Floats:
        """Incidents per square mile, quartic kernel."""
        spread = smooth(self.counts, kernel="quartic", bandwidth=self.bandwidth, cell=self.grid.cell)
        return spread / (self.grid.cell**2) * SQUARE_METERS_PER_SQUARE_MILE

    @cached_property
    def hot(self) -> HotSpots:
        """Gi* of the cells on the city's ground, neighbors being the eight around."""
        return gi_star(self.counts, ground=self.ground)

    @cached_property
    def corrected(self) -> Floats:
        """p of Gi*, corrected for many tests."""
        return corrected_p(self.hot.p)

    @property
    def statement(self) -> str:
        """The method, fit to stand under a map."""
        return (
            f"Quartic kernel, reach {self.bandwidth:.0f} m, cells of {self.grid.cell:.0f} m, incidents per square mile."
            " Concentrations: Getis-Ord Gi*, the eight cells around, corrected for many tests by Benjamini-Hochberg."
        )

    def surface(self) -> Surface:
        """The density as a surface from which bands are drawn."""
        return Surface(self.grid.grid, self.density, "quartic", self.bandwidth, int(self.counts.sum()))

    def centers(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Longitude and latitude of the middles of cells."""
        xs, ys = self.grid.grid.centers()
        return self.grid.plane.inverse(xs[columns], ys[rows])


def concentration(case: MarketCase, choice: Choice, *, bandwidth: float | None = None) -> Concentration | None:
    """The period on the case's grid; None before the case has one."""
    grid = grids.grid_of(case)
    if grid is None:
        return None
    reach = max(bandwidth or grid.bandwidth, grid.cell)
    return Concentration(case, choice, grid, reach, cell_counts(case, grid, choice), ground_cells(case, grid))


def ground_cells(case: MarketCase, grid: MapGrid) -> NDArray[np.bool_]:
    """Which cells lie in the city: within its boundaries, or without any, where something has ever happened nearby."""
    layers = grids.layers_of(case)
    if layers:
        widest = max((grids.areas_of(layer) for layer in layers), key=lambda a: sum(s.area for s in a.shapes))
        city = grid.plane.flatten(shapely.union_all(list(widest.shapes)))
        inside = grid.grid.inside(city)
        if inside.any():
            return inside
    ever = cell_counts(case, grid, Choice(date(1900, 1, 1), date(2200, 1, 1)))
    return smooth((ever > 0).astype(float), kernel="quartic", bandwidth=5 * grid.cell, cell=grid.cell) > 1e-9


@dataclass(frozen=True)
class Score:
    """How one way of looking ahead did on the following period."""

    method: str
    foresight: Foresight


def scores(found: Concentration, *, area_share: float = 0.01) -> tuple[list[Score], int]:
    """Hit rate, PAI and PEI of each method on the following period of the same length, and its number of incidents."""
    later = cell_counts(found.case, found.grid, found.choice.moved(1))
    total = int(later[found.ground].sum())
    if not total:
        return [], 0
    ways = {"density": found.density, "gi_star": np.nan_to_num(found.hot.z, nan=-99.0), "cell_count": found.counts}
    return [
        Score(name, foresight(guess, later, area_share=area_share, ground=found.ground)) for name, guess in ways.items()
    ], total


@dataclass(frozen=True)
class Change:
    """The period against the one before: the ratio of the two counts and its 95 percent interval (Poisson, log)."""

    before: int
    ratio: float | None
    low: float | None
    high: float | None


def change(now: int, before: int) -> Change:
    """How a count moved; without a count on both sides there is no ratio."""
    if not now or not before:
        return Change(before, None, None, None)
    spread = Z_95 * math.sqrt(1 / now + 1 / before)
    ratio = now / before
    return Change(before, ratio, ratio * math.exp(-spread), ratio * math.exp(spread))


@dataclass(frozen=True)
class UnitRow:
    """One line of a ranked table."""

    name: str
    code: str
    place: int
    count: int
    share: float
    per_square_mile: float
    per_thousand: float | None
    change: Change


def ranked(layer: BoundaryLayer, choice: Choice) -> list[UnitRow]:
    """Units of a layer by their incidents, most first, with rates and the change on the period before."""
    now = counts.by_unit(layer=layer, choice=choice)
    before = {u.unit.place: u.total for u in counts.by_unit(layer=layer, choice=choice.moved(-1)).units}
    located = sum(u.total for u in now.units) + now.outside
    rows = [
        UnitRow(
            name=u.unit.name,
            code=u.unit.code,
            place=u.unit.place,
            count=u.total,
            share=u.total / located if located else 0.0,
            per_square_mile=u.total / (u.unit.square_meters / SQUARE_METERS_PER_SQUARE_MILE)
            if u.unit.square_meters
            else 0.0,
            per_thousand=1000 * u.total / u.unit.residents if u.unit.residents else None,
            change=change(u.total, before[u.unit.place]),
        )
        for u in now.units
    ]
    return sorted(rows, key=lambda r: (-r.count, r.place))
