"""How a seat and the whole team stand on one day: filled, committed, briefed, and what turnover asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from dmi.cases.models import ElementMark, MarketCase
from planning.team.models import (
    CORE,
    NEEDED_POSITIONS,
    NEEDED_RECORDS,
    WIDER,
    Commitment,
    Holder,
    Position,
    ReadinessDecision,
    Seat,
    SeatRecord,
)

SOON = timedelta(days=30)
ELEMENT_OF: dict[str, str] = dict(
    zip(
        (*CORE, *WIDER),
        ("I.1a", "I.1b", "I.1c", "I.1d", "I.2a", "I.2b", "I.2c", "I.2d", "I.2e", "I.2f", "I.2g"),
        strict=True,
    )
)


class Standing(StrEnum):
    """How a seat stands: asked, answered, filled."""

    FILLED = "filled"
    PARTLY = "partly"
    INVITED = "invited"
    DECLINED = "declined"
    OPEN = "open"
    ASIDE = "aside"


WORDS = {
    Standing.FILLED: ("done", "Filled"),
    Standing.PARTLY: ("active", "Partly filled"),
    Standing.INVITED: ("due", "Invited"),
    Standing.DECLINED: ("idle", "Declined"),
    Standing.OPEN: ("idle", "Nobody asked yet"),
    Standing.ASIDE: ("idle", "Not needed here"),
}


@dataclass(slots=True)
class SeatView:
    """One seat with everything on it, as it stands on `today`."""

    code: str
    kind: str
    title: str
    today: date
    seat: Seat | None = None
    holders: list[Holder] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    records: list[SeatRecord] = field(default_factory=list)
    mark: ElementMark | None = None

    @property
    def element(self) -> str:
        """The number of its element in the process; empty for seats the team added."""
        return ELEMENT_OF.get(self.kind, "")

    @property
    def is_core(self) -> bool:
        """Whether the market cannot start without it."""
        return self.kind in CORE

    @property
    def current(self) -> list[Holder]:
        """Who holds it today."""
        return [holder for holder in self.holders if holder.sits_on(self.today)]

    @property
    def waiting(self) -> list[Holder]:
        """Who was asked and has not answered."""
        return [holder for holder in self.holders if holder.answer == Holder.Answer.WAITING]

    @property
    def gone(self) -> list[Holder]:
        """Who held it and left."""
        return [h for h in self.holders if h.answer == Holder.Answer.ACCEPTED and not h.sits_on(self.today)]

    @property
    def empty_positions(self) -> list[Position]:
        """The positions the process names for it that nobody holds."""
        held = {holder.position for holder in self.current}
        return [Position(code) for code in NEEDED_POSITIONS.get(self.kind, ()) if code not in held]

    @property
    def vacated_positions(self) -> list[Position]:
        """Positions that were held and are empty now: the turnover a seat must answer."""
        held = {holder.position for holder in self.current}
        return sorted({Position(h.position) for h in self.gone if h.position not in held}, key=list(Position).index)

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self.current:
            return Standing.PARTLY if self.empty_positions else Standing.FILLED
        if self.mark is not None:
            return Standing.ASIDE
        if self.waiting:
            return Standing.INVITED
        if any(holder.answer == Holder.Answer.DECLINED for holder in self.holders):
            return Standing.DECLINED
        return Standing.OPEN

    @property
    def mark_words(self) -> tuple[str, str]:
        """Status code and word for the page."""
        return WORDS[self.standing]

    @property
    def binding(self) -> Commitment | None:
        """The commitment that binds the agency longest: of its head where the process names one."""
        heads = [h.pk for h in self.current if h.position == Position.EXECUTIVE]
        needs_head = Position.EXECUTIVE in NEEDED_POSITIONS.get(self.kind, ())
        signers = heads if needs_head else [h.pk for h in self.current]
        signed = [c for c in self.commitments if c.holder_id in signers]
        return max(signed, key=lambda c: c.expires_on, default=None)

    @property
    def is_committed(self) -> bool:
        """Whether a signed commitment is in date."""
        return self.binding is not None and self.binding.expires_on >= self.today

    @property
    def runs_out(self) -> bool:
        """Whether the commitment has run out or does so within a month."""
        return self.binding is not None and self.binding.expires_on <= self.today + SOON

    @property
    def is_briefed(self) -> bool:
        """Whether a briefing of this seat is on record."""
        return self.has_record(SeatRecord.Kind.BRIEFING)

    @property
    def missing_record(self) -> str:
        """The record the seat still needs besides a person, as its kind; empty when there is none."""
        kind = NEEDED_RECORDS.get(self.kind, "")
        return kind if kind and not self.has_record(kind) else ""

    @property
    def missing_record_words(self) -> str:
        """That record in words."""
        return SeatRecord.Kind(self.missing_record).label if self.missing_record else ""

    def has_record(self, kind: str) -> bool:
        """Whether a record of this kind is in date."""
        return any(record.kind == kind and record.is_good(self.today) for record in self.records)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Somebody left, a sign-in was closed, or a commitment runs out: the seat needs an answer."""

    seat: SeatView
    text: str
    due_on: date | None
    is_late: bool


@dataclass(slots=True)
class Team:
    """The whole team of a case on one day."""

    case: MarketCase
    today: date
    seats: list[SeatView]
    decision: ReadinessDecision | None
    inactive: set[object]

    @property
    def core(self) -> list[SeatView]:
        """The four seats the market cannot start without."""
        return [seat for seat in self.seats if seat.is_core]

    @property
    def wider(self) -> list[SeatView]:
        """The wider seats, and those the team added."""
        return [seat for seat in self.seats if not seat.is_core]

    @property
    def named(self) -> list[SeatView]:
        """The eleven seats the process names."""
        return [seat for seat in self.seats if seat.element]

    @property
    def answered(self) -> list[SeatView]:
        """Of these, the ones filled, declined or set aside."""
        settled = (Standing.FILLED, Standing.DECLINED, Standing.ASIDE)
        return [seat for seat in self.named if seat.standing in settled]

    @property
    def gaps(self) -> list[SeatView]:
        """Seats of any kind that are not settled."""
        settled = (Standing.FILLED, Standing.DECLINED, Standing.ASIDE)
        return [seat for seat in self.seats if seat.standing not in settled]

    @property
    def ready_core(self) -> list[SeatView]:
        """Core seats that are filled, briefed and committed in date."""
        return [s for s in self.core if s.standing == Standing.FILLED and s.is_committed and s.is_briefed]

    def seat(self, code: str) -> SeatView | None:
        """The seat with this code."""
        return next((seat for seat in self.seats if seat.code == code), None)

    @property
    def alarms(self) -> list[Alarm]:
        """What turnover and time ask of the coordinator, late ones first."""
        found = [alarm for seat in self.seats for alarm in alarms_of(seat, self.inactive)]
        return sorted(found, key=lambda alarm: (not alarm.is_late, alarm.due_on or date.min))


def alarms_of(view: SeatView, inactive: set[object]) -> list[Alarm]:
    found = [
        Alarm(view, f"{position.label}: nobody has followed yet", None, is_late=True)
        for position in view.vacated_positions
    ]
    found += [
        Alarm(view, f"{holder.full_name}: the sign-in is closed or holds no seat any more", None, is_late=True)
        for holder in view.current
        if holder.account_id in inactive
    ]
    if view.binding and view.runs_out:
        late = not view.is_committed
        words = "The commitment has run out" if late else "The commitment runs out"
        found.append(Alarm(view, words, view.binding.expires_on, is_late=late))
    return found
