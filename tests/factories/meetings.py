"""Meetings of an invented market."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dmi.cases.models import MarketCase
from dmi.meetings import actions
from dmi.meetings.models import Meeting


def meeting(case: MarketCase, **given: Any) -> Meeting:
    """A community meeting."""
    invited = {name: given.pop(name, ()) for name in ("members", "contacts")}
    wanted = {
        "kind": Meeting.Kind.COMMUNITY, "title": "First evening at the chapel", "place": "12 Calder Street",
        "starts_at": datetime(2026, 12, 3, 23, 30, tzinfo=UTC),
    }  # fmt: skip
    return actions.save_meeting(meeting=Meeting(case=case, **(wanted | given)), actor=None, **invited)
