"""The nine steps and the frame parts around them, in order, and where a case stands at each.

`elements.py` lists what the process asks for; each step answers for its own elements from dated records,
through the door named here. The line of stations, the overview's to-do table, the gates and the fidelity
scorecard read this page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from dmi.cases import policy, selectors, viewing
from dmi.cases.elements import ELEMENTS, PARTS, Element, element
from dmi.cases.progress import Progress, State

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on the line. `lead` is the element whose fact stands under the name; `short` the name in one row."""

    code: str
    name: str
    phase: str
    lead: str = ""
    short: str = ""


STATIONS = (
    Station("P", "Team and SWOT", "planning", short="Planning"),
    Station("1", "Crime mapping", "targeting", "1.6", "Mapping"),
    Station("2", "Survey", "targeting", "2.5"),
    Station("3", "Incident review", "targeting", "3b.2", "Review"),
    Station("4", "Undercover", "targeting", "4.0"),
    Station("5", "Community", "community", "5.7"),
    Station("6", "Families, letters", "callin", "6.5", "Families"),
    Station("7", "Call-in", "callin", "7b.0"),
    Station("8", "Enforcement", "followup", "8.0"),
    Station("9", "Follow-up", "followup", "9.0"),
    Station("E", "Evaluation", "evaluation", "10.5"),
)
PHASE_NAMES = {
    "planning": "I Planning",
    "targeting": "II Targeting the drug market",
    "community": "III Community",
    "callin": "IV Preparing for the call-in",
    "followup": "V After the call-in",
    "evaluation": "VI Evaluation",
}

# The one upward pointer of the core: each step's door, by name, in the order of the process.
DOORS = {
    "team": "planning.team.selectors",
    "swot": "planning.swot.selectors",
    "crime_mapping": "targeting.crime_mapping.selectors",
    "survey": "targeting.survey.selectors",
    "incident_review": "targeting.incident_review.selectors",
    "link_analysis": "targeting.link_analysis.selectors",
    "undercover": "targeting.undercover.selectors",
    "mobilization": "community.mobilization.selectors",
    "outreach": "callin.outreach.selectors",
    "notification": "callin.notification.selectors",
    "enforcement": "followup.enforcement.selectors",
    "support": "followup.support.selectors",
    "assessment": "evaluation.assessment.selectors",
    "debrief": "evaluation.debrief.selectors",
}
# A step may have a second app with a door of its own; its pages belong to the station of the app it stands beside.
BESIDE = {"link_analysis": "incident_review"}
NOT_BUILT = Progress(State.NOT_YET, "Not yet available")

SEES = frozenset({"view", "masked", "aggregate"})
TAKES_PART = frozenset({"print", "change", "change_own", "submit"})
OPEN = frozenset({State.LATE, State.UNDER_WAY, State.MISSING})
POSITION = {number: place for place, number in enumerate(ELEMENTS)}


@dataclass(frozen=True, slots=True)
class ElementProgress:
    """One element as this reader sees it."""

    element: Element
    progress: Progress
    url: str

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.progress.state

    @property
    def holder(self) -> str:
        """The seat that moves it on."""
        return self.progress.holder or self.element.holder

    @property
    def holder_name(self) -> str:
        """That seat in words."""
        return policy.SEATS[self.holder]


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of "What needs doing"; counts and codes only."""

    element: Element
    state: State
    text: str
    fact: str
    due_on: date | None
    holder: str
    url: str

    @property
    def holder_name(self) -> str:
        """The seat that holds it, in words."""
        return policy.SEATS[self.holder]

    @property
    def order(self) -> tuple[int, bool, date, int]:
        """Late first, then what has a date, then the rest; otherwise in the order of the process."""
        late = 0 if self.state is State.LATE else 1
        return late, self.due_on is None, self.due_on or date.max, POSITION[self.element.number]


@dataclass(frozen=True, slots=True)
class StationProgress:
    """One station with its elements; `done` of `total` leaves out what does not apply.

    `is_part` says that it has elements of which the reader may not know; the state is that of the others.
    """

    station: Station
    elements: list[ElementProgress]
    url: str
    is_part: bool = False
    state: State = field(init=False)
    done: int = field(init=False)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        counted: list[State] = [found.state for found in self.elements if found.state is not State.NOT_APPLICABLE]
        object.__setattr__(self, "state", _station_state(counted))
        object.__setattr__(self, "done", counted.count(State.DONE))
        object.__setattr__(self, "total", len(counted))

    @property
    def code(self) -> str:
        """P, 1 to 9, or E."""
        return self.station.code

    @property
    def name(self) -> str:
        """Its name on the line."""
        return self.station.name

    @property
    def short_name(self) -> str:
        """Its name where all stations stand in one row."""
        return self.station.short or self.station.name

    @property
    def phase(self) -> str:
        """The phase it belongs to."""
        return self.station.phase

    @property
    def phase_name(self) -> str:
        """That phase with its roman number."""
        return PHASE_NAMES[self.station.phase]

    @property
    def share(self) -> int:
        """Percent of its elements that are done."""
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def is_built(self) -> bool:
        """Whether at least one of its elements can be worked on."""
        return any(found.state is not State.NOT_YET for found in self.elements)

    @property
    def fact(self) -> str:
        """The one line under its name."""
        if not self.elements:
            return "Not shown to your seat"
        lead = next((e for e in self.elements if e.element.number == self.station.lead), None)
        if lead and lead.progress.fact and lead.state is not State.NOT_YET:
            return lead.progress.fact
        late = sum(found.state is State.LATE for found in self.elements)
        if late:
            return f"{late} late"
        if self.state is State.DONE and self.is_part:
            return "Done, as far as your seat sees"
        return f"{self.done} of {self.total}" if self.state is State.UNDER_WAY else self.state.label

    @property
    def todos(self) -> list[ToDo]:
        """What needs doing here: late, then due, then missing."""
        return sorted(_todos(self.elements), key=lambda todo: todo.order)

    @property
    def parts(self) -> list[tuple[str, str, list[ElementProgress]]]:
        """Its elements by stretch: (code, name, elements), for example 3, 3a and 3b."""
        found: dict[str, list[ElementProgress]] = {}
        for item in self.elements:
            found.setdefault(item.element.part.code, []).append(item)
        return [(code, PARTS[code].name, items) for code, items in found.items()]


def progress_of(case: MarketCase, today: date, can: frozenset[str]) -> list[StationProgress]:
    """Every station of the case as a reader with the rights `can` sees it, in order, read now.

    One query for the elements set aside, and what each step's door needs; the same for every reader.
    Raises UnknownElement when a step answers for an element the process does not have.
    """
    return line_of(case, can, collect(case, today), selectors.set_aside(case))


def line_of(
    case: MarketCase, can: frozenset[str], answers: dict[str, Progress], aside: dict[str, str]
) -> list[StationProgress]:
    """The stations from what the steps answered and what was set aside, cut to what the rights `can` show."""
    visible = [found for found in ELEMENTS.values() if _may_know(found, can)]
    by_station: dict[str, list[ElementProgress]] = {station.code: [] for station in STATIONS}
    for found in visible:
        progress = _with_mark(answers.get(found.number, NOT_BUILT), aside.get(found.number))
        if not _sees(found, can):
            progress = _without_counts(found, progress)
        by_station[found.station].append(ElementProgress(found, progress, _url(case, found, progress, can)))
    cut = _cut_short(visible)
    return [
        StationProgress(station, by_station[station.code], _station_url(case, station.code), station.code in cut)
        for station in STATIONS
    ]


def _cut_short(visible: list[Element]) -> set[str]:
    """The stations some of whose elements are not among these."""
    shown = {found.number for found in visible}
    return {found.station for found in ELEMENTS.values() if found.number not in shown}


def collect(case: MarketCase, today: date) -> dict[str, Progress]:
    """What the steps say about their elements, unfiltered, by element number; for gates and scorecard.

    A step that offers no answer yet is left out. Raises UnknownElement for numbers outside the process, and
    ValueError when two steps answer for the same element.
    """
    return joined({label: asking(path, case, today)() for label, path in DOORS.items()})


def asking(path: str, case: MarketCase, today: date) -> Callable[[], dict[str, Progress]]:
    """The question to one step, ready to be asked; a step that offers no answer yet says nothing."""
    answer = door(path)
    return partial(answer, case=case, today=today) if answer else dict


def joined(said: dict[str, dict[str, Progress]]) -> dict[str, Progress]:
    """The answers of all steps in one table.

    Raises UnknownElement for numbers outside the process, and ValueError when two steps answer for the same element.
    """
    found: dict[str, Progress] = {}
    for label, answers in said.items():
        for number, progress in answers.items():
            element(number)
            if number in found:
                raise ValueError(f"Two steps answer for element {number}; {label} is the second.")
            found[number] = progress
    return found


def door(path: str) -> Callable[..., dict[str, Progress]] | None:
    """The step's `progress`, or None while it offers none; errors inside the step's module are not hidden."""
    try:
        module = import_module(path)
    except ModuleNotFoundError as error:
        if error.name and (path == error.name or path.startswith(f"{error.name}.")):
            return None
        raise
    return getattr(module, "progress", None)


def todos(stations: Iterable[StationProgress]) -> list[ToDo]:
    """What needs doing in the whole case: late, then due, then missing."""
    return sorted((todo for station in stations for todo in station.todos), key=lambda todo: todo.order)


def _rights_on(data_class: str, can: frozenset[str]) -> set[str]:
    return {right.partition(".")[2] for right in can if right.partition(".")[0] == data_class}


def _sees(found: Element, can: frozenset[str]) -> bool:
    return bool(_rights_on(found.data_class, can) & SEES)


def _may_know(found: Element, can: frozenset[str]) -> bool:
    """Whoever may read the class, even masked, or write or print in it, may know that the element exists."""
    return bool(_rights_on(found.data_class, can) & (SEES | TAKES_PART))


def _without_counts(found: Element, progress: Progress) -> Progress:
    """For those who see only what they handed in: the state stays, counts of others' records do not."""
    return replace(progress, fact="", todo=(progress.own_todo or found.name) if progress.todo else "")


def _with_mark(progress: Progress, reason: str | None) -> Progress:
    if reason is None or progress.state is State.DONE:
        return progress
    return Progress(State.NOT_APPLICABLE, reason)


def _station_state(counted: list[State]) -> State:
    """Late if anything is; done only when everything is; not yet available when nothing can be worked on."""
    if not counted:
        return State.NOT_APPLICABLE
    kinds = set(counted)
    if State.LATE in kinds:
        return State.LATE
    if len(kinds) == 1:
        return kinds.pop()
    return State.MISSING if kinds == {State.MISSING, State.NOT_YET} else State.UNDER_WAY


def _todos(elements: Iterable[ElementProgress]) -> list[ToDo]:
    return [
        ToDo(item.element, item.state, item.progress.todo or item.element.name, item.progress.fact,
             item.progress.due_on, item.holder, item.url)
        for item in elements
        if item.state in OPEN and (item.progress.todo or item.state is State.LATE)
    ]  # fmt: skip


def _url(case: MarketCase, found: Element, progress: Progress, can: frozenset[str]) -> str:
    """The page where the element is worked on; the station's own page for who may not open that one."""
    name = progress.url_name or found.url_name
    try:
        if viewing.needs_of(name) & can:
            return reverse(name, args=[case.pk])
    except NoReverseMatch:
        pass
    return _station_url(case, found.station)


def _station_url(case: MarketCase, code: str) -> str:
    return reverse("cases:station", args=[case.pk, code])
