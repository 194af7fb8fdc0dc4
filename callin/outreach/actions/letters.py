"""Acts of step 6a: wording the letter, approving it, printing all letters, recording their delivery."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from callin.outreach import letters, selectors
from callin.outreach.models import CallInLetter, LetterBatch, LetterWording
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access
from dmi.cases.models import MarketCase
from dmi.documents import actions as documents
from dmi.documents.models import State
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.people.stages import Stage

if TYPE_CHECKING:
    from dmi.accounts.models import User


class CannotPrint(ValueError):
    """The letters cannot be printed yet; the text says what is missing."""


class NotByYou(ValueError):
    """Somebody else must approve the words."""


@transaction.atomic
def save_wording(*, wording: LetterWording, actor: User | None) -> LetterWording:
    """The letter says this from now on; an approval given to other words no longer counts."""
    wording.approved_by = wording.approved_at = None
    wording.save_by(actor)
    audit.record(actor=actor, verb=Verb.WORDING_SAVED, case_id=wording.case_id, subject=wording)
    return wording


@transaction.atomic
def approve_wording(*, wording: LetterWording, actor: User) -> LetterWording:
    """The words are approved. Raises NotByYou for the person who wrote them last."""
    if wording.updated_by_id == actor.pk:
        raise NotByYou("You wrote these words, so somebody else must approve them.")
    wording.approved_by, wording.approved_at = actor, timezone.now()
    wording.save_by(actor)
    audit.record(actor=actor, verb=Verb.WORDING_APPROVED, case_id=wording.case_id, subject=wording)
    return wording


def facts_hash(players: list[Player], wording: LetterWording) -> str:
    """A digest of every letter as it would be printed now; another digest means data changed."""
    body = [letters.facts(player, wording) for player in players]
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def print_letters(*, case: MarketCase, actor: User | None, again: bool = False) -> LetterBatch:
    """A letter to each candidate is on its way to paper, in one run; pressed again, the same run comes back.

    `again` prints a further copy of every letter. Raises CannotPrint, MayNotIssue.
    """
    if actor is not None and not access.holds(actor, case, "act.issue_letter"):
        raise PermissionDenied
    case = MarketCase.objects.select_for_update().get(pk=case.pk)
    wording, players = _ready(case)
    known, now = selectors.latest_batch(case), facts_hash(players, wording)
    if known and known.run.state != State.WITHDRAWN and known.facts_hash == now and not again:
        return known
    parts = [letters.part(player, wording) for player in players]
    run = documents.issue_run(
        case=case, title="Call-in letters", parts=parts, actor=actor, key="call-in-letters", binder=False, again=True
    )
    batch = LetterBatch.objects.create_by(actor, case=case, run=run, facts_hash=now)
    by_number = {row.document.player_number: row.document for row in run.parts.select_related("document")}
    for player in players:
        CallInLetter.objects.create_by(actor, case=case, batch=batch, player=player, document=by_number[player.number])
    audit.record(
        actor=actor, verb=Verb.LETTERS_PRINTED, case_id=case.pk, subject=batch, facts={"letters": len(players)}
    )
    return batch


def _ready(case: MarketCase) -> tuple[LetterWording, list[Player]]:
    wording, players = selectors.wording(case), selectors.candidates(case)
    if wording is None or wording.approved_at is None:
        raise CannotPrint("The wording is not approved yet. The prosecutor or the police lead approves it first.")
    if case.call_in_at is None:
        raise CannotPrint("The call-in has no date yet. Set time and place first.")
    if not players:
        raise CannotPrint("Nobody is on the call-in list yet.")
    return wording, players


@transaction.atomic
def record_delivery(
    *, letter: CallInLetter, delivered_on: date, method: str, delivered_by: str, actor: User | None
) -> CallInLetter:
    """The letter reached the candidate, who now stands as invited. Raises ValidationError."""
    letter.delivered_on, letter.method, letter.delivered_by = delivered_on, method, delivered_by
    letter.save_by(actor)
    if letter.player.stage == Stage.CANDIDATE:
        people.advance(player=letter.player, to=Stage.INVITED, actor=actor)
    audit.record(actor=actor, verb=Verb.LETTER_DELIVERED, case_id=letter.case_id, subject=letter)
    return letter
