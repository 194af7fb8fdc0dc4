"""Where elements 6.0 to 6.5 stand, read from dated records; counts only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from callin.outreach.models import Tie, Visit
from callin.outreach.selectors.families import Circle, Known, called_in, circles
from dmi.cases.progress import Progress, State

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

PAGE = "outreach:visits"
TIES = (
    ("6.1", Tie.FAMILY, "family"), ("6.2", Tie.FRIEND, "friends"),
    ("6.3", Tie.SPIRITUAL, "spiritual advisors"), ("6.4", Tie.OTHER, "teachers, coaches, employers"),
)  # fmt: skip


def families(case: MarketCase, today: date) -> dict[str, Progress]:
    """Elements 6.0 to 6.5c for every candidate of the case."""
    found = circles(case, called_in(case), today)
    total = len(found)
    complete = sum(circle.is_complete for circle in found)
    todo = "Find the people each candidate listens to, or record the search."
    rows = {"6.0": _count(complete, total, "candidates with their people", todo)}
    for number, tie, words in TIES:
        looked = sum(tie.value in circle.looked_for for circle in found)
        rows[number] = _count(looked, total, f"looked for {words}", f"Look for {words} of each candidate.")
    rows["6.5"] = _visits(found, today)
    talks = [row for circle in found for row in circle.people if _talks(row)]
    reached = len(talks)
    rows["6.5a"] = _count(_ticked(talks, "explained_goals"), reached, "heard the goals", "Explain the goals.")
    rows["6.5b"] = _count(_ticked(talks, "asked_for_help"), reached, "asked to help", "Ask them to help ask.")
    rows["6.5c"] = _count(_ticked(talks, "asked_to_come"), reached, "asked to come", "Ask them to come.")
    return rows


def _talks(row: Known) -> list[Visit]:
    return [visit for visit in row.visits if visit.outcome == Visit.Outcome.TALKED]


def _ticked(talks: list[Known], name: str) -> int:
    return sum(any(getattr(visit, name) for visit in _talks(row)) for row in talks)


def _visits(found: list[Circle], today: date) -> Progress:
    """A visit for each candidate; where every person has a stop, the stop is the outcome."""
    settled = sum(circle.is_visited or (circle.is_complete and circle.is_all_stopped) for circle in found)
    open_days = [c.pair.visit_by for c in found if c.pair and not c.is_visited and not c.is_all_stopped]
    due_on = min(open_days, default=None)
    is_late = due_on is not None and due_on < today
    plain = _count(settled, len(found), "visited", "Visit the families that were not visited yet.")
    if plain.state is State.DONE:
        dates = [v.closed_on for c in found for row in c.people for v in row.closed if v.closed_on]
        return Progress(State.DONE, plain.fact, done_on=max(dates, default=None), holder="community", url_name=PAGE)
    begun = plain.state if plain.state is State.UNDER_WAY or not open_days else State.UNDER_WAY
    state = State.LATE if is_late else begun
    return Progress(state, plain.fact, due_on=due_on, holder="community", todo=plain.todo, url_name=PAGE)


def _count(done: int, total: int, words: str, todo: str) -> Progress:
    state = State.DONE if total and done == total else State.UNDER_WAY if done else State.MISSING
    fact = f"{done} of {total} {words}" if total else ""
    waits = "" if state is State.DONE else todo
    return Progress(state, fact, holder="community", todo=waits, url_name=PAGE)
