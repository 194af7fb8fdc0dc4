"""What can be counted in a network of links: degree, betweenness, communities, components, shortest paths.

Pure functions over names' places and pairs of places; the direction and the weight of a link play no part.
Degree and betweenness say how the records are connected. They say nothing about a person's danger or worth, and no
page uses them as a score.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from targeting.link_analysis.grouping import communities
from targeting.link_analysis.ways import betweenness

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """One name in its network."""

    name: str
    degree: int
    betweenness: float
    community: int

    def as_dict(self) -> dict[str, str | int | float]:
        """As it is printed in JSON."""
        return {
            "name": self.name, "degree": self.degree, "betweenness": self.betweenness, "community": self.community,
        }  # fmt: skip


def measure(names: Sequence[str], pairs: Iterable[Pair]) -> list[Measure]:
    """Every name with its degree, its betweenness and its community, in the order given."""
    links = list(pairs)
    degrees = degree(len(names), links)
    between = betweenness(len(names), links)
    groups = communities(len(names), links)
    return [Measure(*row) for row in zip(names, degrees, between, groups, strict=True)]


def degree(size: int, pairs: Iterable[Pair]) -> list[int]:
    """How many others each is linked to."""
    found = [0] * size
    for first, second in pairs:
        found[first] += 1
        found[second] += 1
    return found


def components(size: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """The pieces of the network that no link joins, largest first, then by their first name."""
    near = neighbors(size, pairs)
    found, seen = [], [False] * size
    for start in range(size):
        if seen[start]:
            continue
        piece, waiting = [], deque([start])
        seen[start] = True
        while waiting:
            here = waiting.popleft()
            piece.append(here)
            for other in near[here]:
                if not seen[other]:
                    seen[other] = True
                    waiting.append(other)
        found.append(sorted(piece))
    return sorted(found, key=lambda piece: (-len(piece), piece[0]))


def shortest_path(size: int, pairs: Iterable[Pair], start: int, end: int) -> list[int]:
    """The places of one shortest way from `start` to `end`, both included; empty when there is none.

    Of several equally short ways the one through the earliest places, so the answer is the same tomorrow.
    """
    near = neighbors(size, pairs)
    came_from = {start: start}
    waiting = deque([start])
    while waiting and end not in came_from:
        here = waiting.popleft()
        for other in near[here]:
            if other not in came_from:
                came_from[other] = here
                waiting.append(other)
    if end not in came_from:
        return []
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def within(size: int, pairs: Iterable[Pair], start: int, steps: int) -> set[int]:
    """Places that can be reached from `start` in at most so many links; `start` is among them."""
    near = neighbors(size, pairs)
    found = edge = {start}
    for _ in range(steps):
        edge = {other for here in edge for other in near[here]} - found
        found = found | edge
    return found


def neighbors(size: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Whom each is linked to, in order."""
    near: list[set[int]] = [set() for _ in range(size)]
    for first, second in pairs:
        near[first].add(second)
        near[second].add(first)
    return [sorted(others) for others in near]
