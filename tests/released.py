"""Names on pages: which of the list's names a text holds, and which a neighbor was given by the prosecutor."""

from __future__ import annotations

import re
from collections.abc import Collection

from callin.outreach.models import VisitingPair
from dmi.cases.models import MarketCase
from dmi.people.models import Person


def names_of(case: MarketCase) -> list[str]:
    """Every person's full name."""
    return [person.full_name for person in Person.objects.for_case(case)]


def released_to(username: str, case: MarketCase) -> set[str]:
    """The candidates whose families this neighbor visits, their names released by the prosecutor."""
    pairs = VisitingPair.objects.for_case(case).filter(neighbor__username=username, released_at__isnull=False)
    return set(pairs.values_list("player__person__full_name", flat=True))


def misplaced(address: str, shown: str, *, names: Collection[str], released: Collection[str]) -> list[str]:
    """Names that stand in a page and should not; a released one may stand on the pages of visits only."""
    allowed = released if "/outreach/" in address else ()
    return [name for name in names if re.search(rf"{re.escape(name)}\b", shown) and name not in allowed]
