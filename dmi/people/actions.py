"""Acts on people: naming them, correcting what is known, and moving them along the list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import selectors as cases
from dmi.cases.models import MarketCase
from dmi.people import stages
from dmi.people.models import Person, Player
from dmi.people.stages import Stage

if TYPE_CHECKING:
    from dmi.accounts.models import User


class NotAllowedYet(Exception):
    """The table of stages has no such move."""


class ReasonMissing(Exception):
    """This move must say why."""


class NotAnAdult(Exception):
    """A minor, or a person of unknown age, cannot stand on the adult call-in path."""


def _next_number(case: MarketCase) -> str:
    """The case's next free code number. The case row is locked, so two people never get the same one."""
    MarketCase.objects.select_for_update().get(pk=case.pk)
    numbers = Player.objects.with_merged(case).values_list("number", flat=True)
    used = [int(number.rpartition("-")[2]) for number in numbers]
    return f"{case.number_prefix}-{max(used, default=0) + 1:02d}"


@transaction.atomic
def nominate(
    *, case: MarketCase, actor: User | None, basis: str, person: Person | None = None, **fields: Any
) -> Player:
    """A person is named in this market: found or created, numbered, with a written basis and a date to look again.

    `fields` describe a new person (full_name, aliases, birth_on, sex, race, language, home_address).
    Raises ValidationError when a field or the basis is missing.
    """
    if person is None:
        person = Person.objects.create_by(actor, case=case, **fields)
    existing = Player.objects.with_merged(case).filter(person=person).select_related("merged_into").first()
    if existing:
        return existing.merged_into or existing
    review_by = timezone.localdate() + relativedelta(months=cases.policy_of(case).review_months)
    player = Player.objects.create_by(
        actor, case=case, person=person, number=_next_number(case), basis=basis, review_by=review_by
    )
    audit.record(actor=actor, verb=Verb.PLAYER_NAMED, case_id=case.pk, subject=player)
    return player


@transaction.atomic
def advance(*, player: Player, to: str, actor: User | None, reason: str = "") -> Player:
    """The player now stands at stage `to`.

    Raises NotAllowedYet (the table has no such move), ReasonMissing, NotAnAdult.
    """
    player = Player.objects.for_case(player.case).select_for_update(of=("self",)).get(pk=player.pk)
    came_from = player.stage
    if to not in stages.NEXT[Stage(came_from)]:
        where = f"{player.number} stands at “{player.get_stage_display()}”"
        raise NotAllowedYet(f"{where} and cannot move to “{Stage(to).label}”.")
    if not reason.strip() and (to in stages.NEEDS_REASON or came_from in stages.REOPENS):
        raise ReasonMissing("Say why.")
    if to in stages.ADULTS_ONLY and not player.is_adult:
        raise NotAnAdult(f"{player.number} is under 18 or of unknown age and cannot go on the call-in list.")
    player.stage, player.stage_since, player.stage_reason = Stage(to), timezone.now(), reason.strip()[:400]
    player.save_by(actor)
    facts = {"from": came_from, "to": str(to)}
    audit.record(actor=actor, verb=Verb.PLAYER_MOVED, case_id=player.case_id, subject=player, facts=facts)
    return player


@transaction.atomic
def correct_person(*, person: Person, actor: User | None) -> Person:
    """What the case knows about the person is corrected as the form says; the history keeps what stood before."""
    person.save_by(actor)
    audit.record(actor=actor, verb=Verb.PERSON_CORRECTED, case_id=person.case_id, subject=person)
    return person


@transaction.atomic
def renew_review(*, player: Player, actor: User | None, basis: str, today: date) -> Player:
    """The written basis was looked at again and still holds for one more period of the team's policy."""
    player.basis = basis
    player.review_by = today + relativedelta(months=cases.policy_of(player.case).review_months)
    player.save_by(actor)
    audit.record(actor=actor, verb=Verb.PLAYER_REVALIDATED, case_id=player.case_id, subject=player)
    return player
