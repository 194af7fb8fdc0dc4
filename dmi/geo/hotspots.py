"""Hot spots that stand out from chance (Getis-Ord Gi*), and how well a map foresaw a later period (PAI)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LEVELS = ((0.01, 99), (0.05, 95), (0.10, 90))


@dataclass(frozen=True)
class HotSpots:
    """Gi* on a grid: z score and two-sided p of each cell, and its class after the correction for many tests.

    `confidence` is 99, 95 or 90 for hot, the same negative for cold, 0 for neither. Cells off the ground are NaN and 0.
    """

    z: Floats
    p: Floats
    confidence: NDArray[np.int16]


def gi_star(
    counts: Floats, *, reach: int | float = 1, square: bool = True, ground: NDArray[np.bool_] | None = None
) -> HotSpots:
    """Gi* of a grid. Neighbours: the square of `reach` cells around (1 = 3 by 3), or a circle of that radius.

    Cells outside `ground` (not in the city) count neither as neighbours nor for mean, deviation and number.
    """
    on = np.ones(counts.shape, bool) if ground is None else ground
    n = int(on.sum())
    values = np.where(on, counts, 0.0).astype(float)
    z = np.full(counts.shape, np.nan)
    if n >= 2:
        near_sum = _sum_around(values, reach, square=square)
        near = _sum_around(on.astype(float), reach, square=square)
        z = np.where(on, _z(near_sum, near, near, values[on], n), np.nan)
    p = _two_sided(z)
    return HotSpots(z, p, _classes(z, p, on))


def local_g(values: ArrayLike, weights: ArrayLike, *, star: bool = True) -> Floats:
    """z scores of G* (each place its own neighbour, as in the weights) or of G for any weights matrix."""
    x = np.asarray(values, float)
    w = np.asarray(weights, float)
    n, total, squares = len(x), w.sum(axis=1), (w**2).sum(axis=1)
    if star:
        return _z(w @ x, total, squares, x, n)
    rest = n - 1
    mean = (x.sum() - x) / rest
    deviation = np.sqrt((np.square(x).sum() - x**2) / rest - mean**2)
    spread = deviation * np.sqrt((rest * squares - total**2) / (rest - 1))
    return np.asarray((w @ x - mean * total) / spread, float)


def _z(near_sum: Floats, total: Floats, squares: Floats, x: Floats, n: int) -> Floats:
    """z = (Σw·x − x̄W) / (S·√((n·Σw² − W²)/(n−1))), S being the population deviation."""
    spread = x.std() * np.sqrt(np.clip(n * squares - total**2, 0, None) / (n - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spread > 0, (near_sum - x.mean() * total) / spread, 0.0)


def _two_sided(z: Floats) -> Floats:
    from scipy.special import erfc  # loaded with the first hot spots: a worker that only prints needs none

    return np.asarray(erfc(np.abs(z) / np.sqrt(2)))


def _sum_around(values: Floats, reach: int | float, *, square: bool) -> Floats:
    """The sum over each cell and its neighbours; a square is summed along rows, then along columns."""
    from scipy.ndimage import convolve, convolve1d

    steps = np.arange(-int(reach), int(reach) + 1)
    if square:
        line = np.ones(len(steps))
        along = convolve1d(values, line, axis=1, mode="constant", cval=0.0)
        return np.asarray(convolve1d(along, line, axis=0, mode="constant", cval=0.0))
    circle = (steps[:, None] ** 2 + steps[None, :] ** 2 <= reach**2 + 1e-9).astype(float)
    return np.asarray(convolve(values, circle, mode="constant", cval=0.0))


def false_discovery_threshold(p: ArrayLike, alpha: float) -> float:
    """The largest p that still counts as found at `alpha` when all are tested together (Benjamini-Hochberg), or 0."""
    tested = np.asarray(p, float)
    return _threshold(np.sort(tested[tested <= alpha]), alpha, tested.size)


def _threshold(ordered: Floats, alpha: float, n: int) -> float:
    """As above, from the smallest p in order; none above `alpha` can pass, so those are not needed."""
    allowed = alpha * np.arange(1, len(ordered) + 1) / n
    passed = np.flatnonzero(ordered <= allowed)
    return float(ordered[passed[-1]]) if len(passed) else 0.0


def _classes(z: Floats, p: Floats, on: NDArray[np.bool_]) -> NDArray[np.int16]:
    found = np.zeros(z.shape, np.int16)
    if not on.any():
        return found
    tested = p[on]
    ordered = np.sort(tested[tested <= max(alpha for alpha, _ in LEVELS)])
    for alpha, confidence in sorted(LEVELS, reverse=True):
        limit = _threshold(ordered, alpha, tested.size)
        if limit > 0:
            hit = on & (p <= limit)
            found[hit] = np.where(z[hit] > 0, confidence, -confidence)
    return found


@dataclass(frozen=True)
class Foresight:
    """How a map did on a later period: events caught, share of them, share of ground, PAI and PEI."""

    caught: float
    hit_rate: float
    area_share: float
    pai: float
    pei: float


def foresight(
    forecast: ArrayLike, later: ArrayLike, *, area_share: float, ground: ArrayLike | None = None
) -> Foresight:
    """Score the hottest cells of a forecast, up to a share of the ground, on the counts of a later period.

    PAI = (caught ÷ all) ÷ (area ÷ whole area); PEI = PAI ÷ the best PAI that the same area could have had.
    """
    on = np.ones(np.shape(forecast), bool) if ground is None else np.asarray(ground, bool)
    guess, seen = np.asarray(forecast, float)[on], np.asarray(later, float)[on]
    if not 0 < area_share <= 1 or not len(seen):
        raise ValueError("The share of ground must lie between nothing and all of it.")
    cells = max(1, round(area_share * len(seen)))
    hottest = np.argsort(-guess, kind="stable")[:cells]
    caught, best, total = float(seen[hottest].sum()), float(np.sort(seen)[::-1][:cells].sum()), float(seen.sum())
    share = cells / len(seen)
    hit_rate = caught / total if total else 0.0
    return Foresight(caught, hit_rate, share, hit_rate / share, caught / best if best else 0.0)


def share_of_places_with_half(counts: ArrayLike) -> float:
    """The share of places that together hold half of all events: how concentrated the problem is."""
    ordered = np.sort(np.asarray(counts, float).ravel())[::-1]
    if not ordered.sum():
        return 0.0
    return float(np.searchsorted(ordered.cumsum(), ordered.sum() / 2) + 1) / len(ordered)


def corrected_p(p: ArrayLike) -> Floats:
    """p values corrected for having looked at many places at once (Benjamini-Hochberg); NaN stays NaN."""
    raw = np.asarray(p, float)
    corrected = np.full(raw.shape, np.nan)
    there = np.isfinite(raw)
    values = raw[there]
    if len(values):
        order = np.argsort(values)
        stepped = values[order] * len(values) / np.arange(1, len(values) + 1)
        least = np.minimum.accumulate(stepped[::-1])[::-1]
        answer = np.empty(len(values))
        answer[order] = np.minimum(least, 1.0)
        corrected[there] = answer
    return corrected
