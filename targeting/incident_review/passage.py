"""Whether a candidate can come and go in safety: what the latest check says today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from targeting.incident_review.models import Criteria, SafePassage

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

USUAL_DAYS = 14


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a candidate's safe passage stands: the status kind of the page, the words, does it hold up the list."""

    kind: str
    words: str
    holds_up: bool


def days(case: MarketCase) -> int:
    """For how many days a check holds, as the criteria in force say."""
    return days_under(Criteria.objects.for_case(case).filter(fixed_at__isnull=False).first())


def days_under(fixed: Criteria | None) -> int:
    """The same from the criteria in force."""
    return fixed.check_days if fixed else USUAL_DAYS


def standing(check: SafePassage | None, today: date, held_for: int) -> Standing:
    """What the latest check says on that day; a check too old says nothing, and neither does its override."""
    if check is None:
        return Standing("idle", "Not checked", True)
    if check.is_stale(today, held_for):
        return Standing("due", "Check too old", True)
    if not check.holds_up:
        return Standing("done", "Nothing found", False)
    found = ", ".join(check.holds_up).capitalize()
    if check.overridden_because:
        return Standing("look", f"{found}: set aside", False)
    return Standing("blocked", found, True)
