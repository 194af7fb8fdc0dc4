"""The make-up of the call-in list beside everybody reviewed: age bands, sex, race, level. Numbers, never people.

The sheet that goes on paper hides counts under eleven, and where one cell of a group is hidden the next smallest is
hidden with it, so that it cannot be worked out from the total. Those who may see the make-up itself see every count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dmi.people.models import Player, Sex
from dmi.people.stages import ON_THE_CALL_IN, Stage
from targeting.incident_review.models import Assessment, ResidentShares

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

SMALLEST = 11
BANDS = (
    (0, 17, "Under 18"),
    (18, 24, "18 to 24"),
    (25, 34, "25 to 34"),
    (35, 44, "35 to 44"),
    (45, 200, "45 or older"),
)
NOT_KNOWN = "Not recorded"


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as it may be shown: None when it is too small to be shown."""

    count: int | None
    share: int | None

    @property
    def words(self) -> str:
        """The count in words."""
        return "under 11" if self.count is None else str(self.count)


@dataclass(frozen=True, slots=True)
class Group:
    """One way to divide people, with a line for each part: words, everybody reviewed, the call-in list, residents."""

    title: str
    lines: tuple[tuple[str, Cell, Cell, str], ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """The sheet: how many stand on each side, and the groups."""

    reviewed: Cell
    called: Cell
    groups: tuple[Group, ...]
    residents: ResidentShares | None
    hides_small: bool


def residents_of(case: MarketCase) -> ResidentShares | None:
    """The shares of the area's residents as last entered."""
    return ResidentShares.objects.for_case(case).first()


def composition(case: MarketCase, today: date, *, hides_small: bool) -> Composition:
    """The make-up of the call-in list, of all reviewed and, where entered, of the residents."""
    reviewed = list(Player.objects.for_case(case).exclude(stage=Stage.NAMED).select_related("person"))
    called = [player for player in reviewed if player.stage in ON_THE_CALL_IN]
    levels = dict(Assessment.objects.for_case(case).values_list("player_id", "level"))
    names = dict(Assessment.Level.choices)
    residents = residents_of(case)
    ways: tuple[tuple[str, Callable[[Player], str]], ...] = (
        ("Age", lambda player: _band(player.person.age_on(today))),
        ("Sex", lambda player: str(Sex(player.person.sex).label)),
        ("Race", lambda player: player.person.race or NOT_KNOWN),
        ("Level", lambda player: str(names.get(levels.get(player.pk, ""), "Not assessed"))),
    )
    shares = residents.shares if residents else {}
    groups = tuple(_group(title, way, (reviewed, called), shares, hides=hides_small) for title, way in ways)
    totals = [_cells(Counter(all=len(side)), hides=hides_small)["all"] for side in (reviewed, called)]
    return Composition(totals[0], totals[1], groups, residents, hides_small)


def _band(age: int | None) -> str:
    if age is None:
        return NOT_KNOWN
    return next(words for low, high, words in BANDS if low <= age <= high)


def _group(
    title: str, way: Callable[[Player], str], sides: tuple[list[Player], list[Player]],
    shares: dict[tuple[str, str], str], *, hides: bool,
) -> Group:  # fmt: skip
    names = sorted({way(player) for player in sides[0]}, key=_order)
    everybody, some = (_cells(_count(way, side, names), hides=hides) for side in sides)
    lines = [(name, everybody[name], some[name], shares.get((title, name), "")) for name in names]
    return Group(title, tuple(lines))


def _order(name: str) -> tuple[int, str]:
    bands = [words for *_, words in BANDS]
    return (bands.index(name) if name in bands else len(bands) + (name == NOT_KNOWN), name)


def _count(way: Callable[[Player], str], players: Iterable[Player], names: list[str]) -> Counter[str]:
    counts = Counter(dict.fromkeys(names, 0))
    counts.update(map(way, players))
    return counts


def _cells(counts: Counter[str], *, hides: bool) -> dict[str, Cell]:
    """Cells, with small counts hidden where asked; a lone hidden cell takes the next smallest with it."""
    total = sum(counts.values())
    hidden = {name for name, count in counts.items() if hides and 0 < count < SMALLEST}
    if len(hidden) == 1 and len(counts) > 1:
        rest = [name for name, count in counts.items() if name not in hidden and count]
        hidden |= {min(rest, key=lambda name: counts[name])} if rest else set()
    return {
        name: Cell(None, None) if name in hidden else Cell(count, round(100 * count / total) if total else 0)
        for name, count in counts.items()
    }
