"""Acts of the survey: an officer's answers, a community reply, and whom they named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.people import actions as people
from dmi.people.models import Player
from targeting.survey.models import CommunityReply, Interview, Nomination, TipSource

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


class AlreadyNamed(Exception):
    """This interview or reply has named the player before; one source counts once."""


@transaction.atomic
def record_interview(
    *, case: MarketCase, actor: User | None, group: str, officer_name: str, officer_unit: str = "",
    held_on: date | None = None, answers: Mapping[str, str] | None = None,
) -> Interview:  # fmt: skip
    """One officer has answered. Raises ValidationError."""
    interview = Interview.objects.create_by(
        actor, case=case, group=group, officer_name=officer_name.strip(), officer_unit=officer_unit,
        held_on=held_on or timezone.localdate(), answers=dict(answers or {}),
    )  # fmt: skip
    audit.record(
        actor=actor, verb=Verb.INTERVIEW_RECORDED, case_id=case.pk, subject=interview, facts={"group": interview.group}
    )
    return interview


@transaction.atomic
def record_reply(
    *, case: MarketCase, actor: User | None, channel: str, received_on: date | None = None,
    answers: Mapping[str, str] | None = None, source_name: str = "", source_contact: str = "",
) -> CommunityReply:  # fmt: skip
    """A resident's answers are handed in; who it was is kept apart, and only when the person wished it.

    Raises ValidationError.
    """
    reply = CommunityReply.objects.create_by(
        actor, case=case, channel=channel, received_on=received_on or timezone.localdate(), answers=dict(answers or {})
    )
    if source_name.strip():
        TipSource.objects.create_by(actor, case=case, reply=reply, name=source_name.strip(), contact=source_contact)
    audit.record(
        actor=actor, verb=Verb.REPLY_HANDED_IN, case_id=case.pk, subject=reply, facts={"channel": reply.channel}
    )
    return reply


@transaction.atomic
def name_in_interview(
    *,
    interview: Interview,
    actor: User | None,
    why: str,
    where_seen: str = "",
    player: Player | None = None,
    **person: Any,
) -> Nomination:
    """The officer named `player`, or a new person described by `person` (full_name, aliases, birth_on, sex, race,
    language, home_address), who is put on the list with `why` as the written basis.

    Raises AlreadyNamed, ValidationError.
    """
    return _name(interview, actor, player, {"why": why, "where_seen": where_seen}, person)


@transaction.atomic
def name_in_reply(
    *,
    reply: CommunityReply,
    actor: User | None,
    why: str,
    where_seen: str = "",
    player: Player | None = None,
    **person: Any,
) -> Nomination:
    """The resident named `player`, or a new person as in `name_in_interview`. Raises AlreadyNamed, ValidationError."""
    return _name(reply, actor, player, {"why": why, "where_seen": where_seen}, person)


def _name(
    source: Interview | CommunityReply,
    actor: User | None,
    player: Player | None,
    said: dict[str, str],
    person: dict[str, Any],
) -> Nomination:
    case, link = source.case, "interview" if isinstance(source, Interview) else "reply"
    player = player or people.nominate(case=case, actor=actor, basis=said["why"][:400], **person)
    if Nomination.objects.for_case(case).filter(player=player, **{link: source}).exists():
        raise AlreadyNamed(f"{player.number} is named here already.")
    nomination = Nomination.objects.create_by(actor, case=case, player=player, **said, **{link: source})
    audit.record(
        actor=actor, verb=Verb.NOMINATION_RECORDED, case_id=case.pk, subject=nomination,
        facts={"player": player.pk, "source": link},
    )  # fmt: skip
    return nomination
