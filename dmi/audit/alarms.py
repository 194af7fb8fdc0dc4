"""Alarms: raised once for each cause, seen by those whom the policy names, acknowledged with a reason.

An alarm holds a code, ids and numbers. It never blocks anything and no mail is sent: it waits on the page of whoever
must answer it, and `manage.py check_alarms` tells a machine that watches this one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from dmi.audit import actions
from dmi.audit.models import Alarm, AlarmQuerySet
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

AUDITOR, ADMINISTRATOR = "auditor", "administrator"
TOO_LATE = "Somebody else acknowledged this alarm in the meantime."


@dataclass(frozen=True, slots=True)
class Kind:
    """One cause of alarm: what happened, what to do, who sees it, and who of them answers."""

    title: str
    todo: str
    seen_by: tuple[str, ...]

    @property
    def answered_by(self) -> str:
        """The first who sees it acknowledges it; the other reads it."""
        return self.seen_by[0]


KINDS = {
    "account_locked": Kind(
        "An account is locked after wrong passwords or codes",
        "Ask the person whether it was they. Release the lock only after you know who is asking.",
        (ADMINISTRATOR, AUDITOR),
    ),
    "administrator_named": Kind(
        "Somebody runs accounts from now on",
        "Ask the two who did it.",
        (AUDITOR, ADMINISTRATOR),
    ),
    "clearance_ends": Kind(
        "A clearance runs out within 30 days, or has run out",
        "Have the screening or training renewed, then record it; or end the seat.",
        (ADMINISTRATOR, AUDITOR),
    ),
    "log_altered": Kind(
        "The audit log does not fit its seals",
        "Run verify_audit on the server, keep its answer, and call in somebody from outside.",
        (AUDITOR, ADMINISTRATOR),
    ),
    "seal_late": Kind(
        "The audit log was not sealed for more than five minutes",
        "See whether beat and a worker run, and whether a transaction hangs.",
        (ADMINISTRATOR, AUDITOR),
    ),
    "job_failed": Kind(
        "A background job gave up after its last attempt",
        "Look at the workers' log; then let the person try again.",
        (ADMINISTRATOR,),
    ),
    "jobs_wait": Kind(
        "Background jobs wait for more than ten minutes",
        "See whether a worker and Redis run.",
        (ADMINISTRATOR,),
    ),
    "disk_full": Kind(
        "Little room is left for photographs and documents",
        "Make room or a larger disk before uploads are refused.",
        (ADMINISTRATOR,),
    ),
    "unknown_label": Kind(
        "A record or a seat carries a label the policy does not know",
        "Nobody sees it until it is mended. Call whoever looks after the program.",
        (ADMINISTRATOR, AUDITOR),
    ),
    "many_reads": Kind(
        "One person opened unusually many sealed pages within an hour",
        "Look at the person's lines in the audit log and ask for the reason.",
        (AUDITOR,),
    ),
    "many_refusals": Kind(
        "One person was refused unusually often within an hour",
        "Look at the person's lines in the audit log and ask for the reason.",
        (AUDITOR,),
    ),
    "many_exports": Kind(
        "One person took out unusually many records within a day",
        "Look at the exports and ask what they are for.",
        (AUDITOR,),
    ),
    "copy_overdue": Kind(
        "A numbered copy is not back on its day",
        "Ask whoever has it; then enter it as returned, destroyed or lost.",
        (AUDITOR,),
    ),
}


class NotYours(Exception):
    """The alarm is about this person, or another role acknowledges this kind, or it is acknowledged already."""


def sound(
    kind: str,
    key: str,
    *,
    case_id: uuid.UUID | None = None,
    about: User | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Alarm | None:
    """The alarm is raised, with its event in the log; None when the same cause was raised before.

    `key` names the cause within its kind, for example a person and a day. Raises KeyError for a kind nobody reads.
    """
    KINDS[kind]
    full = f"{kind}:{key}"
    if Alarm.objects.filter(key=full).exists():
        return None
    try:
        with transaction.atomic():
            alarm = Alarm(kind=kind, key=full, case_id=case_id, about=about, facts=actions.codes(facts or {}))
            alarm.full_clean(validate_unique=False)
            alarm.save(force_insert=True)
            actions.record(actor=None, verb=Verb.ALARM_RAISED, case_id=case_id, subject=alarm, facts={"kind": kind})
    except IntegrityError:  # raised by another process in this moment
        return None
    return alarm


@transaction.atomic
def acknowledge(*, alarm: Alarm, actor: User, role: str, reason: str, request: HttpRequest | None = None) -> Alarm:
    """Somebody saw it and says what was done. Raises NotYours."""
    alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if not may_acknowledge(alarm, actor, role):
        raise NotYours
    alarm.acknowledged_by, alarm.acknowledged_at, alarm.reason = actor, timezone.now(), reason
    alarm.save_by(actor)
    actions.record(
        actor=actor, verb=Verb.ALARM_ACKNOWLEDGED, case_id=alarm.case_id, subject=alarm, reason=reason,
        facts={"kind": alarm.kind}, request=request,
    )  # fmt: skip
    return alarm


def may_acknowledge(alarm: Alarm, actor: User, role: str) -> bool:
    """Whether this person in this role answers it: open, not about them, and of a kind their role answers."""
    kind = KINDS.get(alarm.kind)
    is_theirs = kind is not None and kind.answered_by == role
    return is_theirs and alarm.acknowledged_at is None and alarm.about_id != actor.pk


def for_auditor(case: MarketCase) -> AlarmQuerySet:
    """What the privacy officer of this market sees: its own alarms, the system's, and those about its members."""
    mine = Q(case_id=case.pk) | Q(case_id=None) & (Q(about=None) | Q(about__in=_members(case)))
    return Alarm.objects.filter(mine, kind__in=_seen_by(AUDITOR)).select_related("about", "acknowledged_by")


def for_administrators() -> AlarmQuerySet:
    """What administrators see: the health of the system and of accounts, of no market."""
    return Alarm.objects.filter(kind__in=_seen_by(ADMINISTRATOR)).select_related("about", "acknowledged_by")


def waiting(alarms: AlarmQuerySet, person: User, role: str) -> AlarmQuerySet:
    """Those of these alarms that this person must acknowledge."""
    kinds = [code for code, kind in KINDS.items() if kind.answered_by == role]
    return alarms.open().filter(kind__in=kinds).exclude(about=person)


def _members(case: MarketCase) -> Any:
    return case.memberships.values("user")


def _seen_by(role: str) -> list[str]:
    return [code for code, kind in KINDS.items() if role in kind.seen_by]
