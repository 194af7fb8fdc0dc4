"""Every element of the process, in order: the one table that overview, gates and fidelity scorecard read."""

from __future__ import annotations

from dataclasses import dataclass

from dmi.cases import (
    elements_call_in,
    elements_evaluation,
    elements_follow_up,
    elements_planning,
    elements_targeting,
)


class UnknownElement(LookupError):
    """No element of the process has this number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the process: a frame part, a step, or a sub-step such as 3a."""

    code: str
    name: str
    station: str
    phase: str
    label: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing the process asks for: who moves it, when it counts as done, what comes out, who may know."""

    number: str
    name: str
    holder: str
    data_class: str
    gate: str
    done_when: str
    document: str

    @property
    def part(self) -> Part:
        """The stretch of the process it belongs to."""
        return PARTS[self.number.partition(".")[0]]

    @property
    def station(self) -> str:
        """Its station on the line: P, 1 to 9, or E."""
        return self.part.station

    @property
    def url_name(self) -> str:
        """The page where it is worked on, unless the step names a closer one; takes the case's pk."""
        return self.part.page

    @property
    def phase(self) -> str:
        """The phase of the case in which it falls due."""
        return self.part.phase


PARTS = {
    part.code: part
    for part in (
        Part("I", "Team and readiness", "P", "planning", "team", "team:board"),
        Part("SW", "SWOT analysis", "P", "planning", "swot", "swot:board"),
        Part("1", "Crime mapping", "1", "targeting", "crime_mapping", "crime_mapping:map"),
        Part("2", "Survey", "2", "targeting", "survey", "survey:dashboard"),
        Part("3", "Incident review", "3", "targeting", "incident_review", "incident_review:board"),
        Part("3a", "Refine the list", "3", "targeting", "incident_review", "incident_review:board"),
        Part("3b", "Identify call-in candidates", "3", "targeting", "incident_review", "incident_review:board"),
        Part("4", "Undercover operations", "4", "targeting", "undercover", "undercover:cases"),
        Part("5", "Mobilize the community", "5", "community", "mobilization", "mobilization:plan"),
        Part("5a", "Time and place of the call-in", "5", "community", "mobilization", "mobilization:plan"),
        Part("6", "Contact with families", "6", "callin", "outreach", "outreach:visits"),
        Part("6a", "Letters to candidates", "6", "callin", "outreach", "outreach:letters"),
        Part("7a", "Services at the call-in", "7", "callin", "notification", "notification:binder"),
        Part("7b", "The call-in", "7", "callin", "notification", "notification:binder"),
        Part("8", "Enforcement", "8", "followup", "enforcement"),
        Part("9", "Follow-up", "9", "followup", "support"),
        Part("10", "Assessment", "E", "evaluation", "assessment"),
        Part("11", "Debrief", "E", "evaluation", "debrief"),
        Part("12", "The next market", "E", "evaluation", "debrief"),
    )
}

ELEMENTS = {
    row[0]: Element(*row)
    for row in (
        *elements_planning.ROWS,
        *elements_targeting.ROWS,
        *elements_call_in.ROWS,
        *elements_follow_up.ROWS,
        *elements_evaluation.ROWS,
    )
}


def element(number: str) -> Element:
    """The element with this number, such as "3b.2a"; raises UnknownElement."""
    try:
        return ELEMENTS[number]
    except KeyError:
        raise UnknownElement(f"{number!r} is no element of the process") from None


def required_at(gate: str) -> list[Element]:
    """The elements that should be done, or set aside with a reason, before this phase is closed."""
    return [found for found in ELEMENTS.values() if found.gate == gate]
