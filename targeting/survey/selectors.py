"""Reading the survey: who was asked, whom they named, and how many independent sources name a player."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from dmi.cases.progress import Progress, State
from dmi.people import selectors as people
from dmi.people.models import Player
from targeting.survey.models import CommunityReply, Interview, Nomination

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

COMMUNITY = "community"
ELEMENT_OF = {"2.1": Interview.Group.STREET, "2.2": Interview.Group.PROBATION, "2.3": Interview.Group.VICE}


def nominations_of(player: Player) -> QuerySet[Nomination]:
    """Every time the player was named, oldest first, with its source."""
    return (
        Nomination.objects.for_case(player.case)
        .filter(player=player)
        .select_related("interview", "reply")
        .order_by("created_at")
    )


def independent_sources(player: Player) -> int:
    """How many independent sources name the player: each officer once, all residents together once and never alone."""
    return sources_by_player(player.case).get(player.pk, 0)


def sources_by_player(case: MarketCase) -> dict[UUID, int]:
    """Independent sources of every player somebody named, in one query; counted as in `independent_sources`."""
    officers: dict[UUID, set[str]] = {}
    residents: set[UUID] = set()
    rows = Nomination.objects.for_case(case).values_list("player_id", "interview__officer_name")
    for player_id, officer in rows:
        if officer is None:
            residents.add(player_id)
        else:
            officers.setdefault(player_id, set()).add(" ".join(officer.casefold().split()))
    return {
        player_id: len(officers[player_id]) + (player_id in residents) if player_id in officers else 0
        for player_id in officers.keys() | residents
    }


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One group that is asked: how many answered, the last day, how many names came of it."""

    code: str
    label: str
    answered: int
    last_on: date | None
    named: int


def groups(case: MarketCase) -> list[GroupCount]:
    """The four groups in order, each with its counts; four queries."""
    asked = {
        row["group"]: row
        for row in Interview.objects.for_case(case)
        .order_by()
        .values("group")
        .annotate(n=Count("pk"), last=Max("held_on"))
    }
    named = dict(
        Nomination.objects.for_case(case).filter(interview__isnull=False).order_by()
        .values_list("interview__group").annotate(n=Count("player", distinct=True))
    )  # fmt: skip
    found = []
    for group in Interview.Group:
        row = asked.get(group.value, {"n": 0, "last": None})
        found.append(GroupCount(group.value, group.label, row["n"], row["last"], named.get(group.value, 0)))
    return [*found, community_count(case)]


def community_count(case: MarketCase) -> GroupCount:
    """The residents' replies, counted."""
    replies = CommunityReply.objects.for_case(case).aggregate(n=Count("pk"), last=Max("received_on"))
    named = Nomination.objects.for_case(case).filter(reply__isnull=False).values("player").distinct().count()
    return GroupCount(COMMUNITY, "Community members", replies["n"], replies["last"], named)


def interviews(case: MarketCase, *, only_of: User | None = None) -> QuerySet[Interview]:
    """Interviews, newest first; with `only_of`, those this person recorded."""
    found = Interview.objects.for_case(case).annotate(named=Count("nominations"))
    return found.filter(created_by=only_of) if only_of is not None else found


def replies(case: MarketCase, *, only_of: User | None = None) -> QuerySet[CommunityReply]:
    """Community replies, newest first; with `only_of`, those this person handed in."""
    found = CommunityReply.objects.for_case(case).annotate(named=Count("nominations"))
    return found.filter(created_by=only_of) if only_of is not None else found


def alike(case: MarketCase, full_name: str) -> list[Player]:
    """Players whose name is nearly this one, the likest first; at most five."""
    persons = people.same_name(case, full_name)[:5]
    by_person = {
        p.person_id: p for p in Player.objects.for_case(case).filter(person__in=[*persons]).select_related("person")
    }
    return [by_person[person.pk] for person in persons if person.pk in by_person]


def same_person(case: MarketCase, full_name: str, birth_on: date | None) -> Player | None:
    """The one player of exactly this name whose date of birth does not speak against it; None if there are several."""
    found = [
        player
        for player in Player.objects.for_case(case)
        .filter(person__full_name__iexact=full_name.strip())
        .select_related("person")
        if birth_on is None or player.person.birth_on in (None, birth_on)
    ]
    return found[0] if len(found) == 1 else None


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where the survey's elements stand, from dated answers; seven queries."""
    counts = {count.code: count for count in groups(case)}
    found = {number: _group_progress(counts[group.value]) for number, group in ELEMENT_OF.items()}
    found["2.4"] = _group_progress(counts[COMMUNITY])
    return {"2.0": _goal_progress(list(counts.values())), **found, "2.5": _list_progress(case, today)}


def _goal_progress(counts: list[GroupCount]) -> Progress:
    answered = [count for count in counts if count.answered]
    fact = f"{len(answered)} of {len(counts)} groups answered"
    if len(answered) == len(counts):
        return Progress(State.DONE, fact, done_on=max(count.last_on for count in answered if count.last_on))
    left = len(counts) - len(answered)
    todo = f"Survey the {left} group{'s' * (left > 1)} not yet asked"
    return Progress(State.UNDER_WAY if answered else State.MISSING, fact if answered else "", todo=todo)


def _group_progress(count: GroupCount) -> Progress:
    what = "repl" if count.code == COMMUNITY else "answer"
    if count.answered:
        ending = ("y" if count.answered == 1 else "ies") if what == "repl" else "s" * (count.answered != 1)
        return Progress(State.DONE, f"{count.answered} {what}{ending}", done_on=count.last_on)
    return Progress(State.MISSING, todo=f"Survey {count.label.lower()}")


def _list_progress(case: MarketCase, today: date) -> Progress:
    total = Player.objects.for_case(case).count()
    overdue = people.overdue(case, today=today).count()
    if not total:
        return Progress(State.MISSING, todo="Put the names of the survey on the list")
    fact = f"{total} named"
    if overdue:
        return Progress(
            State.LATE,
            fact,
            todo=f"Look again at {overdue} overdue name{'s' * (overdue > 1)}",
            url_name="people:overdue",
        )
    without = Player.objects.for_case(case).filter(nominations__isnull=True).count()
    if without:
        return Progress(State.UNDER_WAY, fact, todo=f"Record who named {without} on the list")
    latest = Player.objects.for_case(case).aggregate(last=Max("created_at"))["last"]
    return Progress(State.DONE, fact, done_on=latest.date(), url_name="people:list")
