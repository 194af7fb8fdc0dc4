"""A row of the board as one reader sees it, and the filters over the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from targeting.incident_review.board import BoardRow
from targeting.incident_review.buys import Buys
from targeting.incident_review.models import Assessment, ProsecutorDecision
from targeting.incident_review.passage import Standing
from targeting.incident_review.sight import Sight


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board as this reader sees it."""

    row: BoardRow
    sight: Sight
    may_name: bool
    office: str
    passage: Standing
    card: str
    counted: Buys | None = None

    def _choice(self, opinion: ProsecutorDecision | None) -> str:
        if self.is_hidden or opinion is None or opinion.office not in self.sight.choices:
            return ""
        return opinion.choice

    @property
    def is_hidden(self) -> bool:
        """Whether the reader's office still owes the first look, so that the row is a card without name."""
        return bool(self.office) and self.row.waits_for_first_look(self.office)

    @property
    def buys(self) -> Buys | None:
        """The officers' buys; nothing beside a card, since the number would say on another page who it is."""
        return None if self.is_hidden else self.counted

    @property
    def name(self) -> str:
        """The name, the code number, or the card's number, whichever the reader may know now."""
        if self.is_hidden:
            return f"Card {self.card}" if self.card else "Card"
        return self.row.player.person.full_name if self.may_name else self.row.player.number

    @property
    def letter(self) -> str:
        """A, B or ? by where the player stands; a card is not decided for the office that still looks at it."""
        return "?" if self.is_hidden else self.row.list_letter

    @property
    def police_choice(self) -> str:
        """What the police recommend; nothing beside a card, which is judged by its own facts."""
        return "" if self.is_hidden or self.row.police is None else self.row.police.choice

    @property
    def local_choice(self) -> str:
        """The local prosecutor's choice; empty where none, or not for this reader."""
        return self._choice(self.row.local)

    @property
    def federal_choice(self) -> str:
        """The federal prosecutor's choice; empty where none, or not for this reader."""
        return self._choice(self.row.federal)

    @property
    def outcome(self) -> str:
        """Agree, differ or open; empty for a reader who may not compare, and beside a card."""
        return self.row.outcome if self.sight.sees_outcome and not self.is_hidden else ""

    @property
    def federal_differs(self) -> bool:
        """Whether local and federal differ, for those who may see both choices."""
        return {"local", "federal"} <= self.sight.choices and self.row.federal_differs and not self.is_hidden

    @property
    def local_words(self) -> str:
        """The local prosecutor's words, for those who may read them."""
        return self.row.local.words if self.row.local and "local" in self.sight.words else ""

    @property
    def federal_words(self) -> str:
        """The federal prosecutor's words, for those who may read them."""
        return self.row.federal.words if self.row.federal and "federal" in self.sight.words else ""


Fits = Callable[[Line], bool]
FILTERS: dict[str, tuple[str, Fits]] = {
    "differ": ("They differ", lambda line: line.outcome == "differ" or line.federal_differs),
    "open": ("Not decided", lambda line: line.letter == "?"),
    "violence": ("Violence history", lambda line: line.row.has_violence),
    "pending": ("Pending charges", lambda line: line.row.charges > 0),
    "street": (
        "Street level",
        lambda line: line.row.assessment is not None and line.row.assessment.level == Assessment.Level.STREET,
    ),
    "separate": ("Separate path", lambda line: line.row.is_separate),
    "passage": (
        "Safe passage open",
        lambda line: line.row.player.stage == "candidate" and line.passage.holds_up and not line.is_hidden,
    ),
}
