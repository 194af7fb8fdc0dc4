"""Betweenness: the share of shortest ways between all others that lead through each name (Brandes 2001).

Networks of people are shallow: almost everybody is a few links from everybody else. There the ways from many starts at
once are counted as products of one sparse matrix with a block of columns, on every core. Deep networks, for example
long chains, go to rustworkx, which starts from one name after the other. Both give the same numbers.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

Pair = tuple[int, int]

PLACES = 15  # decimals kept, so that the order in which cores add up does not show
FEW = 200
BLOCK = 24
SHALLOW = 7


def betweenness(size: int, pairs: Sequence[Pair]) -> list[float]:
    """The share for each place, from 0 to 1, as networkx gives it for a network without directions."""
    if size < 3 or not pairs:
        return [0.0] * size
    sums = _by_blocks(size, pairs) if size >= FEW and _is_shallow(size, pairs) else _one_by_one(size, pairs)
    return [round(float(value), PLACES) for value in sums]


def _one_by_one(size: int, pairs: Sequence[Pair]) -> list[float]:
    import rustworkx

    graph: rustworkx.PyGraph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * size)
    graph.add_edges_from_no_data(list(pairs))
    found = rustworkx.betweenness_centrality(graph, normalized=True)
    return [found[place] for place in range(size)]


def _by_blocks(size: int, pairs: Sequence[Pair]) -> np.ndarray:
    matrix = _matrix(size, pairs)
    starts = range(0, size, BLOCK)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        parts = pool.map(lambda first: _from_block(matrix, first, min(first + BLOCK, size)), starts)
        return sum(parts, np.zeros(size)) / ((size - 1) * (size - 2))


def _matrix(size: int, pairs: Sequence[Pair]) -> sparse.csr_array:
    from scipy import sparse  # loaded with the first large network

    first, second = np.array(pairs).T
    rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))


def _is_shallow(size: int, pairs: Sequence[Pair]) -> bool:
    """Whether everything that the best linked name reaches is only a few links away."""
    matrix = _matrix(size, pairs)
    reached = np.zeros(size, dtype=bool)
    edge = np.zeros(size)
    edge[int(np.argmax(matrix.sum(axis=0)))] = 1.0
    for _ in range(SHALLOW):
        reached |= edge > 0
        edge = (matrix @ edge) * ~reached
        if not edge.any():
            return True
    return False


def _from_block(matrix: sparse.csr_array, first: int, last: int) -> np.ndarray:
    """What the ways that start at `first` to `last` add to everybody."""
    levels, masks = _count_ways(matrix, first, last)
    shares = np.zeros_like(levels[0])
    for ways, mask, before in zip(levels[:0:-1], masks[:0:-1], levels[-2::-1], strict=True):
        passed = (shares + mask) * mask
        passed /= ways + (1.0 - mask)
        passed = matrix @ passed
        passed *= before
        shares += passed
    added: np.ndarray = shares.sum(axis=1)
    return added


def _count_ways(matrix: sparse.csr_array, first: int, last: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The number of shortest ways to every name, one array for each distance from 1 on, and where they are not 0."""
    ways = matrix[:, first:last].toarray()
    mask = (ways > 0).astype(float)
    unseen = 1.0 - mask
    unseen[np.arange(first, last), np.arange(last - first)] = 0.0
    left = unseen.sum()
    levels, masks = [ways], [mask]
    while left:
        ways = matrix @ ways
        ways *= unseen
        mask = (ways > 0).astype(float)
        found = mask.sum()
        if not found:
            break
        left -= found
        unseen -= mask
        levels.append(ways)
        masks.append(mask)
    return levels, masks
