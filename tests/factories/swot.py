"""Items and responses of an invented SWOT board."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from planning.swot import actions
from planning.swot.models import Item, Prompt, PromptAnswer, Quadrant, Response


def item(case: MarketCase, author: User | None, quadrant: str = Quadrant.STRENGTH, **given: Any) -> Item:
    """An item under its author's name, or unsigned when there is no author."""
    row = Item(case=case, quadrant=quadrant, **({"text": "Residents come to the meetings."} | given))
    if author is None:
        return actions.post_unsigned(item=row, once=uuid.uuid4())
    return actions.post_item(item=row, actor=author)


def response(on: Item, owner: User, *, days: int = 14) -> Response:
    """What is done about the item, due in that many days."""
    due_on = timezone.localdate() + timedelta(days=days)
    row = Response(case=on.case, what="Meet the new chief", owner=owner, due_on=due_on)
    return actions.plan_response(response=row, item=on, actor=owner)


def no_threats(case: MarketCase, actor: User, *, but: tuple[str, ...] = ()) -> None:
    """Every prompt is answered with a reason why it is no threat here."""
    for prompt in Prompt:
        if prompt not in but:
            row = PromptAnswer(case=case, prompt=prompt, reason="Looked at; it does not apply.")
            actions.answer_prompt(answer=row, actor=actor)


def whole_board(case: MarketCase, actor: User) -> dict[str, Item]:
    """A board that can be locked: no empty quadrant, every weakness and threat answered, every prompt looked at."""
    found = {quadrant.value: item(case, actor, quadrant, text=f"{quadrant.label} of the team") for quadrant in Quadrant}
    response(found["W"], actor)
    found["T"].accepted_risk = "Nobody here can change it."
    actions.accept_risk(item=found["T"], actor=actor)
    no_threats(case, actor)
    return found
