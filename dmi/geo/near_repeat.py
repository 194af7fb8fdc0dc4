"""Near repeats: do incidents follow each other in space and time more often than chance alone would have it?

The Knox test: pairs that are close in both are counted, then again after the times have been dealt out anew among the
places, many times over. Every pair is found once with a tree; a shuffle only looks up the two times of each pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]
CHUNK = 32_768


@dataclass(frozen=True)
class Band:
    """Pairs within one band of distance and one of time: seen, expected by chance, and how rare that is by chance."""

    farthest: float
    longest: float
    pairs: int
    expected: float
    p: float

    @property
    def ratio(self) -> float | None:
        """How many times as many as chance alone; None where chance has none."""
        return self.pairs / self.expected if self.expected else None


@dataclass(frozen=True)
class NearRepeat:
    """The table of bands, row by row (nearest first, then soonest), with what it was made of."""

    bands: tuple[Band, ...]
    events: int
    near_pairs: int
    shuffles: int


def knox(
    x: ArrayLike, y: ArrayLike, time: ArrayLike, *, distances: ArrayLike, times: ArrayLike, shuffles: int = 99,
    seed: int = 1,
) -> NearRepeat:  # fmt: skip
    """Count pairs by upper edges of distance and time; an edge belongs to the band it closes.

    `distances` in the unit of x and y, `times` in that of `time`, both rising; bands lie between two edges, the first
    from nothing. p is one-sided: the share of all arrangements, the seen one among them, with at least as many pairs.
    """
    from scipy.spatial import cKDTree  # loaded with the first table: a worker that only prints needs none

    near, late, when = np.asarray(distances, float), np.asarray(times, float), np.asarray(time, float)
    points = np.column_stack([np.asarray(x, float), np.asarray(y, float)])
    pairs = cKDTree(points).query_pairs(float(near[-1]) * (1 + 1e-12), output_type="ndarray") if len(points) else _NONE
    apart = np.sqrt(((points[pairs[:, 0]] - points[pairs[:, 1]]) ** 2).sum(axis=1)) if len(pairs) else np.zeros(0)
    # Ring after ring, in columns of small numbers: every shuffle reads them once.
    ring = np.searchsorted(near * (1 + 1e-12), apart)
    order, ends = np.argsort(ring, kind="stable"), np.cumsum(np.bincount(ring, minlength=len(near))[: len(near)])
    one, other = (np.ascontiguousarray(pairs[order, side], np.int32) for side in (0, 1))
    seen = _table(one, other, ends, when, late)
    rng = np.random.default_rng(seed)
    total, at_least = np.zeros(seen.shape), np.ones(seen.shape)
    anew = when.copy()
    for _ in range(shuffles):
        rng.shuffle(anew)
        dealt = _table(one, other, ends, anew, late)
        total += dealt
        at_least += dealt >= seen
    found = [
        Band(float(near[i]), float(late[j]), int(seen[i, j]), float(total[i, j] / max(1, shuffles)),
             float(at_least[i, j] / (shuffles + 1)))
        for i in range(len(near)) for j in range(len(late))
    ]  # fmt: skip
    return NearRepeat(tuple(found), len(points), len(pairs), shuffles)


_NONE = np.zeros((0, 2), np.int64)


def _table(one: Small, other: Small, ends: Ints, when: Floats, late: Floats) -> Ints:
    """Pairs (one and the other, ring after ring; where each ends) by ring of distance and band of time."""
    within, begin = np.zeros((len(ends), len(late)), np.int64), 0
    for ring, end in enumerate(ends.tolist()):
        for start in range(begin, end, CHUNK):  # small enough to stay in the processor's own memory
            part = slice(start, min(start + CHUNK, end))
            gap = np.abs(when[one[part]] - when[other[part]])
            within[ring] += [np.count_nonzero(gap <= edge) for edge in late]
        begin = end
    return np.diff(within, axis=1, prepend=0)
