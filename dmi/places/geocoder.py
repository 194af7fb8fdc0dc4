"""Finding addresses in the county's own files: address points first, street ranges next. Nothing is asked outside.

Every answer carries its method and a score: 100 is the very house; below REVIEW a person should look.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from dmi.places.models import AddressPoint, StreetSegment
from dmi.places.streets import Street, Written, street_of, understand

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

REVIEW = 80
Spot = tuple[float, float]
Houses = dict[int, Spot]
_ALIKE = 88.0
_NEAR_NUMBERS = 30
_CROSSING_METERS = 90.0


@dataclass(frozen=True)
class Located:
    """A place found for an address: how, and how sure (0 to 100)."""

    lon: float
    lat: float
    method: str
    score: int

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at it before it is trusted."""
        return self.score < REVIEW


@dataclass(frozen=True)
class Candidate:
    """A place an address could mean, in words."""

    words: str
    place: Located

    @property
    def key(self) -> str:
        """The same for the same place."""
        return f"{self.place.lon:.6f},{self.place.lat:.6f}"


@dataclass
class Geocoder:
    """Addresses and street ranges in memory; answers are remembered."""

    houses: dict[str, dict[Street, Houses]] = field(default_factory=dict)
    ranges: dict[str, list[tuple[Street, int, int, tuple[Spot, ...]]]] = field(default_factory=dict)
    nodes: dict[str, set[Spot]] = field(default_factory=dict)
    _answers: dict[str, Located | None] = field(default_factory=dict)
    _cores: dict[tuple[str, bool], tuple[str, int, str] | None] = field(default_factory=dict)

    def locate_many(self, addresses: Sequence[str]) -> list[Located | None]:
        """The place of each address, or None where none can be found."""
        return [self.locate(address) for address in addresses]

    def locate(self, address: str) -> Located | None:
        """The place of one address."""
        if address not in self._answers:
            self._answers[address] = self._find(understand(address))
        return self._answers[address]

    def candidates(self, address: str, most: int = 5) -> list[Candidate]:
        """Places the address could mean, the likeliest first, also under names that are spelled alike."""
        written = understand(address)
        if written.street is None:
            return []
        found = [*self._crossings(written)] if written.cross else [*self._houses_alike(written)]
        best: dict[tuple[float, float], Candidate] = {}
        for candidate in sorted(found, key=lambda one: -one.place.score):
            best.setdefault((round(candidate.place.lon, 4), round(candidate.place.lat, 4)), candidate)
        return list(best.values())[:most]

    def _alike(self, core: str) -> list[tuple[str, int]]:
        """Street names that could be meant, each with what it costs."""
        near = process.extract(
            core, self.houses.keys() | self.ranges.keys(), scorer=fuzz.ratio, limit=4, score_cutoff=65
        )
        return [(name, round(100 - alike)) for name, alike, _ in near]

    def _houses_alike(self, written: Written) -> Iterable[Candidate]:
        if written.street is None or written.number is None:
            return
        for core, cost in self._alike(written.street.core):
            for before in dict.fromkeys((written.street.before, "", "N", "S", "E", "W")):
                asked = replace(written, street=replace(written.street, core=core, before=before))
                turned = 0 if before == written.street.before else 15
                for place in (*self._by_house(core, asked), *self._by_range(core, asked)):
                    words = f"{written.number} {before} {core} {written.street.kind}"
                    sure = replace(place, score=max(place.score - cost - turned, 1))
                    yield Candidate(" ".join(words.split()), sure)

    def _crossings(self, written: Written) -> Iterable[Candidate]:
        if written.street is None or written.cross is None:
            return
        for one, first in self._alike(written.street.core):
            for other, second in self._alike(written.cross.core):
                place = self._crossing(replace(written.street, core=one), replace(written.cross, core=other), False)
                if place:
                    sure = replace(place, score=max(place.score - max(first, second), 1))
                    yield Candidate(f"{one} at {other}", sure)

    def _find(self, written: Written) -> Located | None:
        if written.street is None:
            return None
        if written.cross is not None:
            return self._crossing(written.street, written.cross, written.is_cut)
        if written.number is None:
            return None
        known = self._core(written.street.core, written.is_cut)
        if known is None:
            return None
        core, cost, how = known
        tries = [*self._by_house(core, written), *self._by_range(core, written)]
        best = max(tries, key=lambda found: found.score, default=None)
        return best and replace(best, score=max(best.score - cost, 1), method=f"{best.method}{how}")

    def _core(self, core: str, is_cut: bool) -> tuple[str, int, str] | None:
        """The street's name as the county writes it, what that costs in score, and how it was found."""
        key = (core, is_cut)
        if key not in self._cores:
            self._cores[key] = self._new_core(core, is_cut)
        return self._cores[key]

    def _new_core(self, core: str, is_cut: bool) -> tuple[str, int, str] | None:
        names = self.houses.keys() | self.ranges.keys()
        if core in names:
            return core, 0, ""
        squeezed = {name.replace(" ", ""): name for name in names}
        if core.replace(" ", "") in squeezed:
            return squeezed[core.replace(" ", "")], 2, ", spelled apart"
        beginnings = [name for name in names if name.startswith(core)] if is_cut and len(core) >= 3 else []
        if len(beginnings) == 1:
            return beginnings[0], 8, ", cut name"
        if len(core) >= 4 and not core[0].isdigit():
            alike = process.extract(core, names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=2)
            if alike and (len(alike) == 1 or alike[0][1] - alike[1][1] >= 4):
                return alike[0][0], 30, ", spelled alike"
        return None

    def _by_house(self, core: str, written: Written) -> Iterable[Located]:
        street, number = written.street, written.number
        if street is None or number is None:
            return
        for known, houses in self.houses.get(core, {}).items():
            cost = _difference(street, known)
            if cost is None:
                continue
            found = _block(houses, number) if written.is_block else _house(houses, number)
            if found:
                yield replace(found, score=found.score - cost)

    def _by_range(self, core: str, written: Written) -> Iterable[Located]:
        street, number = written.street, written.number
        if street is None or number is None:
            return
        wanted = number + 50 if written.is_block else number
        for known, low, high, line in self.ranges.get(core, ()):
            cost = _difference(street, known)
            if cost is None or not low <= wanted <= high:
                continue
            lon, lat = _along(line, (wanted - low) / (high - low) if high > low else 0.5)
            same_side = written.is_block or (low - number) % 2 == 0
            yield Located(lon, lat, "street range", (86 if same_side else 80) - cost)

    def _crossing(self, one: Street, other: Street, is_cut: bool) -> Located | None:
        first, second = self._core(one.core, False), self._core(other.core, is_cut)
        if first is None or second is None:
            return None
        cost = max(first[1], second[1])
        shared = self.nodes.get(first[0], set()) & self.nodes.get(second[0], set())
        if shared:
            spread = max(_meters(a, b) for a in shared for b in shared)
            score = 96 if spread < _CROSSING_METERS else 75
            lon, lat = _middle(shared)
            if spread >= 4 * _CROSSING_METERS:
                return None
            return Located(lon, lat, "crossing", score - cost)
        return self._nearest_houses(first[0], second[0], cost)

    def _nearest_houses(self, one: str, other: str, cost: int) -> Located | None:
        """Where no street lines are loaded: between the nearest houses of the two streets."""
        from scipy.spatial import cKDTree

        first = [spot for houses in self.houses.get(one, {}).values() for spot in houses.values()]
        second = [spot for houses in self.houses.get(other, {}).values() for spot in houses.values()]
        if not first or not second or one == other:
            return None
        scale = math.cos(math.radians(first[0][1]))
        distances, places = cKDTree([(x * scale, y) for x, y in first]).query([(x * scale, y) for x, y in second])
        nearest = int(distances.argmin())
        a, b = second[nearest], first[int(places[nearest])]
        if _meters(a, b) > _CROSSING_METERS:
            return None
        lon, lat = _middle((a, b))
        return Located(lon, lat, "crossing, by houses", 78 - cost)


def for_case(case: MarketCase) -> Geocoder | None:
    """The geocoder of a case, where its county's addresses or streets are loaded."""
    newest = [
        model.objects.filter(case=case).order_by("-pk").values_list("pk", flat=True).first()
        for model in (AddressPoint, StreetSegment)
    ]
    return _built(case.pk, *newest) if any(newest) else None


@lru_cache(maxsize=2)
def _built(case_id: Any, newest_address: int | None, newest_street: int | None) -> Geocoder:
    """Built once in a process and again when the county's files were loaded anew."""
    made = Geocoder()
    houses: dict[str, dict[Street, Houses]] = defaultdict(lambda: defaultdict(dict))
    rows = AddressPoint.objects.filter(case_id=case_id).extra(select={"lon": "ST_X(point)", "lat": "ST_Y(point)"})
    for number, name, lon, lat in rows.values_list("number", "street", "lon", "lat").iterator(chunk_size=20_000):
        street = street_of(name)
        houses[street.core][street].setdefault(number, (lon, lat))
    made.houses = {core: dict(streets) for core, streets in houses.items()}
    for segment in StreetSegment.objects.filter(case_id=case_id).iterator(chunk_size=5_000):
        street, line = street_of(segment.name), tuple((x, y) for x, y, *_ in segment.line.coords)
        for low, high in ((segment.left_from, segment.left_to), (segment.right_from, segment.right_to)):
            if low and high:
                ordered = line if low <= high else line[::-1]
                made.ranges.setdefault(street.core, []).append((street, min(low, high), max(low, high), ordered))
        for x, y in (line[0], line[-1]):
            made.nodes.setdefault(street.core, set()).add((round(x, 5), round(y, 5)))
    return made


def _difference(asked: Street, known: Street) -> int | None:
    """What differing or missing parts of a street's name cost; None where they contradict each other."""
    if asked.before and known.before and asked.before != known.before:
        return None
    cost = 0 if asked.before == known.before else 4
    if asked.kind and known.kind and asked.kind != known.kind:
        cost += 12
    elif asked.kind != known.kind:
        cost += 2
    return cost + (0 if asked.after == known.after else 3)


def _house(houses: Houses, number: int) -> Located | None:
    """The house, or a place between its neighbors of the same side of the street."""
    spot = houses.get(number)
    if spot:
        return Located(*spot, "address", 100)
    side = [n for n in houses if n % 2 == number % 2 and abs(n - number) <= _NEAR_NUMBERS]
    below, above = (
        max((n for n in side if n < number), default=None),
        min((n for n in side if n > number), default=None),
    )
    if below is not None and above is not None:
        share = (number - below) / (above - below)
        a, b = houses[below], houses[above]
        return Located(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), "between neighbors", 92)
    nearest = below if below is not None else above
    if nearest is not None:
        return Located(*houses[nearest], "next house", 88 - abs(nearest - number) // 4)
    found = _block(houses, number // 100 * 100)
    return found and replace(found, score=78)


def _block(houses: Houses, hundred: int) -> Located | None:
    """The middle of a hundred block."""
    spots = [spot for number, spot in houses.items() if hundred <= number < hundred + 100]
    if not spots:
        return None
    lon, lat = _middle(spots)
    return Located(lon, lat, "hundred block", 90)


def _middle(spots: Iterable[Spot]) -> Spot:
    listed = list(spots)
    return sum(s[0] for s in listed) / len(listed), sum(s[1] for s in listed) / len(listed)


def _meters(a: Spot, b: Spot) -> float:
    scale = math.cos(math.radians(a[1]))
    return 111_320 * math.hypot((a[0] - b[0]) * scale, a[1] - b[1])


def _along(line: tuple[Spot, ...], share: float) -> Spot:
    lengths = [_meters(a, b) for a, b in itertools.pairwise(line)]
    wanted = share * sum(lengths)
    for (a, b), length in zip(itertools.pairwise(line), lengths, strict=True):
        if wanted <= length and length > 0:
            part = wanted / length
            return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
        wanted -= length
    return line[-1]
