"""Where the elements I.0 to I.3 stand, from dated records."""

from __future__ import annotations

from datetime import date

from dmi.cases.models import MarketCase, Phase
from dmi.cases.progress import Progress, State
from planning.team.models import Capacity, Protocol, ReadinessDecision, SeatKind
from planning.team.selectors.reads import capacities, protocol_of, team_of
from planning.team.selectors.standing import SeatView, Standing, Team, alarms_of


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where the elements I.0 to I.3 stand, from dated records; nine queries."""
    team = team_of(case, today)
    found = {
        seat.element: _core_progress(seat, team) if seat.is_core else _wider_progress(seat, team) for seat in team.named
    }
    found["I.1b"] = _with_protocol(found["I.1b"], protocol_of(case))
    found["I.1d"] = _with_capacity(found["I.1d"], len(capacities(case)))
    found["I.0"] = _readiness(team)
    found["I.3"] = _partners(team)
    return found


def _core_progress(view: SeatView, team: Team) -> Progress:
    problem = _turnover(view, team)
    if problem:
        return problem
    if view.standing == Standing.INVITED:
        return Progress(State.UNDER_WAY, "Invited", holder="coordinator", todo=f"Get an answer: {_short(view)}")
    if view.standing not in (Standing.FILLED, Standing.PARTLY):
        return Progress(State.MISSING, "Nobody holds it", holder="coordinator", todo=f"Fill the seat: {_short(view)}")
    if view.empty_positions:
        fact = f"{len(view.empty_positions)} position{'s' * (len(view.empty_positions) > 1)} empty"
        return Progress(State.UNDER_WAY, fact, holder="coordinator", todo=f"Fill every position: {_short(view)}")
    if not view.is_committed:
        todo = f"Get the commitment signed: {_short(view)}"
        return Progress(State.UNDER_WAY, "Filled, not committed", holder="coordinator", todo=todo)
    return _standing_commitment(view, team)


def _standing_commitment(view: SeatView, team: Team) -> Progress:
    """Filled and committed: done, unless something specific to the seat or the phase is still open."""
    signed = view.binding
    assert signed is not None
    if view.kind == SeatKind.COMMUNITY and not (view.seat and view.seat.speaks_for):
        todo = "Note whom the community seat speaks for"
        return Progress(State.UNDER_WAY, "Committed", holder="coordinator", todo=todo)
    needs_word = view.kind == SeatKind.POLICE and team.case.phase not in (Phase.PLANNING, Phase.CLOSED)
    if needs_word and not any(c.phase == team.case.phase for c in view.commitments):
        todo = "Ask the police executive to commit again for this phase"
        return Progress(State.UNDER_WAY, "Committed for an earlier phase", holder="coordinator", todo=todo)
    if view.runs_out:
        todo = f"Renew the commitment: {_short(view)}"
        return Progress(State.UNDER_WAY, "Commitment runs out", signed.expires_on, holder="coordinator", todo=todo)
    return Progress(
        State.DONE, f"Committed through {signed.expires_on:%b} {signed.expires_on.year}", done_on=signed.signed_on
    )


def _turnover(view: SeatView, team: Team) -> Progress | None:
    late = [alarm for alarm in alarms_of(view, team.inactive) if alarm.is_late]
    if not late:
        return None
    expired = None if view.is_committed else view.binding
    if expired and len(late) == 1:
        todo = f"Renew the commitment: {_short(view)}"
        return Progress(State.LATE, "Commitment has run out", expired.expires_on, holder="coordinator", todo=todo)
    fact = f"{len(late)} open after turnover"
    return Progress(State.LATE, fact, holder="coordinator", todo=f"Answer the turnover: {_short(view)}")


def _wider_progress(view: SeatView, team: Team) -> Progress:
    problem = _turnover(view, team)
    if problem:
        return problem
    if view.standing == Standing.DECLINED:
        last = max(h.answered_on for h in view.holders if h.answered_on)
        return Progress(State.DONE, "Declined", done_on=last)
    if view.standing == Standing.INVITED:
        return Progress(State.UNDER_WAY, "Invited", holder="coordinator", todo=f"Get an answer: {_short(view)}")
    if view.standing != Standing.FILLED:
        todo = f"Ask, or set aside with a reason: {_short(view)}"
        return Progress(State.MISSING, "Nobody asked yet", holder="coordinator", todo=todo)
    if view.missing_record:
        todo = f"Record for {_short(view)}: {view.missing_record_words.lower()}"
        return Progress(State.UNDER_WAY, "Filled", holder="coordinator", todo=todo)
    joined = min(h.answered_on for h in view.current if h.answered_on)
    return Progress(State.DONE, "Filled", done_on=joined)


def _short(view: SeatView) -> str:
    """The seat's name in a to-do: only the process's own names, never one typed in."""
    return SeatKind(view.kind).label


def _with_protocol(found: Progress, protocol: Protocol | None) -> Progress:
    if found.state is not State.DONE or (protocol and protocol.holds_cases):
        return found
    return Progress(
        State.UNDER_WAY, "Committed, no protocol", holder="prosecutor", todo="Agree the protocol on held cases",
        url_name="team:show-protocol",
    )  # fmt: skip


def _with_capacity(found: Progress, stated: int) -> Progress:
    wanted = len(Capacity.Kind)
    if found.state is not State.DONE or stated == wanted:
        return found
    fact = f"{stated} of {wanted} kinds of help stated"
    return Progress(State.UNDER_WAY, fact, holder="services", todo="State places, bars and waiting times")


def _readiness(team: Team) -> Progress:
    ready, decision = len(team.ready_core), team.decision
    fact = f"{ready} of {len(team.core)} core seats ready"
    if ready < len(team.core):
        unbriefed = sum(not seat.is_briefed for seat in team.core if seat.current)
        todo = f"Brief {unbriefed} core seat{'s' * (unbriefed > 1)}" if unbriefed else "Fill and commit the core seats"
        state = State.UNDER_WAY if ready or decision or any(seat.holders for seat in team.core) else State.MISSING
        return Progress(state, fact, todo=todo)
    if decision is None:
        return Progress(State.UNDER_WAY, fact, todo="Decide go or no-go", url_name="team:decide-go")
    if decision.outcome == ReadinessDecision.Outcome.NO_GO:
        return Progress(
            State.UNDER_WAY, "No-go", todo="Decide again when the reasons are met", url_name="team:decide-go"
        )
    return Progress(State.DONE, "Go", done_on=decision.decided_on)


def _partners(team: Team) -> Progress:
    settled, named = len(team.answered), len(team.named)
    fact = f"{settled} of {named} seats answered"
    if not team.gaps:
        return Progress(State.DONE, fact)
    state = State.UNDER_WAY if any(seat.holders or seat.mark for seat in team.seats) else State.MISSING
    return Progress(state, fact, todo=f"Settle {len(team.gaps)} seat{'s' * (len(team.gaps) > 1)}")
