"""The evaluation plan: written before the call-in, decided once it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from targeting.crime_mapping.actions import areas as drawing
from targeting.crime_mapping.models import AreaVersion, EvaluationPlan, Unit
from targeting.crime_mapping.selectors import areas, layers

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


class NotYetWhole(Exception):
    """Something the plan needs is missing; the message says what."""


@transaction.atomic
def write(*, plan: EvaluationPlan, actor: User | None) -> EvaluationPlan:
    """The plan stands in these words; a change after the decision opens the decision again."""
    plan.decided_on = None
    plan.save_by(actor)
    audit.record(actor=actor, verb=Verb.EVALUATION_PLANNED, case_id=plan.case_id, subject=plan)
    return plan


@transaction.atomic
def decide(*, plan: EvaluationPlan, actor: User | None) -> EvaluationPlan:
    """The plan is what the market will be measured by. Raises NotYetWhole without target or comparison area."""
    if areas.adopted(plan.case, AreaVersion.Kind.TARGET) is None:
        raise NotYetWhole("Adopt the target area first.")
    if not areas.comparisons(plan.case):
        raise NotYetWhole("Choose a comparison area first.")
    plan.decided_on = timezone.localdate()
    plan.save_by(actor)
    audit.record(
        actor=actor,
        verb=Verb.EVALUATION_DECIDED,
        case_id=plan.case_id,
        subject=plan,
        facts={"comparisons": len(areas.comparisons(plan.case)), "buffer_meters": plan.buffer_meters},
    )
    return plan


@transaction.atomic
def compare_with(*, case: MarketCase, unit: Unit, reasons: str, actor: User | None) -> AreaVersion:
    """The unit is a comparison area of the market, for these reasons."""
    area = AreaVersion(case=case, kind=AreaVersion.Kind.COMPARISON, name=unit.name, reasons=reasons)
    area = drawing.save_draft(area=area, shape=layers.shape_of(unit.shape), actor=actor)
    return drawing.adopt(area=area, actor=actor)
