"""What of the incidents a reader may see: said once, asked before every count, surface and point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from targeting.crime_mapping.models.categories import VICTIM_BEARING, Category

SMALL = 11
FEWER = f"fewer than {SMALL}"


@dataclass(frozen=True)
class Sight:
    """The rights that matter on a map, as plain answers."""

    exact: bool
    points: bool
    victims: bool
    contacts: bool

    @classmethod
    def of(cls, can: Iterable[str]) -> Sight:
        """From the rights a person holds on the case."""
        held = frozenset(can)
        return cls(
            exact="area_counts.view" in held,
            points="incident_points.view" in held,
            victims="victim_points.view" in held,
            contacts="field_contacts.view" in held,
        )

    @property
    def key(self) -> str:
        """The rights in a cache key, so that nothing drawn for one reader is shown to another."""
        return "".join("1" if right else "0" for right in (self.exact, self.points, self.victims, self.contacts))

    def allowed(self, category: str) -> bool:
        """Whether incidents of this category may enter anything this reader sees."""
        if category in VICTIM_BEARING:
            return self.victims
        return self.contacts or category != Category.CONTACT

    def categories(self, wanted: Iterable[str] | None = None) -> tuple[str, ...]:
        """The wanted categories (by default all) that may enter, in their order."""
        asked = set(Category.values if wanted is None else wanted)
        return tuple(c for c in Category.values if c in asked and self.allowed(c))

    @property
    def withheld(self) -> str:
        """What is left out of this reader's map, in words; empty when nothing is."""
        left_out = [] if self.victims else ["offenses that would lead to a victim"]
        left_out += [] if self.contacts else ["field contacts"]
        return f"Left out: {' and '.join(left_out)}." if left_out else ""


# What every seat may read: totals only, nothing below eleven.
OPEN = Sight(exact=False, points=False, victims=False, contacts=False)
TEAM = Sight(exact=True, points=False, victims=False, contacts=False)


def is_small(count: int) -> bool:
    """Whether a count is so small that it could point at somebody."""
    return 0 < count < SMALL


def hidden(counts: list[int]) -> list[bool]:
    """Which counts of a table that adds up are hidden: the small ones, and one more where a single one would show."""
    hide = [is_small(count) for count in counts]
    if sum(hide) == 1:
        others = [i for i, is_hidden in enumerate(hide) if not is_hidden and counts[i]]
        if others:
            hide[min(others, key=lambda i: counts[i])] = True
    return hide
