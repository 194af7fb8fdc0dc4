"""What another seat would meet on a page: read from the page's own door and the policy, never from a record.

Nobody changes who they are for this, and no record is read: the answer holds words of the policy only, cut to what
the reader meets on the page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

from dmi.cases import policy

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

# What a seat meets of a kind of record, by right, the widest first.
MEETS = {
    "view": "Everything you see",
    "view_released": "Only what was released to the seat",
    "view_own": "Own items only",
    "aggregate": "Totals, small counts hidden",
    "masked": "Code numbers and status",
    "print": "Print only, not read on the screen",
    "submit": "Hand in only, nothing of others",
}
WIDTH = {name: place for place, name in enumerate(reversed(MEETS))}
NOTHING = "Nothing"
FURTHER = "At least what you see; their own rights go further"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the case: its address, the rights of which one opens it, and whether its refusal is a "not found"."""

    path: str
    needs: tuple[str, ...]
    is_concealed: bool

    @property
    def classes(self) -> list[str]:
        """The kinds of record the page is about, as its door names them."""
        codes = (right.partition(".")[0] for right in self.needs)
        return [code for code in dict.fromkeys(codes) if code in policy.CLASSES]

    @property
    def acts(self) -> list[str]:
        """The named acts that open it."""
        return [right for right in self.needs if right in policy.ACTS]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of record: what the reader meets of it, what the other seat would, and why."""

    code: str
    label: str
    yours: str
    theirs: str
    uncleared: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as another seat would meet it."""

    seat: str
    opens: bool
    opens_uncleared: bool
    refusal: str
    rows: list[Row]
    acts: list[tuple[str, bool]]

    @property
    def seat_name(self) -> str:
        """The seat in words."""
        return policy.SEATS[self.seat]


def page_at(path: str, case: MarketCase, can: frozenset[str]) -> Page | None:
    """The page of `case` at this address, if the reader may open it; None for every other address."""
    plain = urlsplit(path).path
    try:
        match = resolve(plain)
    except Resolver404:
        return None
    needs = getattr(match.func, "needs", ())
    if match.kwargs.get("case_id") != case.pk or not can & set(needs):
        return None
    return Page(plain, tuple(needs), match.func.is_concealed)  # type: ignore[attr-defined]


@cache
def needs_of(url_name: str) -> frozenset[str]:
    """The rights of which one opens this page of a case.

    Raises NoReverseMatch if its address names more than a case.
    """
    found = resolve(reverse(url_name, args=[uuid.UUID(int=0)]))
    return frozenset(getattr(found.func, "needs", ()))


def preview(page: Page, seat: str, can: frozenset[str]) -> Preview:
    """What a holder of `seat` alone would meet on the page, beside a reader with the rights `can`."""
    cleared = policy.rights(frozenset({seat}), cleared=True)
    uncleared = policy.rights(frozenset({seat}), cleared=False)
    return Preview(
        seat=seat,
        opens=bool(cleared & set(page.needs)),
        opens_uncleared=bool(uncleared & set(page.needs)),
        refusal="the same “not found” as for an address that never was"
        if page.is_concealed
        else "a refusal that shows nothing of it",
        rows=[_row(code, seat, can, cleared, uncleared) for code in page.classes],
        acts=[(policy.ACTS[act][0], act in cleared) for act in page.acts],
    )


def _row(code: str, seat: str, can: frozenset[str], cleared: frozenset[str], uncleared: frozenset[str]) -> Row:
    yours, theirs, bare = (_on(code, rights) for rights in (can, cleared, uncleared))
    said = _beside(theirs, yours)
    without = _beside(bare, yours)
    return Row(
        code=code,
        label=policy.CLASSES[code].label,
        yours="Everything on this page" if "view" in yours else _words(yours),
        theirs=said,
        uncleared="" if without == said else without,
        why=_why(code, seat),
    )


def _on(code: str, rights: Iterable[str]) -> list[str]:
    """The rights that say what is met of this kind of record, the widest first."""
    names = {right.partition(".")[2] for right in rights if right.partition(".")[0] == code}
    return [name for name in MEETS if name in names]


def _beside(theirs: list[str], yours: list[str]) -> str:
    """Never more than the reader meets: what goes further is said to do so, and not shown."""
    if theirs and (not yours or WIDTH[theirs[0]] > WIDTH[yours[0]]):
        return FURTHER
    return _words(theirs)


def _words(names: list[str]) -> str:
    shown = names[:1] if names[:1] == ["view"] else names
    return "; ".join(MEETS[name] for name in shown) or NOTHING


def _why(code: str, seat: str) -> str:
    """The row of the policy in words."""
    row = policy.CLASSES[code]
    cell = row.cells.get(seat, policy.NOTHING)
    order = list(policy.RIGHT_WORDS)
    given = ", ".join(policy.RIGHT_WORDS[name] for name in sorted(cell.rights, key=order.index)) or "nothing"
    said = f"Policy row “{row.label}” ({row.compartment.label}) gives {policy.SEATS[seat]}: {given}"
    if cell.break_glass:
        said += ", and that only by breaking the glass"
    return f"{said}{', to cleared people' if row.compartment.needs_clearance and cell.rights else ''}."
