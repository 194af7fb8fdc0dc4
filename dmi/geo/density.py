"""Kernel density: how many events per square mile, as a smooth surface and as filled bands.

Points are counted into cells and the counts are smoothed by a fast Fourier transform. Against the exact sum the error
stays below one percent of the peak as long as a cell is at most a fifth of the bandwidth, which `density` sees to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from dmi.geo.isobands import region_at_least
from dmi.geo.projections import METERS_PER_FOOT, SQUARE_METERS_PER_SQUARE_MILE, LocalPlane

Kernel = Literal["quartic", "gaussian"]
Floats = NDArray[np.float64]
CELLS_PER_BANDWIDTH = 5
GAUSSIAN_REACH = 4.0
LARGEST_SIDE = 2_000
CHUNK = 32_768


@dataclass(frozen=True)
class Grid:
    """Square cells on the local plane; (x, y) is the south-west corner, in metres."""

    x: float
    y: float
    cell: float
    columns: int
    rows: int

    @classmethod
    def over(cls, bounds: tuple[float, float, float, float], *, cell: float, pad: float = 0.0) -> Grid:
        """The grid that covers the bounds and a margin; its corner sits on whole multiples of the cell."""
        if cell <= 0:
            raise ValueError("A cell must be larger than nothing.")
        west, south = (np.floor((low - pad) / cell) * cell for low in bounds[:2])
        columns, rows = (int(np.ceil((bounds[i] + pad - low) / cell)) + 1 for i, low in ((2, west), (3, south)))
        if max(columns, rows) > LARGEST_SIDE:
            raise ValueError("The area is too large for so small a cell.")
        return cls(float(west), float(south), cell, columns, rows)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    def centers(self) -> tuple[Floats, Floats]:
        """x of each column's and y of each row's middle."""
        across = (np.arange(self.columns, dtype=np.float64) + 0.5) * self.cell
        up = (np.arange(self.rows, dtype=np.float64) + 0.5) * self.cell
        return np.asarray(self.x + across, np.float64), np.asarray(self.y + up, np.float64)

    def inside(self, area: BaseGeometry) -> NDArray[np.bool_]:
        """Which cells have their middle inside an area of the plane."""
        xs, ys = self.centers()
        shapely.prepare(area)
        mesh_x, mesh_y = np.meshgrid(xs, ys)
        return np.asarray(shapely.contains_xy(area, mesh_x, mesh_y))

    def count(self, x: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None) -> Floats:
        """Events in each cell; events off the grid are not counted."""
        xs, ys = np.asarray(x, float), np.asarray(y, float)
        flat, are_on = np.empty(len(xs), np.int64), self._holds_all(xs, ys)
        for begin in range(0, len(xs), CHUNK):  # small enough to stay in the processor's own memory
            part = slice(begin, begin + CHUNK)
            flat[part] = self._cell_of(xs[part], ys[part], are_on=are_on)
        cells = self.rows * self.columns
        heavy = None if weights is None else np.asarray(weights, float)
        found = np.bincount(flat, weights=heavy, minlength=cells + 1)[:cells]
        return found.astype(float).reshape(self.shape)

    def _holds_all(self, x: Floats, y: Floats) -> bool:
        """Whether every place lies on the grid, so that none has to be asked by itself."""
        sides = ((x, self.x, self.columns), (y, self.y, self.rows))
        return bool(len(x)) and all(
            low <= places.min() and (places.max() - low) / self.cell < cells for places, low, cells in sides
        )

    def _cell_of(self, x: Floats, y: Floats, *, are_on: bool) -> NDArray[np.integer[Any]]:
        """The number of the cell each place lies in; one more than the last for places off the grid."""
        east, north = (x - self.x) / self.cell, (y - self.y) / self.cell
        if are_on:
            return north.astype(np.int32) * np.int32(self.columns) + east.astype(np.int32)
        on = (east >= 0) & (east < self.columns) & (north >= 0) & (north < self.rows)
        number = north.astype(np.int64) * self.columns + east.astype(np.int64)
        return np.where(on, number, self.rows * self.columns)


@dataclass(frozen=True)
class Band:
    """One filled step of a surface: from `low` to `high` events per square mile."""

    low: float
    high: float
    shape: BaseGeometry


@dataclass(frozen=True)
class Surface:
    """A density surface in events per square mile, with all that is needed to read or repeat it."""

    grid: Grid
    per_square_mile: Floats
    kernel: Kernel
    bandwidth: float
    events: int

    @property
    def peak(self) -> float:
        """The highest value."""
        return float(self.per_square_mile.max()) if self.per_square_mile.size else 0.0

    @property
    def total(self) -> float:
        """The surface summed over its ground: the number of events."""
        return float(self.per_square_mile.sum() * self.grid.cell**2 / SQUARE_METERS_PER_SQUARE_MILE)

    @property
    def statement(self) -> str:
        """The settings in one sentence, for the legend."""
        feet, cell = self.bandwidth / METERS_PER_FOOT, self.grid.cell / METERS_PER_FOOT
        kernel = self.kernel.capitalize()
        return f"{kernel} kernel, bandwidth {feet:,.0f} feet, cells of {cell:,.0f} feet, {self.events:,} events."

    def levels(self, steps: int = 5) -> list[float]:
        """Lower edges of equal steps above one sixth of the peak, so that quiet ground stays white."""
        floor = self.peak / (steps + 1)
        return [floor * (i + 1) for i in range(steps)] if self.peak > 0 else []

    def bands(self, levels: list[float] | None = None, *, plane: LocalPlane | None = None) -> list[Band]:
        """Filled steps, lowest first; in WGS84 when the plane is given, else in metres of the plane."""
        edges = self.levels() if levels is None else sorted(levels)
        xs, ys = self.grid.centers()
        regions = [region_at_least(self.per_square_mile, xs, ys, level) for level in edges]
        found = []
        for i, region in enumerate(regions):
            above = regions[i + 1] if i + 1 < len(regions) else None
            shape = region if above is None else shapely.difference(region, above)
            high = edges[i + 1] if above is not None else self.peak
            if not shape.is_empty:
                found.append(Band(edges[i], high, plane.unflatten(shape) if plane else shape))
        return found


def fitting_cell(bandwidth: float, cell: float | None = None) -> float:
    """The cell to use: the wished one, halved until the bandwidth spans at least five of them."""
    size = cell or bandwidth / 8
    while size > bandwidth / CELLS_PER_BANDWIDTH + 1e-9:
        size /= 2
    return size


def suggested_bandwidth(bounds: tuple[float, float, float, float]) -> float:
    """Rule of thumb: five cells of the shorter side divided by 150."""
    return 5 * min(bounds[2] - bounds[0], bounds[3] - bounds[1]) / 150


def kernel_weights(kernel: Kernel, bandwidth: float, cell: float) -> Floats:
    """The kernel sampled at cell distance, its weights summing to one. A gaussian's bandwidth is its deviation."""
    reach = bandwidth if kernel == "quartic" else GAUSSIAN_REACH * bandwidth
    steps = int(np.ceil(reach / cell))
    offset = np.arange(-steps, steps + 1) * cell
    squared = offset[:, None] ** 2 + offset[None, :] ** 2
    if kernel == "quartic":
        sampled = np.clip(1 - squared / bandwidth**2, 0, None) ** 2
    else:
        sampled = np.exp(-squared / (2 * bandwidth**2))
    return np.asarray(sampled / sampled.sum(), float)


def smooth(counts: Floats, *, kernel: Kernel, bandwidth: float, cell: float) -> Floats:
    """Counts spread by the kernel; the sum is kept where the grid has a margin of one reach."""
    spread = _convolved(counts, kernel_weights(kernel, bandwidth, cell))
    return np.clip(spread, 0, None)


def _convolved(counts: Floats, weights: Floats) -> Floats:
    """The counts convolved with the weights, in the counts' own shape.

    Written out because scipy.signal costs every process of the program some 40 MB and a second or more at its start.
    """
    from scipy.fft import irfft2, next_fast_len, rfft2  # loaded with the first surface: a printing worker needs none

    rows, columns = counts.shape
    sides = [next_fast_len(a + b - 1, real=True) for a, b in zip(counts.shape, weights.shape, strict=True)]
    whole = irfft2(rfft2(counts, sides) * rfft2(weights, sides), sides)
    top, left = ((side - 1) // 2 for side in weights.shape)
    return np.asarray(whole[top : top + rows, left : left + columns], float)


def density(
    x: ArrayLike,
    y: ArrayLike,
    *,
    bounds: tuple[float, float, float, float],
    bandwidth: float,
    cell: float | None = None,
    kernel: Kernel = "quartic",
    weights: ArrayLike | None = None,
) -> Surface:
    """The density of events whose places are metres on the local plane."""
    if bandwidth <= 0:
        raise ValueError("The bandwidth must be larger than nothing.")
    size = fitting_cell(bandwidth, cell)
    reach = bandwidth if kernel == "quartic" else GAUSSIAN_REACH * bandwidth
    grid = Grid.over(bounds, cell=size, pad=reach + size)
    counts = grid.count(x, y, weights)
    spread = smooth(counts, kernel=kernel, bandwidth=bandwidth, cell=size)
    per_square_mile = spread / size**2 * SQUARE_METERS_PER_SQUARE_MILE
    return Surface(grid, per_square_mile, kernel, bandwidth, round(float(counts.sum())))
