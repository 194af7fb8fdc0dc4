"""What all acts of the review share: their refusals, and how they lock and record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.people.models import Player

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.core.models import CaseRecord

NO_MINORS = (
    "{number} is under 18, or the age is not known, and cannot be chosen for the call-in. "
    "Enter the date of birth if the person is an adult; minors go the juvenile way."
)


class NoQuorum(Exception):
    """Fewer officers are present than the team's policy asks for, or one of the two units is missing."""


class Closed(Exception):
    """The review is closed; nothing more is reviewed in it."""


class NotInTheQueue(Exception):
    """The player does not stand where this step can be taken."""


class ListOpen(Exception):
    """The list cannot be fixed: somebody on it is not decided, the offices differ, or a check is missing."""


class NotByYou(Exception):
    """A second person must do this."""


class CriteriaFirst(Exception):
    """No criteria are fixed yet, so nobody is decided."""


class AlreadyFixed(Exception):
    """What is fixed is not changed; a new version says why."""


class LookFirst(Exception):
    """The office has not looked at the card without the name, nor said why it skips that."""


def locked(player: Player) -> Player:
    """The player as stored now, locked for this act."""
    return Player.objects.for_case(player.case).select_for_update(of=("self",)).get(pk=player.pk)


def record(subject: CaseRecord, verb: Verb, actor: User | None, **facts: object) -> None:
    """One line of the audit log about a record of the review."""
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)
