"""The team's papers: what each holds, read once and frozen. Imported by `apps.ready()`, which declares the kinds."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.utils import timezone

from dmi.cases import gates, policy, steps
from dmi.cases import selectors as case_selectors
from dmi.cases.models import MarketCase
from dmi.core.dates import long_date
from dmi.documents import kinds
from dmi.documents.facts import section
from dmi.documents.kinds import DocumentKind
from planning.team import selectors
from planning.team.models import Capacity, Holder, Protocol, SeatKind
from planning.team.selectors import SeatView, Team

TEAM_DRAWERS = ("P", "D", "T")
ROSTER_AND_AGREEMENTS = frozenset({"roster", "agreements"})

READINESS = kinds.register(
    DocumentKind(
        code="readiness_assessment", title="Readiness assessment", template="documents/team/readiness_assessment.html",
        data_class="planning_items", may_include=ROSTER_AND_AGREEMENTS,
    )
)  # fmt: skip
ROSTER = kinds.register(
    DocumentKind(
        code="team_roster", title="Team roster and commitment log", template="documents/team/team_roster.html",
        data_class="roster", may_include=frozenset({"agreements"}),
    )
)  # fmt: skip
COMMITMENT = kinds.register(
    DocumentKind(
        code="commitment_letter", title="Commitment letter", template="documents/team/commitment_letter.html",
        data_class="agreements", leaves_the_team=True,
    )
)  # fmt: skip
HANDOVER = kinds.register(
    DocumentKind(
        code="handover_pack", title="Handover pack", template="documents/team/handover_pack.html",
        data_class="planning_items", may_include=ROSTER_AND_AGREEMENTS,
    )
)  # fmt: skip
PROTOCOL = kinds.register(
    DocumentKind(
        code="prosecutor_protocol", title="Prosecutor protocol", template="documents/team/prosecutor_protocol.html",
        data_class="prosecutor_terms",
    )
)  # fmt: skip

ALL_PROMISE = (
    "Keep one named person on the team, and name a successor before that person leaves.",
    "Come to the team's meetings, and share what the team needs to decide.",
    "Say early when something promised cannot be kept.",
)
SEAT_PROMISES: dict[str, tuple[str, ...]] = {
    SeatKind.POLICE: (
        "Give officers the time to map, survey, review and build cases.",
        "Hold arrests of candidates until the call-in, except where somebody is in danger.",
        "Answer residents' calls from the area first once the call-in was held.",
        "Commit again, in the name of the head of the agency, at each new phase.",
    ),
    SeatKind.PROSECUTOR: (
        "Assign one assistant prosecutor to these cases from beginning to end.",
        "Hold the prepared cases of those called in, and file them when the agreed rule is met.",
        "Treat the same act in the same way, whoever commits it.",
    ),
    SeatKind.COMMUNITY: (
        "Bring the neighborhood's voice to each decision, also where it is not welcome.",
        "Speak at the call-in, or find a neighbor who will.",
    ),
    SeatKind.SERVICES: (
        "Keep the places stated free for those called in.",
        "Be at the call-in, and make the first appointment there and then.",
        "Tell law enforcement nothing about a person's treatment.",
    ),
    SeatKind.OUTREACH: (
        "Keep outreach notes apart: they never go to police or prosecutors.",
        "Ask nobody on the street to give evidence.",
    ),
    SeatKind.RESEARCH: (
        "Work with code numbers, under the data-use agreement.",
        "Say what the figures show, also when they disappoint.",
    ),
    SeatKind.PROBATION: ("Match supervised people when the team asks, within what the law allows.",),
    SeatKind.US_ATTORNEY: ("Name one contact for cases that may be taken over federally.",),
    SeatKind.CITY: ("Take the team's briefings, and keep the initiative through changes of office.",),
    SeatKind.FAITH: ("Open doors: rooms for meetings, visits to families, mentors.",),
    SeatKind.REENTRY: ("Offer places to those called in, and say who cannot be taken.",),
}


def key_of(kind: DocumentKind, facts: dict[str, Any], about: object = "") -> str:
    """The same facts under the same kind give the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{kind.code}:{about}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"


def readiness(case: MarketCase, today: date) -> dict[str, Any]:
    """The readiness assessment: decision, seats, gaps, commitments."""
    team = selectors.team_of(case, today)
    decisions = selectors.decisions(case)
    return {
        "market": _market(case, today),
        "decision": section("planning_items", rows=[_decision(d) for d in decisions[:5]]),
        "seats": section("roster", core=[_seat(v) for v in team.core], wider=[_seat(v) for v in team.wider]),
        "gaps": section("roster", rows=[{"title": v.title, "standing": v.mark_words[1]} for v in team.gaps]),
        "alarms": section("roster", rows=[{"seat": a.seat.title, "text": a.text} for a in team.alarms]),
        "commitments": section("agreements", rows=_commitments(team)),
        "tally": section(
            "planning_items", ready=len(team.ready_core), core=len(team.core), settled=len(team.answered),
            named=len(team.named),
        ),
    }  # fmt: skip


def roster(case: MarketCase, today: date) -> dict[str, Any]:
    """Who sits on which seat, with work contacts, and every commitment on record."""
    team = selectors.team_of(case, today)
    return {
        "market": section("roster", name=case.name, city=case.city_name, on=long_date(today)),
        "seats": section("roster", rows=[_seat(view) for view in team.seats if view.current]),
        "commitments": section("agreements", rows=_commitments(team)),
    }


def commitment(holder: Holder, today: date) -> dict[str, Any]:
    """The letter one holder is asked to sign in the name of the agency."""
    case, kind = holder.case, holder.seat.kind
    stated = selectors.capacities(case) if kind == SeatKind.SERVICES else {}
    return {
        "data_class": COMMITMENT.data_class,
        "on": long_date(today),
        "market": case.name,
        "city": case.city_name,
        "seat": holder.seat.title,
        "signer": {"name": holder.full_name, "title": holder.job_title, "organization": holder.organization},
        "promises": [*SEAT_PROMISES.get(kind, ()), *ALL_PROMISE],
        "months": case_selectors.policy_of(case).commitment_months,
        "capacities": [_capacity(found) for found in stated.values()],
    }


def handover(case: MarketCase, view: SeatView, today: date) -> dict[str, Any]:
    """What a successor on this seat needs on the first day: the team, what was decided, what is open, the next gate."""
    team = selectors.team_of(case, today)
    stations = steps.progress_of(case, today, team_rights())
    gate = gates.GATES.get(case.phase)
    return {
        "market": _market(case, today),
        "seat": section("roster", title=view.title, why=view.seat.why if view.seat else "", **_about(view)),
        "team": section("roster", rows=[_seat(v) for v in team.seats if v.current]),
        "decision": section("planning_items", rows=[_decision(d) for d in selectors.decisions(case)[:3]]),
        "gates": section("planning_items", rows=[_gate(d) for d in case_selectors.gate_decisions(case)[:10]]),
        "next_gate": section("planning_items", name=gate.name if gate else "", owner=_owner(gate)),
        "stations": section(
            "planning_items",
            rows=[
                {"code": s.code, "name": s.name, "fact": s.fact, "state": s.state.label} for s in stations if s.elements
            ],
        ),
        "todos": section("planning_items", rows=[_todo(todo) for todo in steps.todos(stations)[:40]]),
        "commitments": section("agreements", rows=_commitments(team)),
    }


def protocol(case: MarketCase, found: Protocol) -> dict[str, Any]:
    """The prosecutor's terms in full."""
    return {
        "data_class": PROTOCOL.data_class,
        "market": case.name,
        "city": case.city_name,
        "holds_cases": found.holds_cases,
        "activation_rule": found.activation_rule,
        "sharing": found.sharing,
        "agreed_on": long_date(found.agreed_on),
        "review_on": _day(found.review_on),
    }


def team_rights() -> frozenset[str]:
    """A reader of everything the whole team may see and of nothing else."""
    return frozenset(f"{code}.view" for code in policy.CLASSES if policy.compartment_of(code) in TEAM_DRAWERS)


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _market(case: MarketCase, today: date) -> dict[str, Any]:
    return section(
        "planning_items", name=case.name, city=case.city_name, on=long_date(today), phase=case.get_phase_display()
    )


def _seat(view: SeatView) -> dict[str, Any]:
    return {
        "element": view.element,
        "title": view.title,
        "standing": view.mark_words[1],
        "reason": view.mark.reason if view.mark else "",
        "briefed": view.is_briefed,
        "empty": [position.label for position in view.empty_positions] if view.current else [],
        "missing_record": view.missing_record_words,
        "people": [_person(holder) for holder in view.current],
        "waiting": len(view.waiting),
    }


def _person(holder: Holder) -> dict[str, Any]:
    return {
        "name": holder.full_name,
        "title": holder.job_title,
        "organization": holder.organization,
        "position": holder.get_position_display(),
        "phone": holder.work_phone,
        "email": holder.work_email,
        "may_be_named": holder.may_be_named,
        "since": _day(holder.answered_on),
    }


def _commitments(team: Team) -> list[dict[str, Any]]:
    names = {holder.pk: (holder.full_name, view.title) for view in team.seats for holder in view.holders}
    signed = sorted((c for view in team.seats for c in view.commitments), key=lambda found: found.expires_on)
    return [
        {
            "name": names[found.holder_id][0],
            "seat": names[found.holder_id][1],
            "signed_on": long_date(found.signed_on),
            "expires_on": long_date(found.expires_on),
            "has_run_out": found.expires_on < team.today,
            "kept_at": found.kept_at,
        }
        for found in signed
    ]


def _decision(found: Any) -> dict[str, Any]:
    return {
        "outcome": found.get_outcome_display(),
        "on": long_date(found.decided_on),
        "reasons": found.reasons,
        "by": found.created_by.display_name if found.created_by else "",
    }


def _gate(found: Any) -> dict[str, Any]:
    gate = gates.GATES.get(found.gate)
    return {
        "name": gate.name if gate else found.gate,
        "outcome": found.get_outcome_display(),
        "on": long_date(timezone.localtime(found.decided_at).date()),
        "reason": found.reason,
        "missing": list(found.missing),
    }


def _owner(gate: gates.Gate | None) -> str:
    return policy.SEATS[gate.owner] if gate else ""


def _about(view: SeatView) -> dict[str, Any]:
    last = max(view.gone, key=lambda holder: holder.left_on or date.min, default=None)
    return {
        "speaks_for": view.seat.speaks_for if view.seat else "",
        "watch": view.seat.watch if view.seat else "",
        "records": [
            {"kind": r.get_kind_display(), "on": long_date(r.happened_on), "until": _day(r.until_on), "note": r.note}
            for r in view.records[:20]
        ],
        "before": {"name": last.full_name, "left_on": _day(last.left_on)} if last else None,
    }


def _todo(todo: steps.ToDo) -> dict[str, Any]:
    return {
        "state": todo.state.label,
        "text": todo.text,
        "element": todo.element.number,
        "due_on": _day(todo.due_on),
        "holder": todo.holder_name,
    }


def _capacity(found: Capacity) -> dict[str, Any]:
    return {
        "kind": found.get_kind_display(),
        "provider": found.provider,
        "places": found.places,
        "bars": found.bars,
        "wait_days": found.wait_days,
    }
