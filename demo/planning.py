"""Planning of an invented market: seats filled and committed, readiness decided, the SWOT locked."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from planning.swot import actions as swot
from planning.swot.models import Item, Prompt, PromptAnswer, Quadrant, Response
from planning.team import actions as team
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
    ReadinessDecision,
    SeatRecord,
)

ORGANIZATIONS = {
    "police": "Marlow Police Department",
    "prosecutor": "Marlow County District Attorney",
    "community": "Eastgate Neighbors",
    "services": "Marlow Family Services",
}
BOARD = (
    (Quadrant.STRENGTH, "The Chief has promised to be at the call-in in person."),
    (Quadrant.STRENGTH, "Eastgate Neighbors already meets every second Tuesday."),
    (Quadrant.WEAKNESS, "The evening bus stops at six; people cannot get home from the call-in."),
    (Quadrant.OPPORTUNITY, "A new job program opens eight places in spring."),
    (Quadrant.THREAT, "The District Attorney stands for election next fall."),
)


def fill_team(case: MarketCase, people: dict[str, User], today: date) -> None:
    """Every core and wider seat is filled, briefed and committed; go is decided."""
    lead = people["coordinator"]
    for kind in (*CORE, *WIDER):
        _fill(case, kind, people, today)
    seat = team.open_seat(case=case, kind="community", actor=lead)
    seat.speaks_for = "The blocks around Calder Street"
    team.describe_seat(seat=seat, actor=lead)
    terms = {"holds_cases": True, "activation_rule": "A complaint that stands up, or a new buy."}
    protocol = Protocol(case=case, agreed_on=today - timedelta(days=150), **terms)
    team.agree_protocol(protocol=protocol, actor=people["prosecutor"])
    for kind in Capacity.Kind:
        capacity = Capacity(case=case, kind=kind, provider="Marlow Family Services", places=4, wait_days=2)
        team.state_capacity(capacity=capacity, actor=people["services"])
    go = ReadinessDecision(case=case, outcome="go", reasons="All four core seats are filled, briefed and committed.")
    team.decide(decision=go, actor=lead)


def _fill(case: MarketCase, kind: str, people: dict[str, User], today: date) -> None:
    lead = people["coordinator"]
    seat = team.open_seat(case=case, kind=kind, actor=lead)
    holders = []
    for position in NEEDED_POSITIONS.get(kind, (Position.LEAD,)):
        account = people.get(kind)
        holder = Holder(
            case=case,
            full_name=account.full_name if account and position == Position.LEAD else f"{seat.title} {position}",
            organization=ORGANIZATIONS.get(kind, "City of Marlow"),
            position=position,
            invited_on=today - timedelta(days=200),
        )
        holder = team.invite(holder=holder, seat=seat, actor=lead)
        holder.answer, holder.answered_on = Holder.Answer.ACCEPTED, today - timedelta(days=190)
        holders.append(team.record_answer(holder=holder, actor=lead))
    signed = today - timedelta(days=180)
    letter = Commitment(case=case, signed_on=signed, expires_on=signed + timedelta(days=365), kept_at="Coordinator")
    team.record_commitment(commitment=letter, holder=holders[0], actor=lead)
    for record in {SeatRecord.Kind.BRIEFING.value, str(NEEDED_RECORDS.get(kind, SeatRecord.Kind.BRIEFING))}:
        row = SeatRecord(case=case, kind=record, happened_on=today - timedelta(days=170))
        team.add_record(record=row, seat=seat, actor=lead)


def fill_board(case: MarketCase, people: dict[str, User], today: date) -> None:
    """A board with signed and unsigned items, responses to weaknesses and threats, and the baseline locked."""
    lead = people["coordinator"]
    posted = [
        swot.post_item(item=Item(case=case, quadrant=quadrant, text=text), actor=lead) for quadrant, text in BOARD
    ]
    doubt = "Some residents do not trust that this time is different."
    unsigned = Item(case=case, quadrant=Quadrant.WEAKNESS, text=doubt)
    posted.append(swot.post_unsigned(item=unsigned, once=uuid.uuid4()))
    for item in posted:
        if item.quadrant in (Quadrant.WEAKNESS, Quadrant.THREAT):
            due_on = today + timedelta(days=5)
            response = Response(case=case, what="Agree on it at the next meeting", owner=lead, due_on=due_on)
            swot.plan_response(response=response, item=item, actor=lead)
    for prompt in Prompt:
        answer = PromptAnswer(case=case, prompt=prompt, reason="The team looked at it; it is covered by the board.")
        swot.answer_prompt(answer=answer, actor=lead)
    swot.lock(case=case, actor=lead)
