"""An officer's answers, a community reply, whom they named and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.places import actions as places
from dmi.places import selectors as known_places
from dmi.places.models import Place
from targeting.survey import selectors
from targeting.survey.models import AddressMention, Ask, CommunityLink, CommunityReply, Interview, Nomination, TipSource
from targeting.survey.models.questions import COMMUNITY

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

SAID = ("why", "where_seen", "role", "known", "seen_on")


class AlreadyNamed(Exception):
    """This interview or reply has named the player or address before; one source counts once."""


@transaction.atomic
def record_interview(
    *, case: MarketCase, actor: User | None, group: str, officer_name: str, officer_unit: str = "",
    held_on: date | None = None, answers: Mapping[str, Any] | None = None, ask: Ask | None = None,
) -> Interview:  # fmt: skip
    """One officer has answered the questions now in use; `ask` is closed with it. Raises ValidationError."""
    interview = Interview.objects.create_by(
        actor, case=case, group=group, officer_name=officer_name.strip(), officer_unit=officer_unit,
        held_on=held_on or timezone.localdate(), answers=dict(answers or {}),
        question_set=selectors.current_set(group),
    )  # fmt: skip
    if ask is not None:
        ask.interview = interview
        ask.declined_on, ask.decline_reason = None, ""
        ask.save_by(actor)
    audit.record(
        actor=actor, verb=Verb.INTERVIEW_RECORDED, case_id=case.pk, subject=interview, facts={"group": interview.group}
    )
    return interview


@transaction.atomic
def record_reply(
    *, case: MarketCase, actor: User | None, channel: str, received_on: date | None = None, language: str = "en",
    answers: Mapping[str, Any] | None = None, source_name: str = "", source_contact: str = "",
    link: CommunityLink | None = None, once: UUID | None = None,
) -> CommunityReply:  # fmt: skip
    """A resident's answers are handed in; who it was is kept apart, and only when the person wished it.

    Raises ValidationError.
    """
    reply = CommunityReply.objects.create_by(
        actor, case=case, channel=channel, received_on=received_on or timezone.localdate(), language=language,
        answers=dict(answers or {}), question_set=selectors.current_set(COMMUNITY), link=link, once=once,
    )  # fmt: skip
    if source_name.strip() or source_contact.strip():
        TipSource.objects.create_by(
            actor, case=case, reply=reply, full_name=source_name.strip() or "Not given",
            reached_at=source_contact.strip(),
        )  # fmt: skip
    audit.record(
        actor=actor, verb=Verb.REPLY_HANDED_IN, case_id=case.pk, subject=reply, facts={"channel": reply.channel}
    )
    return reply


@transaction.atomic
def name_in_interview(
    *, interview: Interview, actor: User | None, player: Player | None = None, **said: Any
) -> Nomination:
    """The officer named `player`, or a new person put on the list with `why` as the written basis.

    `said` holds why, where_seen, role, known, seen_on; for a new person also full_name, aliases, birth_on, sex, race,
    language, home_address. Raises AlreadyNamed, ValidationError.
    """
    return _name(interview, actor, player, said)


@transaction.atomic
def name_in_reply(
    *, reply: CommunityReply, actor: User | None, player: Player | None = None, **said: Any
) -> Nomination:
    """The resident named `player`, or a new person as in `name_in_interview`. Raises AlreadyNamed, ValidationError."""
    return _name(reply, actor, player, said)


@transaction.atomic
def mention_address(
    *, source: Interview | CommunityReply, actor: User | None, address: str, why: str, unit: str = "",
    kind: str = "other",
) -> AddressMention:  # fmt: skip
    """The officer or resident named an address sales are made at or from: found or added, with `why` as its basis.

    Raises AlreadyNamed, ValidationError.
    """
    case, link = source.case, _link(source)
    place = known_places.same_address(case, address, unit)
    if place is None:
        place = Place(case=case, kind=kind, address=address, unit=unit, is_key=True, basis=why[:400])
        places.save_place(place=place, actor=actor)
    elif not place.is_key:
        place.is_key, place.basis = True, place.basis or why[:400]
        places.save_place(place=place, actor=actor)
    if AddressMention.objects.for_case(case).filter(place=place, **{link: source}).exists():
        raise AlreadyNamed("This address is named here already.")
    mention = AddressMention.objects.create_by(actor, case=case, place=place, why=why[:400], **{link: source})
    audit.record(
        actor=actor, verb=Verb.ADDRESS_MENTIONED, case_id=case.pk, subject=mention,
        facts={"place": place.pk, "source": link},
    )  # fmt: skip
    return mention


def _link(source: Interview | CommunityReply) -> str:
    return "interview" if isinstance(source, Interview) else "reply"


def _name(
    source: Interview | CommunityReply, actor: User | None, player: Player | None, given: dict[str, Any]
) -> Nomination:
    case, link = source.case, _link(source)
    said = {name: given.pop(name) for name in SAID if name in given}
    player = player or people.nominate(case=case, actor=actor, basis=said["why"][:400], **given)
    if Nomination.objects.for_case(case).filter(player=player, **{link: source}).exists():
        raise AlreadyNamed(f"{player.number} is named here already.")
    nomination = Nomination.objects.create_by(actor, case=case, player=player, **said, **{link: source})
    audit.record(
        actor=actor, verb=Verb.NOMINATION_RECORDED, case_id=case.pk, subject=nomination,
        facts={"player": player.pk, "source": link},
    )  # fmt: skip
    return nomination
