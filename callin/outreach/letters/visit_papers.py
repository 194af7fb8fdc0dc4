"""What a visiting pair takes along, and the coordinator's plan of all visits. Candidates stand there by number only:
their names belong to law enforcement and do not flow into the community's papers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from callin.outreach.models import VisitingPair
from callin.outreach.selectors import STATES, Circle, Known
from dmi.core.dates import long_date, long_when
from dmi.documents import kinds
from dmi.documents.actions import Part
from dmi.documents.facts import section
from dmi.documents.kinds import DocumentKind

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

PLAN = kinds.register(
    DocumentKind(
        code="visit_plan", title="Visit plan", template="documents/outreach/visit_plan.html",
        data_class="visit_log", may_include=frozenset({"influentials", "meetings"}),
    )
)  # fmt: skip
SHEET = kinds.register(
    DocumentKind(
        code="visit_sheet", title="Visit sheet", template="documents/outreach/visit_sheet.html",
        data_class="visit_log", may_include=frozenset({"influentials", "safety_flags", "meetings"}),
    )
)  # fmt: skip
TALKING_POINTS = (
    (
        "Explain the goals",
        "We want the selling on these streets to stop and the street to be safe again. Some people get a second chance "
        "instead of a case in court. Help is ready for them.",
    ),
    (
        "Ask them to help ask for a change",
        "You matter to this person. Will you ask him or her to stop, with your own words, this week?",
    ),
    (
        "Ask them to come",
        "Please come to the meeting, and come together. Nobody is arrested there. What would you need to be able to "
        "come: a ride, child care, an interpreter?",
    ),
)


def parts(case: MarketCase, circles: Sequence[Circle]) -> list[Part]:
    """The plan first, then a sheet for each pair that has somebody to visit; empty while there is none."""
    sheets = [_sheet_part(case, circle) for circle in circles if circle.pair and _to_visit(circle)]
    if not sheets:
        return []
    plan = Part(PLAN, plan_facts(case, circles), "Visit plan", "visit-plan")
    return [plan, *sheets]


def digest(found: Sequence[Part]) -> str:
    """Short fingerprint of what these parts say; another fingerprint means something changed since."""
    body = json.dumps([part.facts for part in found], sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def plan_facts(case: MarketCase, circles: Sequence[Circle]) -> dict[str, Any]:
    """Every candidate by number: the pair, the people counted, what comes first."""
    in_order = sorted(circles, key=lambda circle: (circle.next_on is None, circle.next_on, circle.player.number))
    return {"market": _market(case), "plan": section("visit_log", rows=[_plan_row(circle) for circle in in_order])}


def _plan_row(circle: Circle) -> dict[str, Any]:
    return section(
        "influentials",
        number=circle.player.number,
        pair=_pair_words(circle.pair) if circle.pair else "",
        people=f"{len(circle.people)} of {circle.required}",
        state=STATES[circle.state],
        next=long_date(circle.next_on) if circle.next_on else "",
    )


def _sheet_part(case: MarketCase, circle: Circle) -> Part:
    number = circle.player.number
    return Part(SHEET, sheet_facts(case, circle), f"{number} visit sheet", f"visit-sheet:{circle.player.pk}")


def sheet_facts(case: MarketCase, circle: Circle) -> dict[str, Any]:
    """What one pair needs: whom they visit and how, what to say; nobody who may not be contacted."""
    pair = circle.pair
    return {
        "market": _market(case),
        "who": section(
            "influentials",
            number=circle.player.number,
            pair=_pair_words(pair) if pair else "",
            visit_by=long_date(pair.visit_by) if pair else "",
            people=[_person(row) for row in _to_visit(circle)],
        ),
        "points": section("meetings", rows=[{"head": head, "words": words} for head, words in TALKING_POINTS]),
    }


def _person(row: Known) -> dict[str, Any]:
    person, visit = row.person, row.open_visit
    planned = ""
    if visit:
        time = f", {visit.planned_time:%-I:%M %p}".lower() if visit.planned_time else ""
        planned = f"{long_date(visit.planned_on)}{time}"
    return section(
        "influentials",
        name=person.full_name,
        relation=person.relation,
        language=person.get_language_display(),
        reached=", ".join(filter(None, (person.get_reached_display(), person.reached_note))),
        phone=person.phone,
        address=person.address,
        visit=section("visit_log", planned=planned, meet_at=visit.meet_at if visit else ""),
        safety=section(
            "safety_flags",
            checked=long_date(row.check.checked_on) if row.check else "",
            fits=bool(row.check and row.check.pair_fits),
            care=[flag.advice or flag.get_kind_display() for flag in row.holding],
        ),
    )


def _to_visit(circle: Circle) -> list[Known]:
    return [row for row in circle.people if not row.is_stopped]


def _pair_words(pair: VisitingPair) -> str:
    return f"{pair.officer.display_name} and {pair.neighbor.display_name}"


def _market(case: MarketCase) -> dict[str, Any]:
    with timezone.override(case.time_zone):
        when = long_when(case.call_in_at) if case.call_in_at else ""
    return section(
        "meetings", name=case.name, city=case.city_name, when=when, place=case.call_in_place,
        street=case.call_in_address,
    )  # fmt: skip
