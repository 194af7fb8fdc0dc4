"""How a person on the list may move: the whole table, on one page.

A player is a person named in this market. `advance()` in `actions.py` is the only code that moves one.
A minor, or anyone whose age is unknown, can never become a candidate on the adult path.
"""

from __future__ import annotations

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where a player stands in this market."""

    NAMED = "named", "Named"
    REVIEWED = "reviewed", "Reviewed"
    LISTED = "listed", "Active in the area"
    CANDIDATE = "candidate", "Call-in candidate"
    PROSECUTE = "prosecute", "Prosecute now"
    HELD = "held", "On hold"
    INVITED = "invited", "Invited"
    NOTIFIED = "notified", "Notified"
    VIOLATED = "violated", "Dealt again"
    ARRESTED = "arrested", "Arrested"
    CHARGED = "charged", "Charged"
    DROPPED = "dropped", "Dropped"


NEXT: dict[str, frozenset[str]] = {
    Stage.NAMED: frozenset({Stage.REVIEWED, Stage.DROPPED}),
    Stage.REVIEWED: frozenset({Stage.LISTED, Stage.DROPPED}),
    Stage.LISTED: frozenset({Stage.CANDIDATE, Stage.PROSECUTE, Stage.HELD, Stage.DROPPED}),
    Stage.CANDIDATE: frozenset({Stage.INVITED, Stage.PROSECUTE, Stage.HELD, Stage.DROPPED}),
    Stage.HELD: frozenset({Stage.LISTED, Stage.CANDIDATE, Stage.PROSECUTE, Stage.DROPPED}),
    Stage.PROSECUTE: frozenset({Stage.CHARGED, Stage.HELD, Stage.DROPPED}),
    Stage.INVITED: frozenset({Stage.NOTIFIED, Stage.HELD, Stage.DROPPED}),
    Stage.NOTIFIED: frozenset({Stage.VIOLATED}),
    Stage.VIOLATED: frozenset({Stage.ARRESTED}),
    Stage.ARRESTED: frozenset(),
    Stage.CHARGED: frozenset(),
    Stage.DROPPED: frozenset({Stage.REVIEWED}),
}

# Moves that must say why.
NEEDS_REASON = frozenset({Stage.DROPPED, Stage.HELD})
REOPENS = frozenset({Stage.DROPPED, Stage.HELD})
ADULTS_ONLY = frozenset({Stage.CANDIDATE, Stage.INVITED, Stage.NOTIFIED})
ON_THE_CALL_IN = (Stage.CANDIDATE, Stage.INVITED, Stage.NOTIFIED)

# How far along each stage lies: of two entries for one person, the one that stands further is kept.
REACH = {
    Stage.DROPPED: 0, Stage.NAMED: 1, Stage.REVIEWED: 2, Stage.LISTED: 3, Stage.HELD: 4, Stage.CANDIDATE: 5,
    Stage.PROSECUTE: 5, Stage.INVITED: 6, Stage.CHARGED: 6, Stage.NOTIFIED: 7, Stage.VIOLATED: 8, Stage.ARRESTED: 9,
}  # fmt: skip
# From here on others act on the entry by its number, so it can no longer go into another.
TOO_FAR_TO_MERGE = frozenset({Stage.INVITED, Stage.CHARGED, Stage.NOTIFIED, Stage.VIOLATED, Stage.ARRESTED})
