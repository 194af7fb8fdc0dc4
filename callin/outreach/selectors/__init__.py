"""Reading steps 6 and 6a; the step's door."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from callin.outreach.selectors import letters, standing
from callin.outreach.selectors.families import (
    STATES,
    Circle,
    Known,
    called_in,
    circle_of,
    circles,
    in_pair_of,
    known,
    within_reach,
)
from callin.outreach.selectors.letters import (
    candidates,
    latest_batch,
    latest_letter,
    letter_key,
    rows,
    with_letter_keys,
    wording,
)

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase
    from dmi.cases.progress import Progress

__all__ = (
    "STATES", "Circle", "Known", "called_in", "candidates", "circle_of", "circles", "in_pair_of", "known",
    "latest_batch", "latest_letter", "letter_key", "progress", "rows", "with_letter_keys", "within_reach", "wording",
)  # fmt: skip


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where families, visits and letters stand. Counts only."""
    return standing.families(case, today) | letters.progress(case)
