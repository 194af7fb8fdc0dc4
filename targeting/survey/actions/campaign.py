"""Asking officers, reminding them, and writing down why one did not answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from targeting.survey import selectors
from targeting.survey.models import Ask, Reminder

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


class AskIsClosed(Exception):
    """The officer has answered or declined already."""


@transaction.atomic
def ask_officers(
    *, case: MarketCase, group: str, officers: Sequence[tuple[str, str]], how: str, asked_on: date, actor: User | None
) -> list[Ask]:
    """Each officer (name, unit) was asked on that day; one asked before and still open is not asked twice.

    Raises ValidationError.
    """
    waiting = {selectors.officer_key(ask.officer_name) for ask in selectors.asks(case, group=group) if ask.is_open}
    asked = []
    for name, unit in officers:
        if selectors.officer_key(name) in waiting:
            continue
        waiting.add(selectors.officer_key(name))
        asked.append(
            Ask.objects.create_by(
                actor, case=case, group=group, officer_name=name, officer_unit=unit, how=how, asked_on=asked_on
            )
        )
    facts = {"group": group, "asked": len(asked)}
    audit.record(actor=actor, verb=Verb.OFFICERS_ASKED, case_id=case.pk, facts=facts)
    return asked


@transaction.atomic
def remind(*, ask: Ask, how: str, actor: User | None, reminded_on: date | None = None) -> Reminder:
    """The officer was reminded; the next reminder falls due a week later. Raises AskIsClosed."""
    ask = _open(ask)
    reminder = Reminder.objects.create_by(
        actor, case=ask.case, ask=ask, how=how, reminded_on=reminded_on or timezone.localdate()
    )
    audit.record(actor=actor, verb=Verb.OFFICER_REMINDED, case_id=ask.case_id, subject=ask)
    return reminder


@transaction.atomic
def decline(*, ask: Ask, reason: str, actor: User | None, declined_on: date | None = None) -> Ask:
    """The officer will not answer, for this reason. Raises AskIsClosed, ValidationError."""
    ask = _open(ask)
    ask.declined_on, ask.decline_reason = declined_on or timezone.localdate(), reason.strip()
    ask.save_by(actor)
    audit.record(actor=actor, verb=Verb.OFFICER_DECLINED, case_id=ask.case_id, subject=ask)
    return ask


def _open(ask: Ask) -> Ask:
    ask = Ask.objects.for_case(ask.case).select_for_update(of=("self",)).get(pk=ask.pk)
    if not ask.is_open:
        raise AskIsClosed("This officer has answered or declined already.")
    return ask
