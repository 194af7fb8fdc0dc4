"""Acts on the SWOT board: posting signed or unsigned, weighing, answering, locking."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model, Sum
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.models import SubmittedForm
from planning.swot import selectors
from planning.swot.models import (
    MOST_ON_ONE,
    VOTE_BUDGET,
    Inventory,
    Item,
    PromptAnswer,
    Response,
    Vote,
)

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


class Locked(Exception):
    """The inventory is locked; its items no longer change."""


class NotYours(Exception):
    """Only its author changes a signed item; an unsigned one can only be removed, by the coordinator."""


class BudgetSpent(Exception):
    """The member has given away every vote of the budget, or as many as one item may get."""


class HasGaps(Exception):
    """The board cannot be locked yet; `gaps` says why, in words."""

    def __init__(self, gaps: list[str]) -> None:
        super().__init__(" ".join(gaps))
        self.gaps = gaps


@transaction.atomic
def open_inventory(*, case: MarketCase, actor: User | None) -> Inventory:
    """There is an open inventory to post to: the baseline first, later the next one beside it."""
    found = selectors.current_inventory(case)
    if found and not found.is_locked:
        return found
    opened = Inventory.objects.create_by(actor, case=case, number=found.number + 1 if found else 1)
    _record(opened, Verb.INVENTORY_OPENED, actor, number=opened.number)
    return opened


def _postable(case: MarketCase) -> Inventory:
    """The open inventory. The baseline opens by itself with its first item, in nobody's name."""
    found = selectors.current_inventory(case)
    if found is None:
        return open_inventory(case=case, actor=None)
    if found.is_locked:
        raise Locked(found.name)
    return found


@transaction.atomic
def post_item(*, item: Item, actor: User) -> Item:
    """The item is on the board under its author's name. Raises Locked."""
    item.inventory, item.author = _postable(item.case), actor
    item.save_by(actor)
    _record(item, Verb.ITEM_POSTED, actor, quadrant=item.quadrant)
    return item


@transaction.atomic
def post_unsigned(*, item: Item, once: uuid.UUID) -> Item:
    """The item is on the board and nobody's name is with it: not in the row, its history, or the log.

    `once` is the form's one-time token. It becomes the item's id, so a double click makes one item, and the row that
    ties the token to the person who sent it is erased. Raises Locked.
    """
    SubmittedForm.objects.filter(pk=once).delete()
    known = Item.objects.for_case(item.case).filter(pk=once).first()
    if known:
        return known
    item.id, item.inventory, item.author = once, _postable(item.case), None
    item.save_by(None)
    _record(item, Verb.ITEM_POSTED, None, quadrant=item.quadrant)
    return item


@transaction.atomic
def change_item(*, item: Item, actor: User) -> Item:
    """The author has put it better. Raises NotYours, Locked."""
    _check_open(item)
    if item.author_id != actor.pk:
        raise NotYours
    item.save_by(actor)
    _record(item, Verb.ITEM_CHANGED, actor)
    return item


@transaction.atomic
def remove_item(*, item: Item, actor: User, moderates: bool) -> Item:
    """The item is off the board and can be put back. Raises NotYours, Locked."""
    _check_open(item)
    if item.author_id != actor.pk and not moderates:
        raise NotYours
    item.removed_at = timezone.now()
    item.save_by(actor)
    _record(item, Verb.ITEM_REMOVED, actor)
    return item


@transaction.atomic
def put_back(*, item: Item, actor: User, moderates: bool) -> Item:
    """The removed item is on the board again. Raises NotYours, Locked."""
    _check_open(item)
    if item.author_id != actor.pk and not moderates:
        raise NotYours
    item.removed_at = None
    item.save_by(actor)
    _record(item, Verb.ITEM_PUT_BACK, actor)
    return item


@transaction.atomic
def weigh(*, item: Item, actor: User, points: int) -> int:
    """The member gives the item this many votes (0 takes them back). Raises BudgetSpent, Locked."""
    _check_open(item)
    Inventory.objects.select_for_update().get(pk=item.inventory_id)
    mine = Vote.objects.for_case(item.case).filter(voter=actor, item__inventory=item.inventory, item__removed_at=None)
    elsewhere = mine.exclude(item=item).aggregate(total=Sum("points"))["total"] or 0
    points = max(points, 0)
    if points > MOST_ON_ONE or elsewhere + points > VOTE_BUDGET:
        raise BudgetSpent(f"Each member has {VOTE_BUDGET} votes, at most {MOST_ON_ONE} for one item.")
    vote = Vote.objects.for_case(item.case).filter(voter=actor, item=item).first()
    if points == 0 and vote:
        vote.delete_by(actor)
    elif points:
        vote = vote or Vote(case=item.case, item=item, voter=actor)
        vote.points = points
        vote.save_by(actor)
    _record(item, Verb.ITEM_WEIGHED, actor, points=points)
    return points


@transaction.atomic
def plan_response(*, response: Response, item: Item, actor: User) -> Response:
    """Something is done about the item, by somebody, by a day."""
    is_new = response._state.adding
    response.item = item
    response.save_by(actor)
    _record(response, Verb.RESPONSE_PLANNED if is_new else Verb.RESPONSE_CHANGED, actor, due=response.due_on)
    return response


@transaction.atomic
def finish_response(*, response: Response, actor: User) -> Response:
    """The response is done as of today, with a word on how it went."""
    response.done_on = timezone.localdate()
    response.save_by(actor)
    _record(response, Verb.RESPONSE_FINISHED, actor)
    return response


@transaction.atomic
def accept_risk(*, item: Item, actor: User) -> Item:
    """The team lives with the item, for the reason written; an empty reason takes that back. Raises Locked."""
    _check_open(item)
    item.accepted_on = timezone.localdate() if item.accepted_risk else None
    item.save_by(actor)
    _record(item, Verb.RISK_ACCEPTED, actor, accepted=bool(item.accepted_risk))
    return item


@transaction.atomic
def answer_prompt(*, answer: PromptAnswer, actor: User) -> PromptAnswer:
    """The team looked at the prompt and found no threat in it here. Raises Locked."""
    answer.inventory = _postable(answer.case)
    answer.save_by(actor)
    _record(answer, Verb.PROMPT_ANSWERED, actor, prompt=answer.prompt)
    return answer


@transaction.atomic
def lock(*, case: MarketCase, actor: User) -> Inventory:
    """The inventory is frozen as it stands. Raises HasGaps, Locked."""
    board = selectors.board_of(case)
    if board.inventory is None or board.gaps:
        raise HasGaps(board.gaps)
    if board.is_locked:
        raise Locked(board.inventory.name)
    inventory = Inventory.objects.select_for_update().get(pk=board.inventory.pk)
    inventory.locked_on = timezone.localdate()
    inventory.frozen = selectors.frozen_copy(board, inventory.locked_on)
    inventory.save_by(actor)
    _record(inventory, Verb.INVENTORY_LOCKED, actor, number=inventory.number, items=len(board.cards))
    return inventory


def _check_open(item: Item) -> None:
    if item.inventory.is_locked:
        raise Locked(item.inventory.name)


def _record(subject: Model, verb: Verb, actor: User | None, **facts: object) -> None:
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)  # type: ignore[attr-defined]
