"""The grid of a case, set once from the first ground that is known, so that all its maps compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import box

from dmi.geo.coordinates import Box
from dmi.geo.density import Grid
from dmi.geo.projections import LocalPlane
from targeting.crime_mapping import selectors
from targeting.crime_mapping.models import MapGrid

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

SMALLEST_CELL, LARGEST_CELL, STEP = 25.0, 150.0, 5.0
CELLS_ACROSS = 150
MARGIN_CELLS = 8
CELLS_IN_REACH = 5


def ensure_grid(case: MarketCase, city: Box | None, actor: User | None) -> MapGrid | None:
    """The case has a grid over its city; what it had before stays.

    A cell is the city's shorter side divided by 150, between 25 and 150 meters, and the reach of a surface five cells:
    the rule of thumb of crime analysts (performance notes; Chainey and Ratcliffe 2005).
    """
    found = selectors.grids.grid_of(case)
    if found is not None or city is None:
        return found
    plane = LocalPlane.around(box(city.west, city.south, city.east, city.north))
    x, y = plane.forward([city.west, city.east, city.west, city.east], [city.south, city.south, city.north, city.north])
    shorter = min(float(np.ptp(x)), float(np.ptp(y)))
    longer = max(float(np.ptp(x)), float(np.ptp(y)))
    cell = min(max(round(shorter / CELLS_ACROSS / STEP) * STEP, SMALLEST_CELL), LARGEST_CELL)
    while longer / cell > 1_500:
        cell *= 2
    bounds = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    grid = Grid.over(bounds, cell=cell, pad=MARGIN_CELLS * cell)
    return MapGrid.objects.create_by(
        actor,
        case=case,
        lon=plane.lon,
        lat=plane.lat,
        x=grid.x,
        y=grid.y,
        cell=cell,
        columns=grid.columns,
        rows=grid.rows,
        bandwidth=CELLS_IN_REACH * cell,
    )


def box_around(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Box | None:
    """The city as its points show it: the middle 98 percent in each direction and a margin of a tenth."""
    there = np.isfinite(lon) & np.isfinite(lat)
    if there.sum() < 5:
        return None
    west, east = np.quantile(lon[there], (0.01, 0.99))
    south, north = np.quantile(lat[there], (0.01, 0.99))
    wide = max((east - west) * 0.1, 0.005)
    high = max((north - south) * 0.1, 0.005)
    return Box(float(west - wide), float(south - high), float(east + wide), float(north + high))
