"""The criteria answered from a player's file, and the card that hides who the player is.

A card shows only what the criteria ask for, in words put together here. Free text of the file never gets onto it,
because it can hold a name, a place or a race.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from dmi.cases import selectors as cases
from targeting.incident_review.board import BoardRow, board, is_active, window_starts
from targeting.incident_review.models import Assessment, Criteria, Rule

if TYPE_CHECKING:
    from dmi.cases.models import TeamPolicy
    from dmi.people.models import Player

Met = bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion for one player: met, not met or not known, and the fact behind it."""

    rule: str
    text: str
    is_met: Met
    fact: str


def lines(rules: Sequence[str], judged: Sequence[str]) -> list[dict[str, str]]:
    """The lines of a set of criteria: those answered from the file, then those a reader judges."""
    chosen = [{"rule": str(rule), "text": Rule(rule).label} for rule in rules]
    return chosen + [{"rule": str(Rule.JUDGED), "text": text.strip()} for text in judged if text.strip()]


def card_number(criteria: Criteria, player: Player) -> str:
    """A number that says nothing of the player and stays the same under these criteria."""
    mixed = hashlib.sha256(f"{criteria.pk}{player.pk}".encode()).hexdigest()
    return str(1000 + int(mixed[:8], 16) % 9000)


def answers(criteria: Criteria | None, row: BoardRow, today: date, policy: TeamPolicy | None = None) -> list[Answer]:
    """Each criterion answered from the row, in the criteria's order; `policy` where it was read for many rows."""
    if criteria is None:
        return []
    known = _known(row, today, policy or cases.policy_of(criteria.case))
    return [
        Answer(line["rule"], line["text"], *known.get(line["rule"], (None, "For the reader to judge")))
        for line in criteria.lines
    ]


def shown_on_card(player: Player, criteria: Criteria) -> list[dict[str, object]]:
    """What the card without the name shows of this player today, to be kept with the opinion."""
    today = timezone.localdate()
    row = next(row for row in board(player.case) if row.player.pk == player.pk)
    return [{"text": a.text, "is_met": a.is_met, "fact": a.fact} for a in answers(criteria, row, today)]


def _known(row: BoardRow, today: date, policy: TeamPolicy) -> dict[str, tuple[Met, str]]:
    a, wanted = row.assessment, policy.survey_sources_required
    level, violence = _level(a), _violence(row)
    return {
        Rule.ADULT: (row.player.is_adult, "18 or older" if row.player.is_adult else "Under 18, or not known"),
        Rule.ACTIVE: _active(a, today, policy),
        Rule.STREET: (None if a is None else a.level == Assessment.Level.STREET, level),
        Rule.NOT_UPPER: (None if a is None else a.level != Assessment.Level.UPPER, level),
        Rule.NOT_SERIOUS: (None if a is None else a.violence != Assessment.Violence.SERIOUS, violence),
        Rule.NO_GUN: (None if a is None else not row.has_gun, "A gun, on file" if row.has_gun else "No gun on file"),
        Rule.DOCKETS: _dockets(a, today),
        Rule.NO_CHARGES: (row.charges == 0, f"{row.charges} pending"),
        Rule.SOURCES: (row.sources >= wanted, f"{row.sources} of {wanted} independent sources"),
    }


def _level(a: Assessment | None) -> str:
    return a.get_level_display() if a else "Not assessed"


def _violence(row: BoardRow) -> str:
    if row.assessment is None:
        return "Not looked up"
    said = row.assessment.get_violence_display()
    lines = [f"{entry.get_kind_display().lower()} {entry.happened_on:%Y}" for entry in row.violence]
    return f"{said}: {', '.join(lines)}" if lines else said


def _active(a: Assessment | None, today: date, policy: TeamPolicy) -> tuple[Met, str]:
    if a is None or a.last_active_on is None:
        return (None, "Not shown")
    days = (today - a.last_active_on).days
    met = is_active(a, today, window_starts(a.case, today, policy))
    return met, f"Last seen active {days} day{'s' * (days != 1)} ago"


def _dockets(a: Assessment | None, today: date) -> tuple[Met, str]:
    if a is None or a.pending_checked_on is None:
        return (False, "Not checked")
    return True, f"Checked {(today - a.pending_checked_on).days} days ago"
