"""Acts on the team: asking partners, recording answers, commitments and departures, deciding go or no-go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from planning.team import selectors
from planning.team.models import (
    Capacity,
    Commitment,
    Holder,
    PrivateContact,
    Protocol,
    ReadinessDecision,
    Seat,
    SeatKind,
    SeatRecord,
)

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


class NotReady(Exception):
    """A go was asked for while a core seat is empty, not briefed or not committed."""


@transaction.atomic
def open_seat(*, case: MarketCase, kind: str, actor: User | None) -> Seat:
    """The named seat has its row; made the first time something is recorded on it."""
    found = Seat.objects.for_case(case).filter(code=kind).first()
    if found:
        return found
    kind = SeatKind(kind)
    return Seat.objects.create_by(actor, case=case, kind=kind, code=kind.value, title=kind.label)


@transaction.atomic
def add_partner(*, seat: Seat, actor: User | None) -> Seat:
    """The team needs one more partner than the process names. `seat` holds the title and the reason."""
    seat.kind = SeatKind.OTHER
    seat.code = _free_code(seat)
    seat.save_by(actor)
    _record(seat, Verb.PARTNER_ADDED, actor)
    return seat


def _free_code(seat: Seat) -> str:
    base = slugify(seat.title)[:48] or "partner"
    taken = {*Seat.objects.for_case(seat.case).values_list("code", flat=True), *SeatKind.values}
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


@transaction.atomic
def describe_seat(*, seat: Seat, actor: User | None) -> Seat:
    """It is known why the seat is needed, whom it speaks for and what to watch."""
    seat.save_by(actor)
    _record(seat, Verb.PARTNER_DESCRIBED, actor)
    return seat


@transaction.atomic
def invite(*, holder: Holder, seat: Seat, actor: User | None) -> Holder:
    """A person was asked to sit on the seat."""
    holder.seat, holder.answer = seat, Holder.Answer.WAITING
    holder.save_by(actor)
    _record(holder, Verb.PARTNER_ASKED, actor, seat=seat.code)
    return holder


@transaction.atomic
def correct_holder(*, holder: Holder, actor: User | None) -> Holder:
    """The roster entry is right again."""
    holder.save_by(actor)
    _record(holder, Verb.PARTNER_CORRECTED, actor)
    return holder


@transaction.atomic
def record_answer(*, holder: Holder, actor: User | None) -> Holder:
    """The person said yes or no on that day."""
    holder.save_by(actor)
    _record(holder, Verb.PARTNER_ANSWERED, actor, answer=holder.answer)
    return holder


@transaction.atomic
def record_departure(*, holder: Holder, actor: User | None) -> Holder:
    """The person leaves the team after that day; the seat asks for a successor."""
    holder.save_by(actor)
    _record(holder, Verb.PARTNER_LEFT, actor, last_day=holder.left_on)
    return holder


@transaction.atomic
def keep_contact(*, contact: PrivateContact, holder: Holder, actor: User | None) -> PrivateContact:
    """The community side knows how to reach the holder."""
    contact.holder = holder
    contact.save_by(actor)
    _record(contact, Verb.PRIVATE_CONTACT_KEPT, actor)
    return contact


@transaction.atomic
def record_commitment(*, commitment: Commitment, holder: Holder, actor: User | None) -> Commitment:
    """The holder's agency is committed in writing until that day."""
    commitment.holder, commitment.phase = holder, holder.case.phase
    commitment.save_by(actor)
    _record(commitment, Verb.COMMITMENT_RECORDED, actor, until=commitment.expires_on)
    return commitment


@transaction.atomic
def add_record(*, record: SeatRecord, seat: Seat, actor: User | None) -> SeatRecord:
    """A briefing, acknowledgement, agreement or request is on the seat's record."""
    record.seat = seat
    record.save_by(actor)
    _record(record, Verb.SEAT_RECORD_ADDED, actor, seat=seat.code, kind=record.kind)
    return record


@transaction.atomic
def state_capacity(*, capacity: Capacity, actor: User | None) -> Capacity:
    """The services seat has said what it can carry for this kind of help."""
    capacity.save_by(actor)
    _record(capacity, Verb.CAPACITY_STATED, actor, kind=capacity.kind, places=capacity.places)
    return capacity


@transaction.atomic
def agree_protocol(*, protocol: Protocol, actor: User | None) -> Protocol:
    """The prosecutor's office works by these terms."""
    protocol.save_by(actor)
    _record(protocol, Verb.PROTOCOL_AGREED, actor)
    return protocol


@transaction.atomic
def decide(*, decision: ReadinessDecision, actor: User | None) -> ReadinessDecision:
    """It is go or no-go, for these reasons; how the seats stood that day is kept beside it.

    Raises NotReady for a go while a core seat is not filled, briefed and committed.
    """
    today = timezone.localdate()
    team = selectors.team_of(decision.case, today)
    if decision.outcome == ReadinessDecision.Outcome.GO and len(team.ready_core) < len(team.core):
        raise NotReady("A go needs every core seat filled, briefed and committed.")
    decision.decided_on = today
    decision.standing = {seat.code: seat.standing.value for seat in team.seats}
    decision.save_by(actor)
    _record(decision, Verb.READINESS_DECIDED, actor, outcome=decision.outcome)
    return decision


def _record(subject: Model, verb: Verb, actor: User | None, **facts: object) -> None:
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)  # type: ignore[attr-defined]
