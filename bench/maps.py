"""Density and hot spots on a grid of 250 by 250, beside the libraries people would otherwise call (rows 1, 2, 4)."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.signal import fftconvolve
from scipy.stats import gaussian_kde

from bench.measure import AT_MOST, Row, compared, paired, seconds, told
from dmi.geo import density, hotspots

Floats = NDArray[np.float64]
SIDE, CELL, BANDWIDTH = 20_000.0, 80.0, 800.0
BOUNDS = (0.0, 0.0, SIDE, SIDE)
SAMPLE = 400


def run(*, quick: bool) -> list[Row]:
    """Both sizes of the density, its error, and Gi*."""
    rows: list[Row] = []
    for n in (100_000,) if quick else (100_000, 1_000_000):
        rows += _density(n, 3 if quick else 7)
    return rows + _error(100_000 if quick else 1_000_000) + _gi_star(3 if quick else 5)


def points(n: int) -> tuple[Floats, Floats]:
    """Clusters with heavy tails, a street grid and scattered points; two in five lie on addresses 25 m apart."""
    rng = np.random.default_rng(20260514)
    middle = rng.uniform(2_000, SIDE - 2_000, (60, 2))
    weight = rng.pareto(1.2, 60) + 0.1
    clustered = middle[rng.choice(60, n, p=weight / weight.sum())] + rng.standard_t(3, (n, 2)) * 180
    on_streets = np.stack([np.round(rng.uniform(0, SIDE, n) / 120) * 120, rng.uniform(0, SIDE, n)], axis=1)
    kind = rng.random(n)[:, None]
    xy = np.where(kind < 0.6, clustered, np.where(kind < 0.85, on_streets, rng.uniform(0, SIDE, (n, 2))))
    snapped = rng.random(n)[:, None] < 0.4
    xy = np.clip(np.where(snapped, np.round(xy / 25) * 25, xy), 0, SIDE - 0.01)
    return xy[:, 0].copy(), xy[:, 1].copy()


def _surface(x: Floats, y: Floats, kernel: density.Kernel = "quartic", bandwidth: float = BANDWIDTH) -> Floats:
    made = density.density(x, y, bounds=BOUNDS, bandwidth=bandwidth, cell=CELL, kernel=kernel)
    return made.per_square_mile


def _bare(x: Floats, y: Floats) -> Floats:
    """What the surface cannot do without: counting into cells and one convolution."""
    side = 272
    flat = ((y + BANDWIDTH) / CELL).astype(np.int64) * side + ((x + BANDWIDTH) / CELL).astype(np.int64)
    counts = np.bincount(flat, minlength=side * side).astype(float).reshape(side, side)
    return np.asarray(fftconvolve(counts, density.kernel_weights("quartic", BANDWIDTH, CELL), mode="same"))


def _usual(x: Floats, y: Floats) -> Floats:
    counts, _, _ = np.histogram2d(y, x, bins=250, range=((0, SIDE), (0, SIDE)))
    return gaussian_filter(counts, 300 / CELL)


def _density(n: int, times: int) -> list[Row]:
    x, y = points(n)
    size = f"density, {n:,} points"
    bare = paired(lambda: _surface(x, y), lambda: _bare(x, y), times)
    usual = paired(lambda: _surface(x, y), lambda: _usual(x, y), times)
    rows = [
        Row("1", size, told(bare.ours), f"bincount + fftconvolve: {told(bare.reference)}", bare.share, AT_MOST, 1.2,
            f"ours as a part of it, median of {times}"),
        compared("1", size, "histogram2d + gaussian_filter", usual),
    ]  # fmt: skip
    ours = statistics.median(seconds(lambda: _surface(x, y)) for _ in range(times))
    return [
        *rows,
        _sampled(size, ours, "scipy gaussian_kde", None, _scipy(x, y)),
        _sampled(size, ours, "sklearn KernelDensity, rtol 1e-3", 10_000 if n == 1_000_000 else None, _sklearn(x, y)),
    ]


def _sampled(size: str, ours: float, name: str, goal: float | None, ask: Callable[[int], Any] | None) -> Row:
    """A slow reference answers for a random part of the cells; its time grows with their number."""
    if ask is None:
        return Row("1", size, told(ours), f"{name}: not installed", None, goal=goal, note="script/bench --references")
    some = SAMPLE if goal or "sklearn" in name else SAMPLE // 20
    taken = seconds(lambda: ask(some)) * 62_500 / some
    note = f"~ scaled up from {some} of 62,500 cells, one run"
    return Row("1", size, told(ours), f"{name}: ~{told(taken)}", taken / ours, goal=goal, note=note)


def _cells(some: int) -> Floats:
    return np.random.default_rng(1).uniform(0, SIDE, (some, 2))


def _scipy(x: Floats, y: Floats) -> Callable[[int], Any]:
    made = gaussian_kde(np.vstack([x, y]), bw_method=0.05)
    return lambda some: made(_cells(some).T)


def _sklearn(x: Floats, y: Floats) -> Callable[[int], Any] | None:
    try:
        neighbors = import_module("sklearn.neighbors")
    except ImportError:
        return None
    made = neighbors.KernelDensity(bandwidth=300.0, rtol=1e-3).fit(np.column_stack([x, y]))
    return lambda some: made.score_samples(_cells(some))


def _error(n: int) -> list[Row]:
    """Against the exact sum of gaussians, which separates into two matrices."""
    x, y = points(n)
    made = density.density(x, y, bounds=BOUNDS, bandwidth=800.0, cell=CELL, kernel="gaussian")
    xs, ys = made.grid.centers()
    exact = np.zeros(made.grid.shape)
    for part in range(0, n, 20_000):
        across = np.exp(-0.5 * ((xs[:, None] - x[None, part : part + 20_000]) / 800.0) ** 2)
        up = np.exp(-0.5 * ((ys[:, None] - y[None, part : part + 20_000]) / 800.0) ** 2)
        exact += up @ across.T
    exact *= density.SQUARE_METERS_PER_SQUARE_MILE / (2 * np.pi * 800.0**2)
    off = float(np.abs(made.per_square_mile - exact).max() / exact.max())
    top = exact.size // 100
    best = [set(np.argsort(found, axis=None)[-top:].tolist()) for found in (made.per_square_mile, exact)]
    same = len(best[0] & best[1]) / top
    size = f"gaussian density, {n:,} points, bandwidth 10 cells"
    mass = abs(float(made.total) - n) / n
    return [
        Row("2", size, f"{off:.2%} of the peak", "exact sum", off, AT_MOST, 0.006, "largest error"),
        Row("2", size, f"{same:.1%}", "exact sum", same, goal=0.995, note="of the top 1 % of cells are the same"),
        Row("2", size, f"{mass:.1e}", f"{n:,} events", mass, AT_MOST, 1e-4, "mass lost beyond four deviations"),
    ]


def _gi_star(times: int) -> list[Row]:
    counts = density.Grid(0, 0, CELL, 250, 250).count(*points(1_000_000))
    what = "Gi* on 62,500 cells"
    try:
        esda, weights = import_module("esda"), import_module("libpysal.weights")
    except ImportError:
        ours = statistics.median(seconds(lambda: hotspots.gi_star(counts)) for _ in range(times))
        return [
            Row("4", what, told(ours), "esda.G_Local: not installed", None, goal=250, note="script/bench --references")
        ]
    near = weights.lat2W(250, 250, rook=False)
    found: dict[str, Any] = {}

    def reference() -> None:
        found["z"] = esda.G_Local(counts.ravel(), near, transform="B", star=True, permutations=0).Zs

    pair = paired(lambda: hotspots.gi_star(counts), reference, times)
    off = float(np.abs(hotspots.gi_star(counts).z.ravel() - found["z"]).max())
    return [
        compared(
            "4",
            what,
            "esda.G_Local, no permutations",
            pair,
            goal=250,
            note="the correction for many tests included in ours",
        ),
        Row("4", what, f"{off:.1e}", "esda.G_Local", off, AT_MOST, 1e-10, "largest difference of z"),
    ]
