"""Seats, partners and commitments of an invented team."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases import seats
from dmi.cases.models import MarketCase
from planning.team import actions
from planning.team.models import (
    CORE,
    NEEDED_POSITIONS,
    NEEDED_RECORDS,
    WIDER,
    Capacity,
    Commitment,
    Holder,
    Position,
    Protocol,
    Seat,
    SeatKind,
    SeatRecord,
)
from tests.factories.accounts import ClearedFactory, UserFactory


def market(**given: Any) -> MarketCase:
    """An invented market in planning."""
    wanted = {"slug": "eastgate", "name": "Eastgate", "city_name": "Marlow", "number_prefix": "E", "is_invented": True}
    return MarketCase.objects.create_by(None, **(wanted | given))


def member(case: MarketCase, role: str, *, cleared: bool = False, name: str = "") -> User:
    """Somebody with a sign-in and a seat on the case."""
    factory = ClearedFactory if cleared else UserFactory
    user = factory(**({"full_name": name} if name else {}))
    seats.give_seat(case=case, user=user, role=role, actor=None)
    return user


def days_ago(days: int) -> date:
    """That day."""
    return timezone.localdate() - timedelta(days=days)


def partner(case: MarketCase, kind: str, *, accepts: bool | None = True, **given: Any) -> Holder:
    """Somebody asked to sit on a seat, who said yes (True), no (False) or nothing yet (None)."""
    seat = actions.open_seat(case=case, kind=kind, actor=None)
    wanted = {
        "full_name": "Pat Overton",
        "organization": "Marlow",
        "position": Position.LEAD,
        "invited_on": days_ago(60),
    }
    holder = actions.invite(holder=Holder(case=case, **(wanted | given)), seat=seat, actor=None)
    if accepts is None:
        return holder
    holder.answer = Holder.Answer.ACCEPTED if accepts else Holder.Answer.DECLINED
    holder.answered_on = days_ago(50)
    return actions.record_answer(holder=holder, actor=None)


def commitment(holder: Holder, *, signed: int = 40, lasts: int = 365) -> Commitment:
    """The holder's letter, signed that many days ago and good for that many days from then."""
    signed_on = days_ago(signed)
    given = {"signed_on": signed_on, "expires_on": signed_on + timedelta(days=lasts), "kept_at": "Coordinator's office"}
    return actions.record_commitment(commitment=Commitment(case=holder.case, **given), holder=holder, actor=None)


def record(seat: Seat, kind: str = SeatRecord.Kind.BRIEFING, **given: Any) -> SeatRecord:
    """A briefing held ten days ago, or another record of the seat."""
    row = SeatRecord(case=seat.case, kind=kind, **({"happened_on": days_ago(10)} | given))
    return actions.add_record(record=row, seat=seat, actor=None)


def filled_seat(case: MarketCase, kind: str) -> Holder:
    """A seat with every position filled, committed and briefed; the holder whose signature binds."""
    positions = NEEDED_POSITIONS.get(kind, (Position.LEAD,))
    holders = [partner(case, kind, position=position, full_name=f"{kind} {position}") for position in positions]
    commitment(holders[0])
    record(holders[0].seat)
    if kind in NEEDED_RECORDS and NEEDED_RECORDS[kind] != SeatRecord.Kind.BRIEFING:
        record(holders[0].seat, NEEDED_RECORDS[kind])
    return holders[0]


def core_team(case: MarketCase) -> dict[str, Holder]:
    """The four core seats filled, briefed and committed, with protocol, capacities and a word on the community seat."""
    found = {kind: filled_seat(case, kind) for kind in CORE}
    seat = found[SeatKind.COMMUNITY].seat
    seat.speaks_for = "The blocks around Calder Street"
    actions.describe_seat(seat=seat, actor=None)
    terms = {"holds_cases": True, "activation_rule": "A complaint that stands up.", "agreed_on": days_ago(20)}
    actions.agree_protocol(protocol=Protocol(case=case, **terms), actor=None)
    for kind in Capacity.Kind:
        row = Capacity(case=case, kind=kind, provider="Harbor House", places=4, wait_days=2)
        actions.state_capacity(capacity=row, actor=None)
    return found


def whole_team(case: MarketCase) -> dict[str, Holder]:
    """Every seat of the process filled."""
    return core_team(case) | {kind: filled_seat(case, kind) for kind in WIDER}
