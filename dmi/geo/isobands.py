"""The ground on which a gridded surface reaches a level, as polygons (marching squares with straight cuts)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Spot = tuple[int, int]


@dataclass(frozen=True)
class Lattice:
    """Values and where their columns and rows lie."""

    values: Floats
    xs: Floats
    ys: Floats

    def at(self, spot: Spot) -> tuple[float, float]:
        """x and y of a row and column."""
        return float(self.xs[spot[1]]), float(self.ys[spot[0]])


def region_at_least(values: Floats, xs: Floats, ys: Floats, level: float) -> BaseGeometry:
    """All ground with a value of at least `level`; empty when there is none. Values sit at (xs, ys)."""
    above = values >= level
    if not above.any() or min(values.shape) < 2:
        return MultiPolygon()
    lattice = Lattice(values, xs, ys)
    corner_sum = above[:-1, :-1].astype(int) + above[:-1, 1:] + above[1:, 1:] + above[1:, :-1]
    pieces = _full_runs(corner_sum == 4, xs, ys)
    for row, column in np.argwhere((corner_sum > 0) & (corner_sum < 4)):
        pieces.extend(_cut_cell(lattice, (int(row), int(column)), level))
    joined = shapely.unary_union(pieces)
    return joined if joined.is_valid else shapely.make_valid(joined)


def _full_runs(full: NDArray[np.bool_], xs: Floats, ys: Floats) -> list[Polygon]:
    """Cells that lie wholly above, joined along each row."""
    pieces = []
    for row in range(full.shape[0]):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], full[row].astype(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            pieces.append(box(xs[start], ys[row], xs[end], ys[row + 1]))
    return pieces


def _cut_cell(lattice: Lattice, corner: Spot, level: float) -> list[Polygon]:
    """The part of one cell that lies above: walk round its corners and cut each edge that crosses the level."""
    (row, column), values = corner, lattice.values
    around = ((row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column))
    ring: list[tuple[float, float]] = []
    for i, here in enumerate(around):
        there = around[(i + 1) % 4]
        if values[here] >= level:
            ring.append(lattice.at(here))
        if (values[here] >= level) != (values[there] >= level):
            ring.append(_crossing(lattice, here, there, level))
    piece = Polygon(ring) if len(ring) >= 3 else Polygon()
    return [piece] if piece.is_valid and piece.area > 0 else []


def _crossing(lattice: Lattice, a: Spot, b: Spot, level: float) -> tuple[float, float]:
    """Where the level lies between two corners; always reckoned from the lower corner, so neighbours agree."""
    low, high = sorted((a, b))
    share = (level - lattice.values[low]) / (lattice.values[high] - lattice.values[low])
    share = min(max(float(share), 1e-6), 1 - 1e-6)
    (x0, y0), (x1, y1) = lattice.at(low), lattice.at(high)
    return x0 + share * (x1 - x0), y0 + share * (y1 - y0)
