"""Areas: drawn, versioned, adopted, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import actions as cases
from dmi.geo.projections import extent_of
from targeting.crime_mapping.models import AreaSignature, AreaVersion
from targeting.crime_mapping.selectors import areas

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

Kind, State = AreaVersion.Kind, AreaVersion.State


class CannotChangeArea(Exception):
    """The version is not in a state in which this can be done; the message says why."""


@transaction.atomic
def save_draft(*, area: AreaVersion, shape: BaseGeometry, actor: User | None) -> AreaVersion:
    """The drawing stands as a draft with its figures.

    An unsigned draft is drawn over; a signed or adopted version stays as it is and a new one follows it.
    """
    if not area._state.adding and (area.state != State.DRAFT or area.signatures.exists()):
        area = _successor(area)
    is_new = area._state.adding
    if is_new:
        area.number = _next_number(area.case, area.kind)
    area.shape = areas.as_stored(shape)
    found = areas.figures(area.case, shape, areas.last_year(area.case, timezone.localdate()))
    area.blocks, area.square_meters = found.blocks, extent_of(shape).square_meters
    area.figures = found.frozen()
    area.save_by(actor)
    _record(area, Verb.AREA_DRAWN if is_new else Verb.AREA_REDRAWN, actor)
    return area


def _successor(area: AreaVersion) -> AreaVersion:
    return AreaVersion(
        case=area.case, kind=area.kind, name=area.name, reasons=area.reasons, landmarks=area.landmarks,
    )  # fmt: skip


def _next_number(case: MarketCase, kind: str) -> int:
    highest = AreaVersion.objects.for_case(case).filter(kind=kind).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


@transaction.atomic
def adopt(*, area: AreaVersion, actor: User | None) -> AreaVersion:
    """The market works with this version; the one before is replaced, and the case carries the new outline.

    Raises CannotChangeArea for a version that is not a draft.
    """
    if area.state != State.DRAFT:
        raise CannotChangeArea("Only a draft can be adopted.")
    before = AreaVersion.objects.for_case(area.case).filter(kind=area.kind, state=State.ADOPTED)
    if area.kind == Kind.COMPARISON:
        before = before.filter(name=area.name)
    for old in before:
        old.state = State.REPLACED
        old.save_by(actor)
    area.state, area.adopted_on = State.ADOPTED, timezone.localdate()
    if area.kind != Kind.COMPARISON:
        area.figures = area.figures | {"area_version": _carry_to_case(area, actor)}
    area.save_by(actor)
    _record(area, Verb.AREA_ADOPTED, actor)
    return area


def _carry_to_case(area: AreaVersion, actor: User | None) -> int:
    """Later steps read the areas from the case; they show its area version."""
    case = type(area.case).objects.get(pk=area.case_id)
    target = area.shape if area.kind == Kind.TARGET else case.target_area
    broad = area.shape if area.kind == Kind.BROAD else None
    case = cases.set_target_area(case=case, area=target, broad=broad, actor=actor)
    area.case = case
    return case.area_version


@transaction.atomic
def sign(*, area: AreaVersion, seat: str, remark: str, actor: User) -> AreaSignature:
    """This seat says yes to exactly this version of the target area; its outline can no longer be drawn over.

    Raises CannotChangeArea for other areas, replaced versions, and a seat that signed already or does not sign.
    """
    if area.kind != Kind.TARGET or area.state == State.REPLACED:
        raise CannotChangeArea("Only the target area that is not replaced is signed.")
    if seat not in areas.SIGNING_SEATS:
        raise CannotChangeArea("Police, prosecutor and community sign the target area.")
    if AreaSignature.objects.for_case(area.case).filter(area=area, seat=seat).exists():
        raise CannotChangeArea("This seat has signed this version already.")
    signature = AreaSignature(case=area.case, area=area, seat=seat, signed_by=actor, remark=remark)
    signature.signed_on = timezone.localdate()
    signature.save_by(actor)
    _record(area, Verb.AREA_SIGNED, actor, seat=seat)
    return signature


@transaction.atomic
def discard(*, area: AreaVersion, actor: User) -> None:
    """An unsigned draft is gone; its history stays. Raises CannotChangeArea for every other version."""
    if area.state != State.DRAFT or area.signatures.exists():
        raise CannotChangeArea("Only a draft nobody signed can be thrown away.")
    _record(area, Verb.AREA_DISCARDED, actor)
    area.delete_by(actor)


def _record(area: AreaVersion, verb: Verb, actor: User | None, **more: str) -> None:
    facts = {"kind": area.kind, "number": area.number, **more}
    audit.record(actor=actor, verb=verb, case_id=area.case_id, subject=area, facts=facts)
