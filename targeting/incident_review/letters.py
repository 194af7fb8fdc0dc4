"""The papers of the review, from facts read once and frozen. Imported by `apps.ready()`, which declares the kinds."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dmi.cases import selectors as cases
from dmi.core.dates import long_date, long_when
from dmi.documents import kinds
from dmi.documents.facts import section
from dmi.documents.kinds import DocumentKind
from dmi.people import selectors as people
from dmi.people.stages import Stage
from targeting.incident_review import masks, passage, refined, selectors, standing
from targeting.incident_review.composition import Composition, composition
from targeting.incident_review.models import ProsecutorDecision, RefinedList, ReviewSession

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase, TeamPolicy
    from targeting.incident_review.board import BoardRow

PACKET = kinds.register(
    DocumentKind(
        code="candidate_packet", title="Candidate review packet",
        template="documents/incident_review/candidate_packet.html", data_class="decision_worksheet",
        may_include=frozenset({"assessments", "player_list", "pending_charges", "composition"}), is_tagged=False,
    )
)  # fmt: skip
MEMO = kinds.register(
    DocumentKind(
        code="decision_memo", title="Decision memo", template="documents/incident_review/decision_memo.html",
        data_class="decision_worksheet", may_include=frozenset({"assessments", "player_list", "call_in_roster"}),
    )
)  # fmt: skip
MINUTES = kinds.register(
    DocumentKind(
        code="review_minutes", title="Review minutes",
        template="documents/incident_review/review_minutes.html", data_class="review_minutes",
    )
)  # fmt: skip
REFINED = kinds.register(
    DocumentKind(
        code="refined_list", title="Refined list", template="documents/incident_review/refined_list.html",
        data_class="player_list", may_include=frozenset({"assessments"}),
    )
)  # fmt: skip
SHEET = kinds.register(
    DocumentKind(
        code="composition_sheet", title="Composition of the call-in list",
        template="documents/incident_review/composition_sheet.html", data_class="composition",
        needs="composition.view",
    )
)  # fmt: skip

MET = {True: "Met", False: "Not met", None: "Open"}
OFFICES = ((ProsecutorDecision.Office.LOCAL, "Prosecutor"), (ProsecutorDecision.Office.FEDERAL, "Federal prosecutor"))


def key_of(kind: DocumentKind, facts: dict[str, Any]) -> str:
    """The same facts under the same kind give the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{kind.code}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"


def packet(case: MarketCase, today: date) -> dict[str, Any]:
    """Everybody on the board: criteria met and unmet, both opinions of each office, what the police say."""
    rows, criteria = selectors.board(case), selectors.criteria_in_force(case)
    decline, held_for, policy = selectors.federal_decline(case), passage.days(case), cases.policy_of(case)
    return {
        "about": section("decision_worksheet", **_about(case, today), total=len(rows),
                         open=sum(1 for row in rows if row.is_open)),
        "criteria": section("assessments", lines=[line["text"] for line in criteria.lines] if criteria else [],
                            number=criteria.number if criteria else 0, why=criteria.why if criteria else "",
                            fixed_on=long_date(criteria.fixed_at) if criteria and criteria.fixed_at else ""),
        "federal": section("decision_worksheet",
                           decline=f"{long_date(decline.declined_on)}: {decline.reason} ({decline.said_by})"
                           if decline else ""),
        "people": section("decision_worksheet", rows=[_person(row, criteria, today, held_for, policy) for row in rows]),
        "composition": section("composition", **_sheet(composition(case, today, hides_small=False))),
    }  # fmt: skip


def _about(case: MarketCase, today: date) -> dict[str, str]:
    return {"market": case.name, "city": case.city_name, "on": long_date(today)}


def _person(row: BoardRow, criteria: Any, today: date, held_for: int, policy: TeamPolicy) -> dict[str, Any]:
    found = masks.answers(criteria, row, today, policy)
    return {
        "number": row.player.number,
        "name": row.player.person.full_name,
        "stage": row.player.get_stage_display(),
        "answers": [{"text": a.text, "met": MET[a.is_met], "fact": a.fact} for a in found],
        "unmet": sum(1 for a in found if a.is_met is False),
        "sources": row.sources,
        "records": row.records,
        "passage": _passage(row, today, held_for),
        "police": _opinion(row.police),
        "offices": [
            {"office": words, "first": _first(row.passes.get(office)), "now": _opinion(row.decision_of(office))}
            for office, words in OFFICES
        ],
        "outcome": _outcome(row),
        "is_separate": row.is_separate,
    }


def _passage(row: BoardRow, today: date, held_for: int) -> str:
    """Safe passage matters to those who come to the call-in."""
    return passage.standing(row.passage, today, held_for).words if row.player.stage == Stage.CANDIDATE else ""


def _opinion(opinion: Any) -> str:
    if opinion is None:
        return ""
    by = opinion.updated_by.short_name if opinion.updated_by else ""
    said = f"{opinion.get_choice_display()}. {opinion.get_reason_code_display()}. {opinion.words}"
    return f"{said} ({by}, {long_date(opinion.decided_at)})" if by else said


def _first(look: Any) -> str:
    if look is None:
        return ""
    if look.skipped_because:
        return f"First look skipped: {look.skipped_because}"
    return f"{look.get_choice_display()} on card {look.card}. {look.words}"


def _outcome(row: BoardRow) -> str:
    if row.is_separate:
        return "Separate path: never the call-in"
    if row.is_open:
        return {"differ": "They differ", "open": "Not decided"}.get(row.outcome, "They differ")
    return row.player.get_stage_display()


def memo(case: MarketCase, today: date) -> dict[str, Any]:
    """The decisions, by what was decided, with reason, and the lines to sign."""
    rows = selectors.board(case)
    roster = selectors.latest_roster(case)
    groups = {"Prosecute now": "A", "Call-in": "B", "Not decided or on hold": "?"}
    return {
        "about": section("decision_worksheet", **_about(case, today), open=sum(1 for row in rows if row.is_open)),
        "groups": section("decision_worksheet", rows=[
            {"title": title, "people": [_decided(row) for row in rows if row.list_letter == letter]}
            for title, letter in groups.items()
        ]),
        "roster": section("call_in_roster", **_frozen(roster)),
    }  # fmt: skip


def _decided(row: BoardRow) -> dict[str, str]:
    return {
        "number": row.player.number,
        "name": row.player.person.full_name,
        "outcome": _outcome(row),
        "police": _opinion(row.police),
        "local": _opinion(row.local),
        "federal": _opinion(row.federal),
    }


def _frozen(roster: Any) -> dict[str, Any]:
    if roster is None:
        return {"frozen": "", "by": "", "signed": "", "numbers": []}
    signed = ""
    if roster.countersigned_at:
        signed = f"{roster.countersigned_by.display_name}, {long_when(roster.countersigned_at)}"
    by = roster.created_by.display_name if roster.created_by else ""
    return {"frozen": long_when(roster.frozen_at), "by": by, "signed": signed, "numbers": roster.numbers}


def minutes(session: ReviewSession) -> dict[str, Any]:
    """A review with those present, what it concluded about each name, and its minutes."""
    reviews = list(session.reviews.select_related("player__person"))
    hides = session.hides_names
    return {
        "data_class": MINUTES.data_class,
        **_about(session.case, session.held_on),
        "room": session.room,
        "agenda": session.agenda,
        "facilitator": session.facilitator,
        "hides_names": hides,
        "present": [{"name": line.rpartition(",")[0], "unit": line.rpartition(",")[2].strip()}
                    for line in session.officers],
        "missing": standing.missing_units(session),
        "closed": long_when(session.closed_at) if session.closed_at else "",
        "counts": {code: sum(1 for r in reviews if r.outcome == code) for code in ("keep", "drop", "more")},
        "rows": [{"number": r.player.number, "name": "" if hides else r.player.person.full_name,
                  "outcome": r.get_outcome_display(), "reason": r.reason} for r in reviews],
        "notes": session.notes,
    }  # fmt: skip


def refined_list(fixed: RefinedList, before: RefinedList | None) -> dict[str, Any]:
    """One version of the refined list, and what it changed in the version before."""
    names = {p.number: p.person.full_name for p in people.players(fixed.case)}
    change = refined.difference(before, fixed)
    return {
        "about": section("player_list", **_about(fixed.case, fixed.fixed_on), number=fixed.number, reason=fixed.reason),
        "lines": section("assessments", rows=[line | _printed(line, names) for line in fixed.lines]),
        "change": section("assessments", before=before.number if before else 0, came=list(change.came),
                          went=list(change.went),
                          changed=[dict(zip(("number", "what", "old", "new"), row, strict=True))
                                   for row in change.changed]),
    }  # fmt: skip


def _printed(line: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    days = {name: line.get(name, "") for name in ("last_active_on", "checked_on")}
    return {"name": names.get(line["number"], "")} | {
        name: long_date(date.fromisoformat(day)) if day else "" for name, day in days.items()
    }


def sheet(case: MarketCase) -> dict[str, Any]:
    """The make-up of the list as it may go on paper: small counts hidden."""
    today = timezone.localdate()
    made = composition(case, today, hides_small=True)
    return {"data_class": SHEET.data_class, **_about(case, today), **_sheet(made)}


def _sheet(made: Composition) -> dict[str, Any]:
    return {
        "reviewed": made.reviewed.words,
        "called": made.called.words,
        "hides_small": made.hides_small,
        "source": f"{made.residents.source}, {made.residents.year}" if made.residents else "",
        "groups": [
            {
                "title": group.title,
                "rows": [
                    {
                        "part": part, "reviewed": all_.words, "reviewed_share": _share(all_),
                        "called": some.words, "called_share": _share(some), "residents": residents,
                    }
                    for part, all_, some, residents in group.lines
                ],
            }
            for group in made.groups
        ],
    }  # fmt: skip


def _share(cell: Any) -> str:
    return "" if cell.share is None else f"{cell.share}%"
