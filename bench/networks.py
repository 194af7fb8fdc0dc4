"""Measures of a network of 2,000 names and 10,000 links, beside networkx (rows 15 and 16)."""

from __future__ import annotations

import random

import networkx

from bench.measure import AT_MOST, Row, compared, paired, seconds, told
from targeting.link_analysis import measures
from targeting.link_analysis.grouping import communities

SIZE, LINKS = 2_000, 10_000
Pairs = list[tuple[int, int]]


def run(*, quick: bool) -> list[Row]:
    """How quick and how equal betweenness is, and how good and quick the communities are."""
    size, links = (600, 3_000) if quick else (SIZE, LINKS)
    pairs = market(size, links)
    known = networkx.Graph(pairs)
    known.add_nodes_from(range(size))
    return [*_betweenness(known, pairs, 3 if quick else 5), *_communities(known, pairs)]


def market(size: int = SIZE, links: int = LINKS, seed: int = 7) -> Pairs:
    """A network with some groups, as a market has: four links of five stay in a group of one fortieth."""
    rng = random.Random(seed)  # noqa: S311 - the same network each time
    group = [rng.randrange(40) for _ in range(size)]
    members: dict[int, list[int]] = {}
    for place, own in enumerate(group):
        members.setdefault(own, []).append(place)
    found: set[tuple[int, int]] = set()
    while len(found) < links:
        one = rng.randrange(size)
        other = rng.choice(members[group[one]]) if rng.random() < 0.8 else rng.randrange(size)
        if one != other:
            found.add((min(one, other), max(one, other)))
    return sorted(found)


def _betweenness(known: networkx.Graph, pairs: Pairs, times: int) -> list[Row]:
    size = len(known)
    pair = paired(lambda: measures.betweenness(size, pairs), lambda: networkx.betweenness_centrality(known), times)
    wanted, found = networkx.betweenness_centrality(known), measures.betweenness(size, pairs)
    apart = max(abs(wanted[place] - found[place]) for place in range(size))
    return [
        compared("15", f"betweenness, {size:,} names", "networkx", pair, goal=25),
        Row("15", "largest difference", f"{apart:.1e}", "networkx", apart, AT_MOST, 1e-12),
    ]


def _communities(known: networkx.Graph, pairs: Pairs) -> list[Row]:
    size = len(known)
    taken = sorted(seconds(lambda: communities(size, pairs)) for _ in range(5))[2]
    groups: dict[int, set[int]] = {}
    for place, number in enumerate(communities(size, pairs)):
        groups.setdefault(number, set()).add(place)
    louvain = networkx.community.louvain_communities
    best = max(networkx.community.modularity(known, louvain(known, seed=seed)) for seed in range(5))
    short = best - networkx.community.modularity(known, groups.values())
    return [
        Row("16", "communities, milliseconds", told(taken), "", taken * 1000, AT_MOST, 150, "median of 5"),
        Row("16", "modularity below the best of five", f"{short:.4f}", "networkx Louvain", short, AT_MOST, 0.001),
    ]
