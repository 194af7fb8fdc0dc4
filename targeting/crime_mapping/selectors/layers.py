"""What the map draws: the ground, the boundaries, the areas, the density bands, the significant cells, the points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Count
from shapely.geometry.base import BaseGeometry

from dmi.geo import geojson
from dmi.geo.density import Band
from dmi.geo.projections import SQUARE_METERS_PER_SQUARE_MILE
from targeting.crime_mapping.models import (
    AreaVersion,
    BoundaryLayer,
    GroundShape,
    Incident,
    Source,
    Unit,
)
from targeting.crime_mapping.selectors import areas, counts, surfaces
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.keeping import kept
from targeting.crime_mapping.selectors.sight import SMALL, Sight

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

Shapes = list[tuple[str, int, BaseGeometry]]


def shape_of(stored: GEOSGeometry) -> BaseGeometry:
    """A stored shape as shapely has it."""
    return shapely.from_wkb(bytes(stored.wkb))


def ground_shapes(case: MarketCase, kind: str, near: BaseGeometry | None = None) -> Shapes:
    """Name, rank and shape of the ground of one kind, all or near a place."""
    stored = GroundShape.objects.filter(case=case, kind=kind).order_by("pk")
    if near is not None:
        stored = stored.filter(shape__bboverlaps=GEOSGeometry(memoryview(near.wkb), srid=4326))
    return [(s.name, s.rank, shape_of(s.shape)) for s in stored]


def ground(case: MarketCase) -> dict[str, Any]:
    """The drawn base of the map, boundaries and their names, as GeoJSON by kind."""
    return kept(case, "ground", lambda: _ground(case))


def _ground(case: MarketCase) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in GroundShape.Kind.values:
        shapes = ground_shapes(case, kind)
        features = [geojson.feature(s, {"name": name, "rank": rank}) for name, rank, s in shapes]
        found[kind] = geojson.collection(features)
    return found


def boundaries(case: MarketCase) -> dict[str, Any]:
    """The units of each boundary layer with their names, as GeoJSON by kind."""
    return kept(case, "boundaries", lambda: {layer.kind: _units(layer) for layer in layers_of(case)})


def layers_of(case: MarketCase) -> list[BoundaryLayer]:
    """The boundary layers with the number of their units."""
    return list(BoundaryLayer.objects.for_case(case).annotate(unit_count=Count("units")).order_by("slot"))


def _units(layer: BoundaryLayer) -> dict[str, Any]:
    stored = layer.units.order_by("place")
    return geojson.collection(geojson.feature(shape_of(u.shape), {"name": u.name}, id=str(u.place)) for u in stored)


def drawn_areas(case: MarketCase) -> dict[str, Any]:
    """The areas as they stand: the newest broad and target version, the comparison areas."""
    chosen = [areas.current(case, kind) for kind in (AreaVersion.Kind.BROAD, AreaVersion.Kind.TARGET)]
    shown = [area for area in (*chosen, *areas.comparisons(case)) if area is not None]
    return geojson.collection(
        geojson.feature(areas.outline(a), {"kind": a.kind, "name": a.name, "state": a.state}) for a in shown
    )


@dataclass(frozen=True)
class Drawing:
    """A density surface as bands, and the cells that stand out from chance; plain GeoJSON with its method."""

    bands: list[dict[str, Any]]
    hot: list[dict[str, Any]]
    method: str
    incidents: int
    edges: list[tuple[int, int]]


def drawing(case: MarketCase, choice: Choice, *, bandwidth: float | None, sight: Sight) -> Drawing | None:
    """Bands and significant cells of the choice, as this reader may see them; None before the case has a grid."""
    what = f"drawing:{sight.key}:{choice}:{bandwidth}"
    found = kept(case, what, lambda: _drawing(case, choice, bandwidth, sight) or "none")
    return found if isinstance(found, Drawing) else None


def _drawing(case: MarketCase, choice: Choice, bandwidth: float | None, sight: Sight) -> Drawing | None:
    found = surfaces.concentration(case, choice, bandwidth=bandwidth)
    if found is None:
        return None
    total = int(found.counts.sum())
    surface = found.surface()
    bands = surface.bands(band_edges(surface.peak, found.bandwidth, sight), plane=found.grid.plane) if total else []
    drawn, edges = drawn_bands(bands), [(round(band.low), round(band.high)) for band in bands]
    return Drawing(drawn, _hot_cells(found, sight) if total else [], found.statement, total, edges)


def drawn_bands(bands: list[Band]) -> list[dict[str, Any]]:
    """Bands as GeoJSON features, numbered from the lowest."""
    return [geojson.feature(band.shape, {"step": i}) for i, band in enumerate(bands, start=1)]


def band_edges(peak: float, bandwidth: float, sight: Sight, steps: int = 5) -> list[float]:
    """Lower edges of equal bands above one step; quiet ground stays white.

    Who may not see points gets no band that fewer than eleven incidents could make.
    """
    low = peak / (steps + 1)
    if not sight.points:
        one = 3 / (math.pi * bandwidth**2) * SQUARE_METERS_PER_SQUARE_MILE
        low = max(low, SMALL * one)
    return [low + i * (peak - low) / steps for i in range(steps)] if peak > low else []


def _hot_cells(found: surfaces.Concentration, sight: Sight) -> list[dict[str, Any]]:
    from scipy.ndimage import convolve  # loaded with the first map: a worker that only prints needs none

    drawn = []
    grid = found.grid.grid
    near = convolve(found.counts, np.ones((3, 3)), mode="constant")
    told = np.ones(near.shape, bool) if sight.points else near >= SMALL
    for confidence in (95, 99):
        rows, columns = np.nonzero((found.hot.confidence == confidence) & told)
        if not len(rows):
            continue
        left, low = grid.x + columns * grid.cell, grid.y + rows * grid.cell
        whole = shapely.union_all(shapely.box(left, low, left + grid.cell, low + grid.cell))
        shape = found.grid.plane.unflatten(whole)
        drawn.append(geojson.feature(shape, {"confidence": confidence, "cells": len(rows)}))
    return drawn


def chosen(case: MarketCase, choice: Choice) -> Any:
    """The located incidents of a choice."""
    start, end = counts.moments(case, choice.first, choice.last)
    rows = Incident.objects.for_case(case).counted().filter(point__isnull=False)
    rows = rows.filter(occurred_at__gte=start, occurred_at__lt=end)
    narrow: dict[str, Any] = {"source__in": choice.sources, "category__in": choice.categories}
    narrow |= {"hour__in": choice.hours, "weekday__in": choice.weekdays}
    return rows.filter(**{name: wanted for name, wanted in narrow.items() if wanted is not None})


@dataclass(frozen=True)
class SourceCount:
    """A source and its incidents in the period."""

    source: Source
    total: int
    located: int


def by_source(case: MarketCase, choice: Choice) -> list[SourceCount]:
    """Incidents of the choice by assessed source, all and located; a source not assessed is not mapped (1.1)."""
    sums = kept(case, f"sources:{choice}", lambda: _by_source(case, choice))
    nothing = {"total": 0, "located": 0}
    return [
        SourceCount(s, sums.get(s.pk, nothing)["total"], sums.get(s.pk, nothing)["located"])
        for s in mapped_sources(case)
    ]


def _by_source(case: MarketCase, choice: Choice) -> dict[Any, Mapping[str, Any]]:
    start, end = counts.moments(case, choice.first, choice.last)
    rows = Incident.objects.for_case(case).counted().filter(occurred_at__gte=start, occurred_at__lt=end)
    narrow = {"category__in": choice.categories, "hour__in": choice.hours, "weekday__in": choice.weekdays}
    rows = rows.filter(**{name: wanted for name, wanted in narrow.items() if wanted is not None})
    return {r["source"]: r for r in rows.values("source").annotate(total=Count("id"), located=Count("point"))}


def mapped_sources(case: MarketCase) -> list[Source]:
    """The sources the team has judged: only these are mapped."""
    return list(Source.objects.for_case(case).filter(assessed_on__isnull=False).order_by("created_at"))


def units_touching(layer: BoundaryLayer, shape: BaseGeometry | None, *, share: float = 0.02) -> set[int]:
    """Places of the units that lie in the shape with at least this share of the shape's ground."""
    if shape is None:
        return set()
    near = Unit.objects.filter(layer=layer, shape__bboverlaps=GEOSGeometry(memoryview(shape.wkb), srid=4326))
    return {u.place for u in near if shapely.intersection(shape_of(u.shape), shape).area >= share * shape.area}
