"""Lists with 1,000 people and 100,000 lines of the log, a search among 100,000 people (rows 18 to 22)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user

from bench import fill, visitors
from bench.measure import AT_MOST, Row, compared, paired, told
from dmi.audit.models import AuditEvent
from dmi.audit.selectors import shown
from dmi.cases.models import MarketCase
from dmi.people import selectors as people
from dmi.people.models import Player

PAGE = 50


def run(*, quick: bool) -> list[Row]:
    """Fill the tables, then measure each way of reading them beside its reference."""
    case, times = visitors.market(), 5 if quick else 9
    fill.people(case)
    fill.lines(case, fill.LINES // 10 if quick else fill.LINES)
    acts: list[Callable[[MarketCase, int], list[Row]]] = [_page, _deep, _search, _rights]
    found = [row for act in acts for row in act(case, times)]
    crowd = fill.CROWD // 10 if quick else fill.CROWD
    fill.people(case, crowd, start=fill.PEOPLE)
    return found + _search(case, times, crowd)


def _page(case: MarketCase, times: int) -> list[Row]:
    """A page of players with their persons, against bare rows, and against what a first draft would do."""
    today = timezone.localdate()

    def ours() -> list[Any]:
        rows = people.shown(people.players(case))[:PAGE]
        return [(p.number, p.person.full_name, p.person.aliases, p.stage, p.stage_since) for p in rows]

    def bare() -> list[Any]:
        rows = Player.objects.for_case(case).filter(review_by__gte=today).order_by("number")
        return list(rows.values("number", "person__full_name", "person__aliases", "stage", "stage_since")[:PAGE])

    user = visitors.members("coordinator")[0]

    def draft() -> list[Any]:
        rows = Player.objects.for_case(case).filter(review_by__gte=today).order_by("number")[:PAGE]
        return [
            (p.number, p.person.full_name, p.history.first(), user.has_perm("cases.coordinator", p.case)) for p in rows
        ]

    floor, naive = paired(ours, bare, times), paired(ours, draft, times)
    return [
        Row("18", f"page of {PAGE} players", told(floor.ours), f".values(): {told(floor.reference)}", floor.share,
            AT_MOST, 2, f"ours as a part of it, median of {times}; last change shown"),
        compared("19", f"page of {PAGE} players", "a query a row for person, history and right", naive, goal=25),
    ]  # fmt: skip


def _deep(case: MarketCase, times: int) -> list[Row]:
    """The last page of the log: stepping from the line before, against counting all lines before it."""
    events = AuditEvent.objects.for_case(case).select_related("actor")
    number = events.count() // PAGE - 1
    last = events.order_by("id")[PAGE * 2 : PAGE * 2 + 1].get().pk
    pair = paired(
        lambda: list(shown(events).filter(pk__lt=last).order_by("-id")[: PAGE + 1]),
        lambda: list(Paginator(events.order_by("-id"), PAGE).page(number)),
        times,
    )
    return [compared("20", f"page {number:,} of the log", "count and OFFSET", pair, goal=20)]


def _search(case: MarketCase, times: int, among: int = fill.PEOPLE) -> list[Row]:
    """Finding one person by name, and by a name with two letters the wrong way round; the goal is for a crowd."""
    name = Player.objects.for_case(case).filter(number="Z-500").values_list("person__full_name", flat=True).get()
    wrong = f"{name[0]}{name[2]}{name[1]}{name[3:]}"
    naive = Player.objects.for_case(case).select_related("person").filter(person__full_name__icontains=name)
    reference, goal = partial(_first, naive), 12 if among > fill.PEOPLE else None
    found = paired(partial(_first, people.find(case, name)), reference, times)
    spelled = paired(partial(_first, people.alike(case, wrong)), reference, times)
    return [
        compared("21", f"name among {among:,} people", "icontains", found, goal=goal,
                 note="ours looks at street names, addresses and numbers too"),
        compared("21", f"misspelled, among {among:,}", "icontains of the right name", spelled,
                 note="asked only when nothing is found"),
    ]  # fmt: skip


def _first(rows: Any) -> Any:
    found = list(rows[:PAGE])
    assert found
    return found


def _rights(case: MarketCase, times: int) -> list[Row]:
    """The people a member may see: by the case's scope, against a row of rights for each object."""
    user = visitors.members("police")[0]
    _grant_each(user, case)
    everyone = Player.objects.for_case(case)
    granted = get_objects_for_user(user, "people.view_player", klass=everyone, use_groups=True)
    assert set(granted.values_list("pk")) == set(everyone.values_list("pk"))
    pair = paired(lambda: list(everyone[:PAGE]), lambda: list(granted[:PAGE]), times)
    return [
        compared(
            "22", f"{PAGE} of {fill.PEOPLE:,} people by right", "guardian, a row each", pair, goal=4, note="same rows"
        )
    ]


def _grant_each(user: Any, case: MarketCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
               SELECT p.id::text, t.id, a.id, %s FROM people_player p, django_content_type t, auth_permission a
               WHERE p.case_id = %s AND t.app_label = 'people' AND t.model = 'player'
                 AND a.content_type_id = t.id AND a.codename = 'view_player'""",
            [user.pk, case.pk],
        )
        cursor.execute("ANALYZE guardian_userobjectpermission")
