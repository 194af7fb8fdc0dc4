"""Families of a candidate for tests: people, pair, safety, visits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from callin.outreach import actions
from callin.outreach.models import Influential, SafetyCheck, SafetyFlag, Visit, VisitingPair
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from tests.factories.notification import Eve

TODAY = timezone.localdate


def bare_candidate(eve: Eve, name: str = "Casey Brightwell") -> Player:
    """A candidate without any case work."""
    player = people.nominate(
        case=eve.case, actor=None, basis="Named by two officers.", full_name=name, birth_on=date(1998, 2, 3)
    )
    for stage in (Stage.REVIEWED, Stage.LISTED, Stage.CANDIDATE):
        player = people.advance(player=player, to=stage, actor=None)
    return Player.objects.for_case(eve.case).select_related("person", "case").get(pk=player.pk)


def influential(eve: Eve, player: Player, name: str = "Marian Brightwell", **given: Any) -> Influential:
    """Somebody the candidate listens to."""
    wanted = {"relation": "Mother", "phone": "555-0171", "address": "3 Elm Row"} | given
    person = Influential(case=eve.case, player=player, full_name=name, **wanted)
    return actions.save_influential(influential=person, actor=eve.coordinator)


def pair(eve: Eve, player: Player, *, is_released: bool = True, visit_by: date | None = None) -> VisitingPair:
    """Lee Penhale of the police and Nell Overton of the community visit."""
    made = VisitingPair(
        case=eve.case, player=player, officer=eve.police, neighbor=eve.community,
        visit_by=visit_by or TODAY() + timedelta(days=7),
    )  # fmt: skip
    made = actions.assign_pair(pair=made, actor=eve.coordinator)
    return actions.release_name(pair=made, actor=eve.prosecutor) if is_released else made


def check(eve: Eve, person: Influential, *, fits: bool = True) -> SafetyCheck:
    """Safety was looked at, for the pair that stands."""
    row = SafetyCheck(case=eve.case, influential=person, checked_on=TODAY(), looked_in="Court orders", pair_fits=fits)
    return actions.check_safety(check=row, actor=eve.coordinator)


def flag(eve: Eve, person: Influential, kind: str = "no-contact", **given: Any) -> SafetyFlag:
    """A reason against a visit."""
    wanted = {"source": "Order 26-PO-1", "from_on": TODAY(), "advice": "SECRETADVICE"} | given
    row = SafetyFlag(case=eve.case, influential=person, kind=kind, **wanted)
    return actions.raise_flag(flag=row, actor=eve.coordinator)


def planned(eve: Eve, person: Influential, on: date | None = None) -> Visit:
    """A visit that will be made."""
    visit = Visit(case=eve.case, influential=person, planned_on=on or TODAY() + timedelta(days=1))
    return actions.plan_visit(visit=visit, actor=eve.community)


def talked(eve: Eve, person: Influential, answer: str = "yes", **given: Any) -> Visit:
    """A visit at which they talked."""
    visit = planned(eve, person, TODAY())
    visit.closed_on, visit.outcome, visit.will_come = TODAY(), "talked", answer
    visit.explained_goals = visit.asked_for_help = visit.asked_to_come = True
    visit.said = "WORDSOFTHEVISIT"
    for name, value in given.items():
        setattr(visit, name, value)
    return actions.record_visit(visit=visit, actor=eve.community)


def ready(eve: Eve, name: str = "Casey Brightwell") -> tuple[Player, Influential]:
    """A candidate with a released pair and one person safe to visit."""
    player = bare_candidate(eve, name)
    pair(eve, player)
    person = influential(eve, player)
    check(eve, person)
    return player, person
