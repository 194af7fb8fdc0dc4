"""Acts about safety: the check before a visit, a flag raised, a flag lifted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from callin.outreach.models import SafetyCheck, SafetyFlag, Visit, VisitingPair
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from dmi.accounts.models import User


class NoPair(ValueError):
    """A check is made for the pair that will visit; there is none yet."""


class AlreadyLifted(ValueError):
    """The flag was lifted before."""


@transaction.atomic
def check_safety(*, check: SafetyCheck, actor: User | None) -> SafetyCheck:
    """Somebody looked for reasons against a visit by the pair that stands now. Raises NoPair, ValidationError."""
    pair = VisitingPair.objects.for_case(check.case).filter(player=check.influential.player_id).first()
    if pair is None:
        raise NoPair("Name the visiting pair first: the check asks whether these two are right for this person.")
    check.officer_id, check.neighbor_id = pair.officer_id, pair.neighbor_id
    check.save_by(actor)
    facts = {"influential": check.influential_id, "pair_fits": check.pair_fits}
    audit.record(actor=actor, verb=Verb.SAFETY_CHECKED, case_id=check.case_id, subject=check, facts=facts)
    return check


@transaction.atomic
def raise_flag(*, flag: SafetyFlag, actor: User | None) -> SafetyFlag:
    """The flag holds; where it stops contact, a visit that was planned is called off. Raises ValidationError."""
    flag.save_by(actor)
    called_off = _call_off(flag, actor) if flag.stops_contact and flag.holds_on(timezone.localdate()) else 0
    audit.record(
        actor=actor, verb=Verb.SAFETY_FLAG_RAISED, case_id=flag.case_id, subject=flag,
        facts={"influential": flag.influential_id, "kind": flag.kind, "called_off": called_off},
    )  # fmt: skip
    return flag


def _call_off(flag: SafetyFlag, actor: User | None) -> int:
    planned = Visit.objects.for_case(flag.case).filter(influential=flag.influential, outcome="").select_for_update()
    visits = list(planned)
    for visit in visits:
        visit.outcome, visit.closed_on = Visit.Outcome.CALLED_OFF, timezone.localdate()
        visit.save_by(actor)
        facts = {"outcome": visit.outcome, "flag": flag.pk}
        audit.record(actor=actor, verb=Verb.VISIT_RECORDED, case_id=visit.case_id, subject=visit, facts=facts)
    return len(visits)


@transaction.atomic
def lift_flag(*, flag: SafetyFlag, because: str, on: date, actor: User | None) -> SafetyFlag:
    """The flag no longer holds, for a written reason. Raises AlreadyLifted, ValidationError, StaleRecord."""
    if flag.lifted_on is not None:
        raise AlreadyLifted("This was lifted before.")
    flag.lifted_on, flag.lifted_because = on, because.strip()
    flag.save_by(actor)
    facts = {"influential": flag.influential_id, "kind": flag.kind}
    audit.record(actor=actor, verb=Verb.SAFETY_FLAG_LIFTED, case_id=flag.case_id, subject=flag, facts=facts)
    return flag
