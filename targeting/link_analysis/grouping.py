"""Communities: a split of a network into groups that are denser inside than between, found the same way every time.

The method of Louvain (Blondel and others, 2008) over plain lists, in a fixed order, followed by further rounds of
moving single names between the groups found. Small networks are tried from several orders and the best split is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

Pair = tuple[int, int]
Near = list[dict[int, float]]

WORK = 50_000  # about how many looks along a link the repeated tries may cost
MOST_TRIES = 40
ROUNDS = 3
SMALLEST_GAIN = 1e-12


def communities(size: int, pairs: Sequence[Pair]) -> list[int]:
    """The number of each place's community, from 1: the largest is 1, equal ones in the order of their first place."""
    near: Near = [{} for _ in range(size)]
    for first, second in pairs:
        near[first][second] = near[second][first] = 1.0
    if not pairs:
        return list(range(1, size + 1))
    tries = max(1, min(MOST_TRIES, WORK // (size + 2 * len(pairs))))
    best, best_value = list(range(size)), -1.0
    for attempt in range(tries):
        groups = _louvain(near, _order(size, attempt))
        value = modularity(groups, near)
        if value > best_value + SMALLEST_GAIN:
            best, best_value = groups, value
    return _numbered(best)


def modularity(groups: Sequence[int], near: Near) -> float:
    """How much denser the groups are inside than chance would make them (Newman's Q)."""
    twice = sum(sum(others.values()) for others in near)
    inside = 0.0
    totals: dict[int, float] = {}
    for place, others in enumerate(near):
        own = groups[place]
        totals[own] = totals.get(own, 0.0) + sum(others.values())
        inside += sum(weight for other, weight in others.items() if groups[other] == own)
    return inside / twice - sum((total / twice) ** 2 for total in totals.values())


def _order(size: int, attempt: int) -> list[int]:
    """The places shuffled, always alike: an order that follows the links would group badly."""
    places = list(range(size))
    state = 0x9E3779B9 * (attempt + 1) & 0xFFFFFFFF
    for last in range(size - 1, 0, -1):
        state = (1664525 * state + 1013904223) & 0xFFFFFFFF
        other = (state >> 8) % (last + 1)
        places[last], places[other] = places[other], places[last]
    return places


def _louvain(near: Near, order: list[int]) -> list[int]:
    """Move, join and move again until nothing gets better; then move single places once more between the groups."""
    groups = list(range(len(near)))
    for _ in range(ROUNDS):
        moved = _move(near, [0.0] * len(near), groups, order)
        groups = _joined(near, groups)
        if not moved:
            break
    return groups


def _joined(near: Near, groups: list[int]) -> list[int]:
    """The groups after joining whole groups as long as that helps."""
    while True:
        numbers = {group: place for place, group in enumerate(dict.fromkeys(groups))}
        level, loops = _shrunk(near, groups, numbers)
        above = list(range(len(level)))
        if not _move(level, loops, above, _order(len(level), 0)):
            return groups
        groups = [above[numbers[group]] for group in groups]


def _shrunk(near: Near, groups: list[int], numbers: dict[int, int]) -> tuple[Near, list[float]]:
    """The network of the groups: links between them added up; `loops` is twice what lies inside each."""
    level: Near = [{} for _ in numbers]
    loops = [0.0] * len(numbers)
    for place, others in enumerate(near):
        own = numbers[groups[place]]
        row = level[own]
        for other, weight in others.items():
            theirs = numbers[groups[other]]
            if theirs == own:
                loops[own] += weight
            else:
                row[theirs] = row.get(theirs, 0.0) + weight
    return level, loops


def _move(near: Near, loops: list[float], groups: list[int], order: list[int]) -> bool:
    """Move each place to the neighboring group that gains most, until none moves; says whether any did."""
    weights = [sum(others.values()) + loops[place] for place, others in enumerate(near)]
    twice = sum(weights)
    totals = [0.0] * len(near)
    for place, group in enumerate(groups):
        totals[group] += weights[place]
    waiting, has_moved = order, False
    while waiting:
        again: set[int] = set()
        for place in waiting:
            others = near[place]
            own, weight = groups[place], weights[place]
            links: dict[int, float] = {own: 0.0}
            for other, strength in others.items():
                group = groups[other]
                links[group] = links.get(group, 0.0) + strength
            totals[own] -= weight
            share = weight / twice
            best, most = own, links[own] - share * totals[own] + SMALLEST_GAIN
            for group, strength in links.items():
                gain = strength - share * totals[group]
                if gain > most:
                    best, most = group, gain
            totals[best] += weight
            if best != own:
                groups[place] = best
                has_moved = True
                again.update(other for other in others if groups[other] != best)
        waiting = [place for place in order if place in again]
    return has_moved


def _numbered(groups: Sequence[int]) -> list[int]:
    sizes: dict[int, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    ranked = sorted(sizes, key=lambda group: -sizes[group])
    numbers = {group: number for number, group in enumerate(ranked, start=1)}
    return [numbers[group] for group in groups]
