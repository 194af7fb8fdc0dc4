"""Link charts for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from targeting.incident_review import actions as review
from targeting.incident_review.models import IntelligenceNote
from targeting.link_analysis import actions
from targeting.link_analysis.models import Entity, Link


def entity(case: MarketCase, label: str = "", actor: User | None = None, **given: Any) -> Entity:
    """Somebody on the chart, believed to take part in the market; with `player`, that player."""
    fields = {"kind": "person", "label": label} | ({} if given.get("player") else {"basis": "Report 26-1."}) | given
    return actions.save_entity(entity=Entity(case=case, **fields), actor=actor)


def link(first: Entity, second: Entity, actor: User | None = None, **given: Any) -> Link:
    """Seen together last week, on a field contact's word."""
    day = timezone.localdate() - timedelta(days=7)
    fields = {
        "kind": "seen_together",
        "grade": "seen",
        "record": "contact",
        "cites": "Field contact",
        "happened_on": day,
    }
    return actions.save_link(link=Link(case=first.case, first=first, second=second, **(fields | given)), actor=actor)


def intelligence(player: Any, **given: Any) -> IntelligenceNote:
    """A graded note that is in date."""
    fields = {
        "reliability": "B", "validity": "2", "offence": "Distribution", "note": "Said to supply.",
        "support": "Report 26-9", "gathered_lawfully": True, "review_by": timezone.localdate() + timedelta(days=90),
    }  # fmt: skip
    return review.save_intelligence(
        note=IntelligenceNote(case=player.case, player=player, **(fields | given)), actor=None
    )
