"""What a reader may know of the prosecutors' decisions: the words, the choice alone, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from targeting.incident_review.models import ProsecutorDecision

Office = ProsecutorDecision.Office


@dataclass(frozen=True, slots=True)
class Sight:
    """For each office: may the reader see its choice, and its words."""

    choices: frozenset[str]
    words: frozenset[str]

    @property
    def sees_outcome(self) -> bool:
        """Whether the reader may know that the offices agree or differ."""
        return Office.LOCAL in self.choices


def sight_of(can: frozenset[str], seats: frozenset[str]) -> Sight:
    """A prosecutor reads the worksheet, a federal prosecutor the own office's part; masked readers see choices only."""
    words: set[str] = set()
    if "decision_worksheet.view" in can:
        words = {Office.LOCAL, Office.FEDERAL}
    elif "decision_worksheet.view_own" in can and "federal_prosecutor" in seats:
        words = {Office.FEDERAL}
    masked = "decision_worksheet.masked" in can
    return Sight(frozenset({Office.LOCAL, Office.FEDERAL}) if masked else frozenset(words), frozenset(words))


def office_of(seats: frozenset[str]) -> str:
    """The office a reader decides for."""
    return Office.LOCAL if "prosecutor" in seats else Office.FEDERAL
