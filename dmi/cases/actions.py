"""Acts on the case itself: opening it, its date and policy, elements set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import MultiPolygon
from django.db import transaction

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.models import ElementMark, MarketCase, TeamPolicy

if TYPE_CHECKING:
    from dmi.accounts.models import User


@transaction.atomic
def open_case(*, actor: User | None, **fields: Any) -> MarketCase:
    """A market is opened, in its planning phase, with the policy defaults. Raises ValidationError."""
    case = MarketCase.objects.create_by(actor, **fields)
    TeamPolicy.objects.create_by(actor, case=case)
    audit.record(actor=actor, verb=Verb.CASE_OPENED, case_id=case.pk, subject=case)
    return case


@transaction.atomic
def set_policy(*, policy: TeamPolicy, actor: User) -> TeamPolicy:
    """The team works by these numbers from now on."""
    policy.save_by(actor)
    audit.record(actor=actor, verb=Verb.POLICY_CHANGED, case_id=policy.case_id, subject=policy)
    return policy


@transaction.atomic
def set_call_in(*, case: MarketCase, actor: User) -> MarketCase:
    """The call-in has this time, place and deadline; letters printed before say otherwise and are shown as changed."""
    case.save_by(actor)
    audit.record(actor=actor, verb=Verb.CALL_IN_SET, case_id=case.pk, subject=case)
    return case


@transaction.atomic
def set_target_area(
    *, case: MarketCase, area: MultiPolygon | None, broad: MultiPolygon | None, actor: User | None
) -> MarketCase:
    """The market's areas are these (WGS84); the area version goes one up."""
    case.target_area = area
    case.broad_area = broad or case.broad_area
    case.area_version += 1
    case.save_by(actor)
    audit.record(
        actor=actor, verb=Verb.AREA_SET, case_id=case.pk, subject=case, facts={"area_version": case.area_version}
    )
    return case


@transaction.atomic
def set_aside(*, case: MarketCase, element: str, reason: str, actor: User) -> ElementMark:
    """The element does not apply to this market, for this reason."""
    mark = ElementMark.objects.for_case(case).filter(element=element).first() or ElementMark(case=case, element=element)
    mark.reason = reason
    mark.save_by(actor)
    audit.record(actor=actor, verb=Verb.ELEMENT_SET_ASIDE, case_id=case.pk, subject=mark, facts={"element": element})
    return mark


@transaction.atomic
def take_back(*, mark: ElementMark, actor: User) -> None:
    """The element applies again."""
    audit.record(
        actor=actor, verb=Verb.ELEMENT_TAKEN_BACK, case_id=mark.case_id, subject=mark, facts={"element": mark.element}
    )
    mark.delete_by(actor)
