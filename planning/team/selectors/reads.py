"""Reading the team of a case and what belongs to it."""

from __future__ import annotations

from datetime import date

from dmi.cases import selectors as case_selectors
from dmi.cases.models import MarketCase, Membership
from planning.team.models import (
    CORE,
    WIDER,
    Capacity,
    Commitment,
    Holder,
    Protocol,
    ReadinessDecision,
    Seat,
    SeatRecord,
)
from planning.team.selectors.standing import ELEMENT_OF, SeatView, Team


def team_of(case: MarketCase, today: date) -> Team:
    """The team as it stands on that day; seven queries whatever its size."""
    views = _empty_views(case, today)
    for seat in Seat.objects.for_case(case):
        view = views.setdefault(seat.code, SeatView(seat.code, seat.kind, seat.title, today))
        view.seat = seat
    by_seat = {view.seat.pk: view for view in views.values() if view.seat}
    for holder in Holder.objects.for_case(case).select_related("account"):
        by_seat[holder.seat_id].holders.append(holder)
    seat_of = {holder.pk: by_seat[holder.seat_id] for view in views.values() for holder in view.holders}
    for commitment in Commitment.objects.for_case(case):
        seat_of[commitment.holder_id].commitments.append(commitment)
    for record in SeatRecord.objects.for_case(case):
        by_seat[record.seat_id].records.append(record)
    return Team(
        case, today, list(views.values()), ReadinessDecision.objects.latest_of(case), _inactive(case, views, today)
    )


def _empty_views(case: MarketCase, today: date) -> dict[str, SeatView]:
    marks = case_selectors.marks(case)
    return {
        kind.value: SeatView(kind.value, kind.value, kind.label, today, mark=marks.get(ELEMENT_OF[kind]))
        for kind in (*CORE, *WIDER)
    }


def _inactive(case: MarketCase, views: dict[str, SeatView], today: date) -> set[object]:
    """Accounts of current holders that are closed or hold no seat on this case any more."""
    accounts = {h.account_id: h.account for v in views.values() for h in v.current if h.account}
    if not accounts:
        return set()
    rows = Membership.objects.filter(case=case, user__in=accounts)
    seated = {row.user_id for row in rows if row.is_current(today)}
    return {pk for pk, account in accounts.items() if not account.is_active or pk not in seated}


def holders_of(seat: Seat) -> list[Holder]:
    """Everybody ever asked for the seat."""
    return list(Holder.objects.for_case(seat.case).filter(seat=seat).select_related("account", "private_contact"))


def capacities(case: MarketCase) -> dict[str, Capacity]:
    """What the services seat has stated, by kind of help."""
    return {capacity.kind: capacity for capacity in Capacity.objects.for_case(case)}


def protocol_of(case: MarketCase) -> Protocol | None:
    """The prosecutor's terms, once they are agreed."""
    return Protocol.objects.for_case(case).first()


def decisions(case: MarketCase) -> list[ReadinessDecision]:
    """Every go or no-go, newest first."""
    return list(ReadinessDecision.objects.for_case(case).select_related("created_by"))
