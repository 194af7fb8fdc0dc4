"""Step 6 in an invented market: who matters to each candidate, pairs, safety, visits and what they promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from callin.outreach import actions as outreach
from callin.outreach import selectors
from callin.outreach.models import (
    FamilySearch,
    FollowUp,
    Influential,
    SafetyCheck,
    SafetyFlag,
    Tie,
    Visit,
    VisitingPair,
    VisitNeed,
)
from demo.names import Influential as Named
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.people.models import Player

OFFICERS, NEIGHBORS = ("lpenhale", "rdale"), ("bthorne", "jlinden")
LACKING, ORDERED, NO_PAIR, NOT_RELEASED = "E-20", "E-11", "E-21", "E-19"
VISITED = ("E-03", "E-04", "E-07", "E-09", "E-10", "E-11", "E-13", "E-14", "E-16")
PLANNED = ("E-17", "E-18")
# number, name, tie, relation, how they are reached
MORE = (
    ("E-04", "Father Anselm Hale-Quiroga", "spiritual", "Priest", "church"),
    ("E-09", "Della Marlowe", "family", "Mother", "home"),
    ("E-09", "Reggie Farnwood", "other", "Coach", "work"),
    ("E-10", "Marisol Quade", "friend", "Friend since school", "phone"),
    ("E-11", "Deacon Amos Fairleigh", "spiritual", "Deacon", "church"),
    ("E-13", "Tobias Wrenfield", "other", "Former teacher", "work"),
    ("E-14", "Pearl Oakhurst", "friend", "Neighbor", "home"),
    ("E-16", "Moira Ferris", "family", "Mother", "home"),
    ("E-16", "Elder Silas Combe", "spiritual", "Elder of the congregation", "church"),
    ("E-17", "Neve Harlan-Cole", "friend", "Friend", "phone"),
    ("E-18", "Minh Duvane", "family", "Father", "home"),
    ("E-18", "Hazel Brandt-Orr", "other", "Employer", "work"),
    ("E-19", "Sister Agnes Tolland", "spiritual", "Leader of the youth choir", "church"),
    ("E-20", "Ivy Wexford", "family", "Grandmother", "home"),
    ("E-21", "Otis Pemberly", "other", "Barber", "work"),
)
TIES = {"Boxing coach": Tie.OTHER, "Pastor": Tie.SPIRITUAL}
SAID = (
    "Had seen it coming and is glad somebody asks. Will talk to the candidate on Sunday.",
    "Listened to the end and asked whether it is a trap. We said: nobody is arrested there. Will think about it.",
    "Wants the selling to stop on these steps too. Comes if somebody drives.",
)


def add(
    case: MarketCase, team: dict[str, User], named: Sequence[Named], today: date, say: Callable[[str], None]
) -> None:
    """Two people for most candidates, one candidate short of one, one under a no-contact order; half are visited."""
    say(f"{case.name}: families are found and visited.")
    players = {player.number: player for player in selectors.called_in(case)}
    for row in named:
        if row.of_number in players:
            _known(players[row.of_number], row, team)
    for number, name, tie, relation, reached in MORE:
        if number in players:
            fields = {"full_name": name, "tie": tie, "relation": relation, "reached": reached, "trust": "some"}
            person = Influential(case=case, player=players[number], **fields)
            outreach.save_influential(influential=person, actor=team["coordinator"])
    for index, player in enumerate(players.values()):
        _carry(player, index, team, today)


def _known(player: Player, row: Named, team: dict[str, User]) -> None:
    person = Influential(
        case=player.case, player=player, full_name=row.full_name, relation=row.relation,
        tie=TIES.get(row.relation, Tie.FAMILY), trust="close", language=row.language, phone=row.phone,
        address=row.address, reached_note="evenings",
    )  # fmt: skip
    outreach.save_influential(influential=person, actor=team["coordinator"])


def _carry(player: Player, index: int, team: dict[str, User], today: date) -> None:
    """One candidate as far as the demo carries the visits."""
    lead = team["coordinator"]
    if player.number == LACKING:
        search = FamilySearch(
            case=player.case, player=player, tie=Tie.FRIEND, searched_on=today - timedelta(days=9),
            looked_in="School and the basketball court", found="Nobody the candidate still meets.",
        )  # fmt: skip
        outreach.record_search(search=search, actor=lead)
    if player.number == NO_PAIR:
        return
    pair = VisitingPair(
        case=player.case, player=player, officer=team[OFFICERS[index % 2]], neighbor=team[NEIGHBORS[index % 2]],
        visit_by=today + timedelta(days=index % 2),
    )  # fmt: skip
    pair = outreach.assign_pair(pair=pair, actor=lead)
    if player.number == NOT_RELEASED:
        return
    outreach.release_name(pair=pair, actor=team["prosecutor"])
    _reach(player, pair, index, team, today)


def _reach(player: Player, pair: VisitingPair, index: int, team: dict[str, User], today: date) -> None:
    """Safety is checked and the people are visited, or will be."""
    people = list(player.influentials.order_by("created_at"))
    if player.number == ORDERED:
        _order(people.pop(0), today, team)
    for place, person in enumerate(people):
        if player.number in (*VISITED, *PLANNED, LACKING):
            _check(person, today, team)
        if player.number in VISITED and place == 0:
            _visit(person, pair, index, today)
        elif player.number in (*VISITED[:3], *PLANNED):
            _plan(person, pair, today + timedelta(days=index % 2), time(10 if index % 2 else 18, 30))


def _check(person: Influential, today: date, team: dict[str, User]) -> None:
    check = SafetyCheck(
        case=person.case, influential=person, checked_on=today - timedelta(days=8), pair_fits=True,
        looked_in="Court orders, services, and the pair themselves",
    )  # fmt: skip
    outreach.check_safety(check=check, actor=team["coordinator"])


def _order(person: Influential, today: date, team: dict[str, User]) -> None:
    flag = SafetyFlag(
        case=person.case, influential=person, kind=SafetyFlag.Kind.NO_CONTACT,
        source="District Court, Marlow County, order 26-PO-118",
        from_on=today - timedelta(days=120), until_on=today + timedelta(days=245),
    )  # fmt: skip
    outreach.raise_flag(flag=flag, actor=team["coordinator"])


def _plan(person: Influential, pair: VisitingPair, on: date, at: time) -> Visit:
    visit = Visit(
        case=person.case, influential=person, planned_on=on, planned_time=at, language=person.language,
        meet_at="New Hope Church, side door",
    )  # fmt: skip
    return outreach.plan_visit(visit=visit, actor=pair.neighbor)


def _visit(person: Influential, pair: VisitingPair, index: int, today: date) -> None:
    day = today - timedelta(days=2 + index % 5)
    visit = _plan(person, pair, day, time(18, 0))
    answer = ("yes", "maybe", "yes")[index % 3]
    visit.closed_on, visit.outcome, visit.will_come = day, Visit.Outcome.TALKED, answer
    visit.explained_goals = visit.asked_for_help = visit.asked_to_come = True
    visit.said = SAID[index % 3]
    visit.follow_up_on = today + timedelta(days=index % 2)
    outreach.record_visit(visit=visit, actor=pair.neighbor)
    if index % 3 == 2:
        need = VisitNeed(
            case=person.case, influential=person, kind=VisitNeed.Kind.RIDE, detail="From home and back",
            arranged_by=pair.neighbor.short_name, due_on=today + timedelta(days=1),
        )  # fmt: skip
        outreach.promise_need(need=need, actor=pair.neighbor)
    if index % 3 == 1:
        again = FollowUp(
            case=person.case, influential=person, contacted_on=today - timedelta(days=1), how=FollowUp.How.PHONE,
            will_come="yes", note="Has talked with the family. They come together.",
        )  # fmt: skip
        outreach.record_follow_up(follow_up=again, actor=pair.neighbor)
