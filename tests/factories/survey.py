"""A market's survey for tests: officers' answers, residents' replies, names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.people import actions as people
from dmi.people.models import Player
from targeting.survey import actions
from targeting.survey.models import Ask, CommunityLink, CommunityReply, Interview


def interview(case: MarketCase, actor: User | None = None, **given: Any) -> Interview:
    """A street officer answered."""
    fields = {"group": "street", "officer_name": "Ofc. Dale", "officer_unit": "Beat 4"} | given
    return actions.record_interview(case=case, actor=actor, **fields)


def reply(case: MarketCase, actor: User | None = None, **given: Any) -> CommunityReply:
    """A resident answered on paper."""
    fields = {"channel": "paper", "answers": {"places": "At Calder and Eighth."}} | given
    return actions.record_reply(case=case, actor=actor, **fields)


def ask(case: MarketCase, actor: User | None = None, **given: Any) -> Ask:
    """One street officer was asked."""
    fields = {"group": "street", "how": "roll_call", "asked_on": timezone.localdate()} | given
    name = fields.pop("officer_name", "Ofc. Dale")
    return actions.ask_officers(case=case, actor=actor, officers=[(name, "Beat 4")], **fields)[0]


def link(case: MarketCase, actor: User | None = None, **given: Any) -> CommunityLink:
    """A link handed out at a meeting."""
    fields = {"place": "Eastgate Neighbors", "expires_on": timezone.localdate() + timedelta(days=30)} | given
    return actions.open_link(case=case, actor=actor, **fields)


def player(case: MarketCase, full_name: str = "Casey Brightwell", **given: Any) -> Player:
    """A named adult."""
    fields = {"birth_on": "1998-02-03", "basis": "Report 26-04471."} | given
    return people.nominate(case=case, actor=None, full_name=full_name, **fields)
