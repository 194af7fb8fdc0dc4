"""What the pages of a case show: the frame around them, the overview, one station, the gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from dmi.cases import gates, kept, policy, selectors, steps
from dmi.cases.elements import PARTS, Element
from dmi.cases.models import GateDecision, MarketCase
from dmi.core.requests import CaseRequest

# The way between pages: words, URL name, the rights that open it (any of).
NAVIGATION = (
    ("Overview", "cases:overview", ("act.see_case",)),
    ("Map", "crime_mapping:map", ("areas.view",)),
    ("People", "people:list", ("player_list.view", "player_list.masked")),
    ("Meetings", "meetings:list-meetings", ("meetings.view",)),
    ("Help", "directory:list-services", ("services_catalogue.view",)),
    ("Evidence", "evidence:list-items", ("cleared_media.view", "original_media.view", "cleared_media.view_released")),
    ("Documents", "documents:list", ("act.see_case",)),
    ("Gates", "cases:gates", ("planning_items.view",)),
)
# Partners who work on their own pages see them without the line of stations.
WITHOUT_LINE = frozenset({"community", "services"})
STATION_OF = {part.label: part.station for part in PARTS.values()}
STATION_OF |= {label: STATION_OF[first] for label, first in steps.BESIDE.items()}


def stations(request: CaseRequest) -> list[steps.StationProgress]:
    """Every station as this reader sees it, with the reasons of what was set aside; once for each request."""
    if not hasattr(request, "_stations"):
        case = request.case
        answers, _ = kept.answers(case, timezone.localdate())
        request._stations = steps.line_of(case, request.can, answers, selectors.set_aside(case))
    return request._stations


def line(request: CaseRequest) -> list[steps.StationProgress]:
    """The stations for the row on a working page, which shows states and counts and no reasons."""
    if hasattr(request, "_stations"):
        return request._stations
    case = request.case
    answers, aside = kept.answers(case, timezone.localdate())
    return steps.line_of(case, request.can, answers, dict.fromkeys(aside, ""))


def chrome(request: CaseRequest) -> dict[str, Any]:
    """The frame around every page of a case: navigation open to this reader, and who may see this kind of record."""
    match = request.resolver_match
    here = match.view_name if match else ""
    code = getattr(request, "granted_by", "").partition(".")[0]
    return {
        "nav": _navigation(request, here),
        "seats": [policy.SEATS[seat] for seat in sorted(request.seats)],
        "data_class": code if code in policy.CLASSES else "",
        "compartment": policy.compartment_label(code) if code in policy.CLASSES else "",
        "stations": None if request.seats <= WITHOUT_LINE else SimpleLazyObject(lambda: line(request)),
        "all_seats": list(policy.SEATS.items()),
        "here": STATION_OF.get(here.partition(":")[0], ""),
    }


def _navigation(request: CaseRequest, here: str) -> list[dict[str, Any]]:
    found = []
    for words, name, rights in NAVIGATION:
        if not request.can & set(rights):
            continue
        try:
            url = reverse(name, args=(request.case.pk,))
        except NoReverseMatch:
            continue
        label = name.partition(":")[0]
        is_here = here == name or (label != "cases" and here.partition(":")[0] == label)
        found.append({"words": words, "url": url, "is_here": is_here})
    return found


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate on the page of gates."""

    gate: gates.Gate
    owner: str
    open: list[Element]
    decisions: list[GateDecision]
    is_here: bool
    is_past: bool
    is_mine: bool


def gate_rows(case: MarketCase, seats: frozenset[str]) -> list[GateRow]:
    """Every gate of the case: what is still open before it, who owns it, what was decided."""
    found = steps.collect(case, timezone.localdate())
    decisions = selectors.gate_decisions(case)
    order = [gate.phase for gate in gates.GATES.values()]
    here = order.index(case.phase) if case.phase in order else len(order)
    return [
        GateRow(
            gate=gate,
            owner=policy.SEATS[gate.owner],
            open=gates.open_elements(case, gate, found),
            decisions=[decision for decision in decisions if decision.gate == gate.phase],
            is_here=place == here,
            is_past=place < here,
            is_mine=gate.owner in seats,
        )
        for place, gate in enumerate(gates.GATES.values())
    ]
