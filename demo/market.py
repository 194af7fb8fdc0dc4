"""The invented city's two markets, carried through the process as far as the steps are built."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from demo import (
    accounts,
    casework,
    extras,
    links,
    mapping,
    mobilization,
    outreach,
    planning,
    review,
    survey,
    targeting,
    undercover,
)
from demo.city import City, Market, build
from demo.names import Cast, InventedPerson, cast
from dmi.accounts.models import User
from dmi.audit import triggers
from dmi.cases import actions as cases
from dmi.cases import gates, seats, steps
from dmi.cases.models import MarketCase

Say = Callable[[str], None]
NO_SEAT = {"administrator"}


def _quiet(text: str) -> None:
    sys.stderr.write(text + "\n")


def empty() -> None:
    """Every table is emptied; only the tables' owner can, and only for an invented city."""
    if MarketCase.objects.filter(is_invented=False).exists():
        raise RuntimeError("A real market is stored here; the demo never empties it.")
    with triggers.maintenance():
        call_command("flush", interactive=False, verbosity=0)


def make(*, today: date, say: Say = _quiet) -> None:
    """Both markets, with their team, in one transaction; then Eastgate's cases, whose pictures are made in jobs."""
    city = build(today=today)
    people = cast(city, today=today)
    with transaction.atomic():
        say("The team signs up.")
        team = make_team(people, today)
        say("Eastgate is opened.")
        eastgate = open_market(city, city.eastgate, people, team)
        eastgate = mapping.add(eastgate, city.eastgate, team, city=city, say=say, full=True)
        carry(eastgate, team, people.eastgate, today, say)
        review.add(eastgate, team, today)
        extras.add(eastgate, team, city=city, today=today, say=say)
        mobilization.add(eastgate, team, today)
        survey.add(eastgate, team, people.eastgate, today, say)
        pass_gates(eastgate, team, "planning", "targeting", "community")
        say("Millbrook is opened.")
        millbrook = open_market(city, city.millbrook, people, team)
        millbrook = mapping.add(millbrook, city.millbrook, team, city=city, say=say, full=False)
        carry(millbrook, team, people.millbrook, today, say)
        survey.add(millbrook, team, people.millbrook, today, say, is_finished=True)
        pass_gates(millbrook, team, "planning", "targeting", "community")
    with transaction.atomic():
        links.add(eastgate, team, today, say)
    casework.add(eastgate, team, today, say)
    undercover.enrich(eastgate, team, today, say)
    undercover.begin(millbrook, team, today, say)
    with transaction.atomic():
        outreach.add(eastgate, team, people.influentials, today, say)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_team(people: Cast, today: date) -> dict[str, User]:
    """All accounts; the first holder of each seat by seat, everybody else by username."""
    found: dict[str, User] = {}
    for member in people.team:
        user = accounts.make_user(member, today)
        found.setdefault(member.seat, user)
        found[member.username] = user
    return found


def open_market(city: City, market: Market, people: Cast, team: dict[str, User]) -> MarketCase:
    """The market is opened and everybody sits down."""
    lead = team["coordinator"]
    case = cases.open_case(
        actor=lead,
        slug=market.slug,
        name=market.name,
        city_name=city.name,
        number_prefix=market.prefix,
        is_invented=True,
        time_zone=city.time_zone,
    )
    for member in people.team:
        if member.seat not in NO_SEAT:
            seats.give_seat(case=case, user=team[member.username], role=member.seat, actor=None)
    case.call_in_at = market.call_in_at
    case.call_in_place, case.call_in_address = market.call_in_place, market.call_in_address
    case.deadline_at = market.call_in_at + timedelta(hours=72)
    return cases.set_call_in(case=case, actor=lead)


def carry(case: MarketCase, team: dict[str, User], persons: list[InventedPerson], today: date, say: Say) -> None:
    """Planning, survey and review of one market."""
    say(f"{case.name}: team and SWOT.")
    planning.fill_team(case, team, today)
    planning.fill_board(case, team, today)
    say(f"{case.name}: survey of {len(persons)} names.")
    targeting.survey_market(case, team, persons, today)
    say(f"{case.name}: review and decisions.")
    targeting.review_market(case, team, persons, today)


def pass_gates(case: MarketCase, team: dict[str, User], *phases: str) -> MarketCase:
    """The gates of these phases are passed, with what was open written down by their owners."""
    for phase in phases:
        gate = gates.GATES[phase]
        open_now = gates.open_elements(case, gate, steps.collect(case, timezone.localdate()))
        missing = [element.number for element in open_now]
        gates.decide(
            case=case,
            gate=gate,
            outcome="overridden" if missing else "passed",
            reason="The team goes on; what is open is written down here.",
            missing=missing,
            seats=frozenset({gate.owner}),
            actor=team[gate.owner],
        )
        case.refresh_from_db()
    return case
