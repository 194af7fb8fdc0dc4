"""The process as a table, and how a case's stations are put together from what the steps answer."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest

from dmi.cases import (
    elements_call_in,
    elements_evaluation,
    elements_follow_up,
    elements_planning,
    elements_targeting,
    policy,
    selectors,
    steps,
    viewing,
)
from dmi.cases.elements import ELEMENTS, PARTS, UnknownElement, element, required_at
from dmi.cases.models import Phase
from dmi.cases.progress import Progress, State

TODAY = date(2026, 4, 28)
CASE = SimpleNamespace(pk=UUID(int=7))
TABLES = (elements_planning, elements_targeting, elements_call_in, elements_follow_up, elements_evaluation)
NUMBERS = """
I.0 I.1a I.1b I.1c I.1d I.2a I.2b I.2c I.2d I.2e I.2f I.2g I.3 SW.S SW.W SW.O SW.T SW.+
1.0 1.1 1.1a 1.1b 1.1c 1.1d 1.2 1.2a 1.2b 1.2c 1.3 1.4 1.5 1.6 1.7
2.0 2.1 2.2 2.3 2.4 2.5
3.0 3.1 3.2 3.3 3.3a 3.4 3.4a 3.4b 3.4c 3.5 3a.0 3a.1 3a.2 3a.3 3b.0 3b.1 3b.2 3b.2a 3b.3
4.0 4.1 4.2 4.2a 4.3
5.0 5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 5a.0 5a.1
6.0 6.1 6.2 6.3 6.4 6.5 6.5a 6.5b 6.5c 6a.0 6a.1 6a.2 6a.3
7a.0 7a.a 7a.b 7a.c 7a.d 7a.e 7a.f
7b.0 7b.1 7b.2 7b.2a 7b.2b 7b.2c 7b.3 7b.3a 7b.3b 7b.4 7b.4a 7b.4b 7b.5 7b.5a 7b.5b
7b.5b.a 7b.5b.b 7b.5b.c 7b.5b.d 7b.5b.e 7b.5b.f 7b.6
8.0 8.1 8.2 8.3 8.4 8.5 8.6 8.7 8.8
9.0 9.1 9.2 9.3 9.4 9.5 9.6
10.0 10.1 10.2 10.3 10.4 10.5 10.6
11.0 11.1 11.2 11.3 11.4 11.5 11.6 11.7 11.8 11.9 11.10
12.0
""".split()  # noqa: SIM905 - read like the process itself


@pytest.fixture
def answers(monkeypatch):
    """What the steps would answer: {label: {element number: Progress}}; nothing is set aside."""
    said: dict[str, dict[str, Progress]] = {}
    monkeypatch.setattr(selectors, "set_aside", lambda case: {})

    def door(path: str):
        label = path.split(".")[1]
        return (lambda *, case, today: said[label]) if label in said else None

    monkeypatch.setattr(steps, "door", door)
    return said


def everything() -> frozenset[str]:
    return frozenset(f"{code}.view" for code in policy.CLASSES)


def station(code: str, can: frozenset[str] | None = None) -> steps.StationProgress:
    found = steps.progress_of(CASE, TODAY, everything() if can is None else can)
    return next(item for item in found if item.code == code)


def test_every_element_of_the_process_is_there_once_and_in_order():
    assert list(ELEMENTS) == NUMBERS
    assert len(set(NUMBERS)) == len(NUMBERS) == 151


def test_no_two_rows_share_a_number():
    assert sum(len(table.ROWS) for table in TABLES) == len(ELEMENTS)


@pytest.mark.parametrize("number", NUMBERS)
def test_an_element_names_a_seat_a_data_class_a_gate_and_a_document(number):
    found = element(number)
    assert found.holder in policy.SEATS
    assert found.data_class in policy.CLASSES
    assert found.gate in {"", *Phase.values}
    assert found.station in {stop.code for stop in steps.STATIONS}
    assert found.phase in Phase.values
    assert found.done_when.endswith(".")
    assert found.name
    assert found.document


@pytest.mark.parametrize("number", NUMBERS)
def test_the_seat_that_holds_an_element_may_know_that_it_exists(number):
    found = element(number)
    assert steps._may_know(found, policy.rights(frozenset({found.holder}), cleared=True))


def test_parts_and_stations_agree_about_the_phase():
    phases = {stop.code: stop.phase for stop in steps.STATIONS}
    assert all(phases[part.station] == part.phase for part in PARTS.values())
    assert {part.label for part in PARTS.values()} | set(steps.BESIDE) == set(steps.DOORS)
    assert {stop.lead for stop in steps.STATIONS if stop.lead} <= set(ELEMENTS)


def test_an_unknown_number_is_refused():
    with pytest.raises(UnknownElement):
        element("4.9")


def test_each_phase_has_elements_its_gate_asks_for():
    for phase in ("planning", "targeting", "community", "callin", "followup", "evaluation"):
        assert required_at(phase)


def test_a_step_without_an_answer_is_honestly_not_yet_available(answers):
    found = station("9")
    assert found.state is State.NOT_YET
    assert found.fact == "Not yet available"
    assert {item.state for item in found.elements} == {State.NOT_YET}
    assert found.todos == []
    assert not found.is_built


def test_a_step_that_answers_for_an_element_outside_the_process_is_an_error(answers):
    answers["swot"] = {"SW.X": Progress(State.DONE)}
    with pytest.raises(UnknownElement):
        steps.progress_of(CASE, TODAY, everything())


def test_two_steps_cannot_answer_for_the_same_element(answers):
    answers["outreach"] = answers["notification"] = {"6a.0": Progress(State.DONE)}
    with pytest.raises(ValueError, match="element 6a"):
        steps.progress_of(CASE, TODAY, everything())


def test_a_late_element_makes_its_station_late_and_heads_the_to_do_list(answers):
    answers["team"] = {
        "I.0": Progress(State.MISSING, todo="Record go or no-go"),
        "I.1a": Progress(State.UNDER_WAY, todo="Ask for the letter", due_on=date(2026, 5, 9)),
        "I.1b": Progress(State.LATE, "1 commitment expired", due_on=date(2026, 4, 1), todo="Renew 1 commitment"),
        "I.1c": Progress(State.UNDER_WAY, todo="Call back", due_on=date(2026, 5, 2)),
    }
    found = station("P")
    assert found.state is State.LATE
    assert found.fact == "1 late"
    assert [todo.element.number for todo in found.todos] == ["I.1b", "I.1c", "I.1a", "I.0"]
    assert found.todos[0].holder_name == "Prosecutor"


def test_a_station_is_done_only_when_every_element_that_applies_is(answers):
    elements = [number for number in NUMBERS if ELEMENTS[number].station == "2"]
    answers["survey"] = {number: Progress(State.DONE) for number in elements}
    assert station("2").state is State.DONE
    answers["survey"] = {number: Progress(State.DONE) for number in elements[1:]}
    found = station("2")
    assert (found.state, found.done, found.total, found.share) == (State.UNDER_WAY, 5, 6, 83)


def test_an_element_set_aside_leaves_the_count_with_its_reason(answers, monkeypatch):
    monkeypatch.setattr(selectors, "set_aside", lambda case: {"3.5": "Too few people for a chart."})
    answers["incident_review"] = {"3.5": Progress(State.MISSING, todo="Draw the chart")}
    found = station("3")
    item = next(item for item in found.elements if item.element.number == "3.5")
    assert (item.state, item.progress.fact) == (State.NOT_APPLICABLE, "Too few people for a chart.")
    assert found.total == len(found.elements) - 1
    assert found.todos == []


def test_a_done_element_stays_done_even_when_set_aside(answers, monkeypatch):
    monkeypatch.setattr(selectors, "set_aside", lambda case: {"3.5": "No need."})
    answers["incident_review"] = {"3.5": Progress(State.DONE)}
    assert next(item for item in station("3").elements if item.element.number == "3.5").state is State.DONE


def test_a_reader_sees_only_elements_of_drawers_that_open_to_some_extent(answers):
    community = policy.rights(frozenset({"community"}), cleared=False)
    answers["undercover"] = {"4.1": Progress(State.UNDER_WAY, "26 of 28 buys", todo="Record 2 buys")}
    found = station("4", community)
    assert found.elements == []
    assert found.todos == []
    assert found.state is State.NOT_APPLICABLE
    assert found.fact == "Not shown to your seat"


def test_a_station_that_is_done_as_far_as_a_seat_sees_says_just_that(answers):
    council = policy.rights(frozenset({"council"}), cleared=False)
    seen = [item.element.number for item in station("7", council).elements]
    assert seen
    answers["notification"] = {number: Progress(State.DONE) for number in seen}
    assert station("7", council).fact == "Done, as far as your seat sees"
    assert station("7").state is not State.DONE


def test_a_reader_who_only_hands_in_sees_the_state_but_no_counts(answers):
    community = policy.rights(frozenset({"community"}), cleared=False)
    answers["outreach"] = {"6.5": Progress(State.UNDER_WAY, "9 of 14 visited", todo="Visit 5 families")}
    item = next(item for item in station("6", community).elements if item.element.number == "6.5")
    assert item.state is State.UNDER_WAY
    assert item.progress.fact == ""
    assert [todo.text for todo in station("6", community).todos] == ["Visits in small groups"]


def test_nobody_without_rights_sees_any_element(answers):
    assert all(not found.elements for found in steps.progress_of(CASE, TODAY, frozenset()))


def test_the_line_has_eleven_stations_in_order(answers):
    found = steps.progress_of(CASE, TODAY, everything())
    assert [item.code for item in found] == ["P", *"123456789", "E"]
    assert [code for code, _, _ in found[3].parts] == ["3", "3a", "3b"]


def test_the_lead_elements_fact_stands_under_the_station(answers):
    answers["undercover"] = {"4.0": Progress(State.UNDER_WAY, "26 of 28 buys")}
    assert station("4").fact == "26 of 28 buys"


def test_to_dos_of_all_stations_are_sorted_together(answers):
    answers["swot"] = {"SW.S": Progress(State.MISSING, todo="Name a strength")}
    answers["survey"] = {"2.1": Progress(State.LATE, todo="Ask 4 officers again")}
    found = steps.todos(steps.progress_of(CASE, TODAY, everything()))
    assert [todo.text for todo in found] == ["Ask 4 officers again", "Name a strength"]


def test_a_step_whose_module_is_missing_offers_no_door():
    assert steps.door("planning.nowhere.selectors") is None
    assert steps.door("dmi.cases.models") is None


@pytest.mark.parametrize("path", steps.DOORS.values())
def test_every_door_that_is_there_is_a_function(path):
    answer = steps.door(path)
    assert answer is None or callable(answer)


@pytest.mark.parametrize("seat", sorted(policy.SEATS))
@pytest.mark.parametrize("cleared", [True, False])
def test_every_element_leads_to_a_page_its_reader_may_open(answers, seat, cleared):
    can = policy.rights(frozenset({seat}), cleared=cleared)
    case = SimpleNamespace(pk=UUID(int=7))
    for found in steps.line_of(case, can, {}, {}):
        for item in found.elements:
            assert viewing.page_at(item.url, case, can), f"{item.element.number} leads {seat} to {item.url}"
