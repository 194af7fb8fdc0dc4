"""Reading step 5: the plan, who was asked, which meetings were held, and where the elements stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from community.mobilization.models import Audience, Engagement
from dmi.cases.progress import Progress, State
from dmi.directory.models import Contact
from dmi.meetings import selectors as meetings
from dmi.meetings.models import Meeting

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

PAGE, BOOK, MEETINGS = "mobilization:plan", "directory:list-contacts", "meetings:list-meetings"
SERIES = 2
NEEDED = (Audience.RESIDENTS, Audience.LEADERS, Audience.BUSINESSES, Audience.FAITH)
KIND_OF = {
    Audience.RESIDENTS: Contact.Kind.RESIDENT, Audience.LEADERS: Contact.Kind.LEADER,
    Audience.BUSINESSES: Contact.Kind.BUSINESS, Audience.FAITH: Contact.Kind.FAITH,
}  # fmt: skip
ASKED_OF = (("5.4", Audience.LEADERS), ("5.5", Audience.BUSINESSES), ("5.6", Audience.FAITH))
DONE = Q(done_on__isnull=False)


@dataclass(frozen=True, slots=True)
class Group:
    """One audience in figures: plan items, people in the contact book, how many were asked and said yes."""

    audience: Audience
    planned: int
    done: int
    known: int
    asked: int
    willing: int


def plan(case: MarketCase, audience: str = "") -> QuerySet[Engagement]:
    """What is open first, by its day; what is done below, the latest first."""
    found = Engagement.objects.for_case(case)
    if audience in Audience.values:
        found = found.filter(audience=audience)
    return found.order_by(F("done_on").desc(nulls_first=True), "due_on", "created_at")


def groups(case: MarketCase) -> list[Group]:
    """Each audience with its figures; two queries."""
    rows = Engagement.objects.for_case(case).order_by().values("audience")
    items = {row["audience"]: row for row in rows.annotate(planned=Count("pk"), done=Count("pk", filter=DONE))}
    book = Contact.objects.for_case(case).may_be_called().order_by().values("kind")
    was_asked = ~Q(answer=Contact.Answer.NOT_ASKED)
    counted = book.annotate(
        known=Count("pk"), asked=Count("pk", filter=was_asked), willing=Count("pk", filter=Q(answer="yes"))
    )
    people = {row["kind"]: row for row in counted}
    return [_group(audience, items, people) for audience in Audience]


def _group(audience: Audience, items: Mapping[str, Any], people: Mapping[str, Any]) -> Group:
    item = items.get(audience.value, {})
    known = people.get(KIND_OF[audience].value, {}) if audience in KIND_OF else {}
    return Group(
        audience, item.get("planned", 0), item.get("done", 0), known.get("known", 0), known.get("asked", 0),
        known.get("willing", 0),
    )  # fmt: skip


def held_in_area(case: MarketCase) -> int:
    """How many meetings with the community were held and have their minutes."""
    return meetings.held(case=case, now=timezone.now(), kind=Meeting.Kind.COMMUNITY).exclude(minutes="").count()


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where plan, people asked, meetings, briefing and the call-in's date stand; what is not recorded is left open."""
    found = {group.audience: group for group in groups(case)}
    rows = {"5.2": _plan_progress(case, found, today)}
    for number, audience in ASKED_OF:
        rows[number] = _asked(found[audience])
    return rows | {"5.7": _series(case), "5.8": _briefing(case), "5a.0": _date_and_place(case)}


def _plan_progress(case: MarketCase, found: dict[Audience, Group], today: date) -> Progress:
    covered = sum(found[audience].planned > 0 for audience in NEEDED)
    late = Engagement.objects.for_case(case).filter(done_on__isnull=True, due_on__lt=today).count()
    fact = f"{covered} of {len(NEEDED)} audiences have a plan"
    if late:
        todo = "Do what is late on the engagement plan, or give it a new day."
        return Progress(State.LATE, f"{late} late", holder="community", todo=todo, url_name=PAGE)
    todo = "Plan who reaches each audience, and by when."
    return _state(covered, len(NEEDED), fact=fact, todo=todo, page=PAGE)


def _asked(group: Group) -> Progress:
    words = group.audience.label.lower()
    fact = f"{group.asked} of {group.known} asked, {group.willing} said yes" if group.known else ""
    todo = f"Ask the {words} in the contact book." if group.known else f"Find {words} and put them in the contact book."
    return _state(group.asked, group.known, fact=fact, todo=todo, page=BOOK)


def _series(case: MarketCase) -> Progress:
    held = held_in_area(case)
    fact = f"{held} held with minutes" if held else ""
    todo = "Hold a series of meetings in the area, and write the minutes of each."
    return _state(min(held, SERIES), SERIES, fact=fact, todo=todo, page=MEETINGS)


def _briefing(case: MarketCase) -> Progress:
    last = meetings.held(case=case, now=timezone.now(), kind=Meeting.Kind.BRIEFING).first()
    if last is None:
        return Progress(State.MISSING, "", holder="coordinator", todo="Brief Mayor and Council.", url_name=MEETINGS)
    on = timezone.localdate(last.starts_at)
    return Progress(State.DONE, "Briefed", done_on=on, holder="coordinator", url_name=MEETINGS)


def _date_and_place(case: MarketCase) -> Progress:
    """Fixed is not done: the process asks that choices were compared, and no record of that is kept yet."""
    fixed = bool(case.call_in_at) + bool(case.call_in_place)
    fact = "Date and place fixed" if fixed == 2 else ""
    todo = "" if fixed == 2 else "Fix day, hour and room of the call-in."
    state = State.UNDER_WAY if fixed else State.MISSING
    return Progress(state, fact, holder="coordinator", todo=todo, url_name="cases:call-in")


def _state(done: int, total: int, *, fact: str, todo: str, page: str) -> Progress:
    state = State.DONE if total and done >= total else State.UNDER_WAY if done else State.MISSING
    return Progress(state, fact, holder="community", todo="" if state is State.DONE else todo, url_name=page)
