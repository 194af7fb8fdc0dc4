"""The ground incidents are laid upon: the city's extent, its grid and its boundary layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from django.contrib.gis.db.models import Extent

from dmi.geo.assign import Areas
from dmi.geo.coordinates import Box
from targeting.crime_mapping.intake.staged import Ground
from targeting.crime_mapping.models import BoundaryLayer, MapGrid, Unit

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase


def grid_of(case: MarketCase) -> MapGrid | None:
    """The case's grid, once it has one."""
    return MapGrid.objects.for_case(case).first()


def city_box(case: MarketCase) -> Box | None:
    """Where the city lies in degrees: the extent of its boundaries, else of its grid; None before either."""
    extent = Unit.objects.filter(layer__case=case).aggregate(extent=Extent("shape"))["extent"]
    if extent:
        return Box(*extent)
    grid = grid_of(case)
    if grid is None:
        return None
    cells = grid.grid
    west, south = grid.plane.inverse([cells.x], [cells.y])
    east, north = grid.plane.inverse([cells.x + cells.columns * cells.cell], [cells.y + cells.rows * cells.cell])
    return Box(float(west[0]), float(south[0]), float(east[0]), float(north[0]))


def layers_of(case: MarketCase) -> list[BoundaryLayer]:
    """The case's boundary layers in the order of their slots."""
    return list(BoundaryLayer.objects.for_case(case).order_by("slot"))


def areas_of(layer: BoundaryLayer) -> Areas:
    """The outlines of a layer's units, in their order."""
    stored = layer.units.order_by("place").values_list("shape", flat=True)
    return Areas([shapely.from_wkb(bytes(shape.wkb)) for shape in stored])


def ground_of(case: MarketCase) -> Ground:
    """Everything an import needs to know of the ground."""
    grid = grid_of(case)
    return Ground(
        city=city_box(case),
        plane=grid.plane if grid else None,
        grid=grid.grid if grid else None,
        layers=[areas_of(layer) for layer in layers_of(case)],
    )
