"""Where the entries of a chart stand on its field of 1000 by 640: computed once, on the server, and stored.

Every piece of the network is laid out by itself, then the pieces are put side by side. The same network always gets
the same places. A new entry is put beside what it is linked to and nothing else moves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from targeting.link_analysis import measures

Pair = tuple[int, int]
Spot = tuple[float, float]

WIDE, HIGH = 1000.0, 640.0
EDGE_X, EDGE_Y = 90.0, 46.0
TURNS = 150
STILL = 0.004
EXACT = 300  # pieces up to this size are laid out by the lengths of all shortest ways
SPREAD = 64.0
GOLDEN = math.pi * (3 - math.sqrt(5))


def arrange(size: int, pairs: Sequence[Pair]) -> list[Spot]:
    """A place for every entry."""
    spots: list[Spot] = [(0.0, 0.0)] * size
    across = down = row = 0.0
    total = max(math.sqrt(size) * 2.2, 1.0)
    for piece in measures.components(size, pairs):
        side = math.sqrt(len(piece)) * (1.0 if len(piece) > 1 else 0.55)
        if across and across + side > total:
            across, down, row = 0.0, down + row, 0.0
        for place, (x, y) in zip(piece, _piece(piece, pairs), strict=True):
            spots[place] = (across + side * (0.5 + 0.42 * x), down + side * (0.5 + 0.42 * y))
        across, row = across + side, max(row, side)
    return fit(spots)


def beside(size: int, pairs: Sequence[Pair], known: Mapping[int, Spot]) -> list[Spot]:
    """The known places unchanged; each new entry near those it is linked to, turned out of their way."""
    if len(known) * 2 < size:
        return arrange(size, pairs)
    near = measures.neighbors(size, pairs)
    spots: dict[int, Spot] = dict(known)
    for place in range(size):
        if place not in spots:
            spots[place] = _free_spot([spots[other] for other in near[place] if other in spots], list(spots.values()))
    return [spots[place] for place in range(size)]


def fit(spots: Sequence[Spot]) -> list[Spot]:
    """The places stretched over the field, so that a part of a chart fills it too."""
    if not spots:
        return []
    field = np.array(spots, dtype=float)
    low, high = field.min(axis=0), field.max(axis=0)
    room = np.array([WIDE - 2 * EDGE_X, HIGH - 2 * EDGE_Y])
    spread = np.where(high - low > 1e-6, high - low, 1.0)
    middle = (low + high) / 2
    placed = (field - middle) * (room / spread) + np.array([WIDE / 2, HIGH / 2])
    return [(round(float(x), 1), round(float(y), 1)) for x, y in placed]


def apart(spots: Sequence[Spot], *, turns: int = 120) -> list[Spot]:
    """The places moved a little where names would lie over each other."""
    field = np.array(spots, dtype=float)
    if len(field) < 2 or len(field) > EXACT:
        return list(spots)
    need = np.array([128.0, 66.0])
    for _ in range(turns):
        gap = field[:, None, :] - field[None, :, :]
        short = need - np.abs(gap)
        touch = (short > 0).all(axis=2)
        np.fill_diagonal(touch, False)
        if not touch.any():
            break
        side = np.where(
            gap == 0, np.sign(np.arange(len(field))[:, None] - np.arange(len(field)))[:, :, None], np.sign(gap)
        )
        down = short[:, :, 1] / need[1] <= short[:, :, 0] / need[0]
        push = np.zeros_like(gap)
        push[:, :, 1] = np.where(touch & down, side[:, :, 1] * short[:, :, 1] / 2, 0)
        push[:, :, 0] = np.where(touch & ~down, side[:, :, 0] * short[:, :, 0] / 2, 0)
        field = np.clip(field + 0.5 * push.sum(axis=1), [EDGE_X, EDGE_Y], [WIDE - EDGE_X, HIGH - EDGE_Y])
    return [(round(float(x), 1), round(float(y), 1)) for x, y in field]


def _free_spot(near: Sequence[Spot], taken: Sequence[Spot]) -> Spot:
    """Around the middle of `near`, the first of a spiral of places that is far enough from all that is taken."""
    middle_x = sum(x for x, _ in near) / len(near) if near else WIDE / 2
    middle_y = sum(y for _, y in near) / len(near) if near else HIGH / 2
    best, farthest = (middle_x, middle_y), -1.0
    for turn in range(1, 60):
        reach = SPREAD * math.sqrt(turn)
        x = min(max(middle_x + reach * math.cos(turn * GOLDEN), EDGE_X), WIDE - EDGE_X)
        y = min(max(middle_y + reach * math.sin(turn * GOLDEN), EDGE_Y), HIGH - EDGE_Y)
        room = min((math.hypot(x - u, y - v) for u, v in taken), default=SPREAD)
        if room >= SPREAD:
            return round(x, 1), round(y, 1)
        if room > farthest:
            best, farthest = (round(x, 1), round(y, 1)), room
    return best


def _piece(piece: Sequence[int], pairs: Sequence[Pair]) -> list[Spot]:
    """Places for one piece, from -1 to 1."""
    if len(piece) < 3:
        return [(-0.8, 0.0), (0.8, 0.0)][: len(piece)] if len(piece) == 2 else [(0.0, 0.0)]
    number = {place: index for index, place in enumerate(piece)}
    own = [(number[a], number[b]) for a, b in pairs if a in number]
    spots = _exact(len(piece), own) if len(piece) <= EXACT else _springs(len(piece), own)
    field = np.array(spots) - np.mean(spots, axis=0)
    return [(float(x), float(y)) for x, y in field / (np.abs(field).max() or 1.0)]


def _exact(size: int, pairs: Sequence[Pair]) -> list[Spot]:
    """Distances on the field like the number of links between, near ones most (Gansner, Koren and North 2004)."""
    wanted = _distances(size, pairs)
    weights = wanted.clip(1.0) ** -2.0
    np.fill_diagonal(weights, 0.0)
    pull = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    turns = np.arange(size)
    field = np.stack([np.cos(turns * GOLDEN), np.sin(turns * GOLDEN)], axis=1) * np.sqrt(turns + 0.5)[:, None]
    for _ in range(TURNS):
        gap = np.linalg.norm(field[:, None, :] - field[None, :, :], axis=2)
        np.fill_diagonal(gap, 1.0)
        push = -weights * wanted / gap.clip(1e-9)
        np.fill_diagonal(push, 0.0)
        np.fill_diagonal(push, -push.sum(axis=1))
        moved = pull @ (push @ field)
        is_still = np.abs(moved - field).max() < STILL
        field = moved
        if is_still:
            break
    return [(float(x), float(y)) for x, y in field]


def _distances(size: int, pairs: Sequence[Pair]) -> np.ndarray:
    """Links between every two of a connected piece."""
    from scipy.sparse import coo_array  # loaded with the first chart: a worker that only prints needs none
    from scipy.sparse.csgraph import shortest_path

    first, second = np.array(pairs).T
    matrix = coo_array((np.ones(len(pairs)), (first, second)), shape=(size, size)).tocsr()
    found: np.ndarray = shortest_path(matrix, directed=False, unweighted=True)
    return found


def _springs(size: int, pairs: Sequence[Pair]) -> list[Spot]:
    """Links pull, entries push (Fruchterman and Reingold 1991); for pieces too large for the exact way."""
    import rustworkx

    graph: rustworkx.PyGraph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * size)
    graph.add_edges_from_no_data(list(pairs))
    found = rustworkx.spring_layout(graph, seed=7, num_iter=60)
    return [(float(found[place][0]), float(found[place][1])) for place in range(size)]
