"""The refined list of step 3a: its lines, and what changed from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from targeting.incident_review.models import RefinedList

if TYPE_CHECKING:
    from targeting.incident_review.board import BoardRow

FIELDS = {"level": "Level", "violence": "Violence", "last_active_on": "Last active", "charges": "Pending charges"}
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version changed in the version before it."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[tuple[str, str, str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.came or self.went or self.changed)


def lines_of(rows: list[BoardRow]) -> list[Line]:
    """A line for everybody on the board: the number and the three answers, no name."""
    return [
        {
            "number": row.player.number,
            "level": row.assessment.get_level_display() if row.assessment else "Not assessed",
            "violence": row.assessment.get_violence_display() if row.assessment else "Not looked up",
            "last_active_on": str(row.assessment.last_active_on or "") if row.assessment else "",
            "basis": row.assessment.activity_basis if row.assessment else "",
            "charges": row.charges,
            "checked_on": str(row.assessment.pending_checked_on or "") if row.assessment else "",
        }
        for row in rows
    ]


def difference(before: RefinedList | None, after: RefinedList) -> Difference:
    """Who came, who went, and which answers changed."""
    old = {line["number"]: line for line in before.lines} if before else {}
    new = {line["number"]: line for line in after.lines}
    changed = [
        (number, words, str(old[number].get(name, "")), str(new[number].get(name, "")))
        for number in sorted(old.keys() & new.keys())
        for name, words in FIELDS.items()
        if old[number].get(name) != new[number].get(name)
    ]
    return Difference(tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys())), tuple(changed))
