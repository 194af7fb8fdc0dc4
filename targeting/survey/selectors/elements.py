"""Where elements 2.0 to 2.5 stand, from dated asks, answers and names; counts only, never a name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max

from dmi.cases.models import ElementMark
from dmi.cases.progress import Progress, State
from dmi.core.dates import day_of
from dmi.people import likeness
from dmi.people import selectors as people
from dmi.people.models import Player
from targeting.survey.models import Interview, Nomination
from targeting.survey.models.questions import COMMUNITY
from targeting.survey.selectors.asking import GroupCount, groups

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

ELEMENT_OF = {"2.1": Interview.Group.STREET, "2.2": Interview.Group.PROBATION, "2.3": Interview.Group.VICE}
NUMBER_OF = {group.value: number for number, group in ELEMENT_OF.items()} | {COMMUNITY: "2.4"}


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where the survey's elements stand, from dated records; at most fifteen queries."""
    counts = {count.code: count for count in groups(case, today=today)}
    set_aside = set(
        ElementMark.objects.for_case(case).filter(element__in=NUMBER_OF.values()).values_list("element", flat=True)
    )
    found = {number: _group_progress(counts[group.value]) for number, group in ELEMENT_OF.items()}
    found["2.4"] = _community_progress(counts[COMMUNITY])
    return {"2.0": _goal_progress(list(counts.values()), set_aside), **found, "2.5": _list_progress(case, today)}


def _goal_progress(counts: list[GroupCount], set_aside: set[str]) -> Progress:
    """Every group has answered, or the reason why not stands on record."""
    answered = [count for count in counts if count.answered]
    aside = [count for count in counts if not count.answered and NUMBER_OF[count.code] in set_aside]
    fact = f"{len(answered)} of {len(counts)} groups answered" + (f", {len(aside)} set aside" if aside else "")
    left = len(counts) - len(answered) - len(aside)
    if answered and not left:
        return Progress(State.DONE, fact, done_on=max(count.last_on for count in answered if count.last_on))
    todo = f"Survey the {left} group{'s' * (left > 1)} not yet asked" if left else "Survey at least one group"
    return Progress(State.UNDER_WAY if answered else State.MISSING, fact if answered else "", todo=todo)


def _group_progress(count: GroupCount) -> Progress:
    fact = f"{count.answered} answer{'s' * (count.answered != 1)}"
    fact += f", {count.waiting} waiting" if count.waiting else ""
    fact += f", {count.declined} declined" if count.declined else ""
    if count.is_complete:
        return Progress(State.DONE, fact, done_on=count.last_on)
    if count.due:
        todo = f"Remind {count.due} of the {count.label.lower()}"
        return Progress(State.LATE, fact, todo=todo, url_name="survey:campaign")
    if count.waiting:
        todo = f"Bring in {count.waiting} answer{'s' * (count.waiting > 1)} from {count.label.lower()}"
        return Progress(State.UNDER_WAY, fact, todo=todo, url_name="survey:campaign")
    return Progress(State.MISSING, todo=f"Survey {count.label.lower()}")


def _community_progress(count: GroupCount) -> Progress:
    if not count.answered:
        return Progress(State.MISSING, todo=f"Survey {count.label.lower()}")
    words = f"{count.answered} repl{'y' if count.answered == 1 else 'ies'}"
    return Progress(State.DONE, words, done_on=count.last_on)


def _list_progress(case: MarketCase, today: date) -> Progress:
    named = Player.objects.for_case(case)
    total = named.count()
    if not total:
        return Progress(State.MISSING, todo="Put the names of the survey on the list")
    fact = f"{total} named"
    overdue = people.overdue(case, today=today).count()
    if overdue:
        todo = f"Look again at {overdue} overdue name{'s' * (overdue > 1)}"
        return Progress(State.LATE, fact, todo=todo, url_name="people:overdue")
    pairs = likeness.how_many(case)
    if pairs:
        todo = f"Look at {pairs} pair{'s' * (pairs > 1)} of entries that may be one person"
        return Progress(State.UNDER_WAY, fact, todo=todo, url_name="survey:duplicates")
    known = set(Nomination.objects.for_case(case).values_list("player_id", flat=True))
    without = sum(1 for pk in named.values_list("pk", flat=True) if pk not in known)
    if without:
        return Progress(State.UNDER_WAY, fact, todo=f"Record who named {without} on the list", url_name="survey:names")
    latest = named.aggregate(last=Max("created_at"))["last"]
    return Progress(State.DONE, fact, done_on=day_of(latest, case.time_zone), url_name="people:list")
