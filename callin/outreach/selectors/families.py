"""The people around each candidate, and which reader may meet them: row by row what the access policy calls "own"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from callin.outreach.models import (
    Answer,
    CallInLetter,
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
from dmi.cases import selectors as cases
from dmi.people import selectors as people
from dmi.people.models import PlayerQuerySet

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase
    from dmi.people.models import Player

OFFICE = frozenset({"coordinator", "prosecutor"})
SETTLED = (Visit.Outcome.TALKED, Visit.Outcome.DECLINED)


@dataclass
class Known:
    """One influential person with everything recorded about contact with him or her."""

    person: Influential
    pair: VisitingPair | None
    today: date
    checks: list[SafetyCheck] = field(default_factory=list)
    flags: list[SafetyFlag] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    needs: list[VisitNeed] = field(default_factory=list)

    @property
    def holding(self) -> list[SafetyFlag]:
        """The flags in force."""
        return [flag for flag in self.flags if flag.holds_on(self.today)]

    @property
    def is_stopped(self) -> bool:
        """Whether nobody may contact the person now."""
        return any(flag.stops_contact for flag in self.holding)

    @property
    def check(self) -> SafetyCheck | None:
        """The newest safety check, if it was made for the pair that visits now."""
        newest = self.checks[0] if self.checks else None
        if newest is None or self.pair is None:
            return None
        is_same = (newest.officer_id, newest.neighbor_id) == (self.pair.officer_id, self.pair.neighbor_id)
        return newest if is_same else None

    @property
    def barred_because(self) -> str:
        """Why no visit can be planned now; empty when one can."""
        if self.is_stopped:
            return "Stop: no contact"
        if self.pair is None:
            return "No visiting pair yet"
        if self.pair.released_at is None:
            return "Name not released to the pair"
        if self.check is None:
            return "Safety not checked"
        return "" if self.check.pair_fits else "Another pair is needed"

    @property
    def open_visit(self) -> Visit | None:
        """The visit that is planned and not closed."""
        return next((visit for visit in self.visits if not visit.outcome), None)

    @property
    def closed(self) -> list[Visit]:
        """Visits with an outcome, newest first."""
        return sorted((v for v in self.visits if v.outcome), key=lambda v: (v.closed_on, v.created_at), reverse=True)

    @property
    def is_visited(self) -> bool:
        """Whether a pair met the person, whatever he or she said."""
        return any(visit.outcome in SETTLED for visit in self.visits)

    @property
    def answer(self) -> str:
        """The newest answer to the question whether they come, in words; empty when there is none."""
        given = [(v.closed_on, v.created_at, v.will_come) for v in self.visits if v.will_come]
        given += [(f.contacted_on, f.created_at, f.will_come) for f in self.follow_ups if f.will_come]
        return Answer(max(given)[2]).label if given else ""

    @property
    def follow_up_due(self) -> date | None:
        """The day by which to contact them again, while nobody has."""
        last = self.closed[0] if self.closed else None
        if last is None or last.closed_on is None or last.follow_up_on is None or self.is_stopped:
            return None
        day = last.closed_on
        is_done = any(row.contacted_on > day or row.created_at > last.updated_at for row in self.follow_ups)
        return None if is_done or self.open_visit else last.follow_up_on

    @property
    def is_untouched(self) -> bool:
        """Whether nothing hangs on the entry yet, so that a mistake can still be removed."""
        return not (self.checks or self.flags or self.visits or self.follow_ups or self.needs)

    @property
    def open_needs(self) -> list[VisitNeed]:
        """What was promised and is not arranged yet."""
        return [need for need in self.needs if need.met_on is None]


@dataclass
class Circle:
    """One candidate with the people around him or her, the pair, the searches and the letter."""

    player: Player
    required: int
    today: date
    pair: VisitingPair | None = None
    people: list[Known] = field(default_factory=list)
    searches: list[FamilySearch] = field(default_factory=list)
    letter: CallInLetter | None = None

    @property
    def looked_for(self) -> set[str]:
        """The kinds of tie somebody was found for or looked for."""
        return {row.person.tie for row in self.people} | {row.tie for row in self.searches}

    @property
    def coming(self) -> int:
        """How many of them will come."""
        return sum(row.answer == Answer.YES.label for row in self.people)

    @property
    def is_complete(self) -> bool:
        """Whether there are as many people as the team asks for, or each kind was looked for."""
        return len(self.people) >= self.required or self.looked_for >= set(Tie.values)

    @property
    def is_visited(self) -> bool:
        """Whether a pair met at least one of them."""
        return any(row.is_visited for row in self.people)

    @property
    def is_all_stopped(self) -> bool:
        """Whether there are people and none of them may be contacted."""
        return bool(self.people) and all(row.is_stopped for row in self.people)

    @property
    def next_on(self) -> date | None:
        """The day that comes first: a planned visit, a contact, something promised, or the first visit's last day."""
        days = [row.open_visit.planned_on for row in self.people if row.open_visit]
        days += [row.follow_up_due for row in self.people if row.follow_up_due]
        days += [need.due_on for row in self.people for need in row.open_needs]
        if self.pair and not self.is_visited and not self.is_all_stopped and not days:
            days.append(self.pair.visit_by)
        return min(days, default=None)

    @property
    def is_late(self) -> bool:
        """Whether that day has passed."""
        return self.next_on is not None and self.next_on < self.today

    @property
    def answers(self) -> list[str]:
        """How many answered what to the question whether they come, in words: "1 will come"."""
        given = [row.answer for row in self.people if row.answer]
        return [f"{given.count(words)} {words.lower()}" for words in Answer.labels if words in given]

    @property
    def state(self) -> str:
        """One word for the plan: what the candidate's family work waits for; a key of STATES."""
        if self.pair is None:
            return "pair"
        if self.pair.released_at is None:
            return "release"
        if not self.people or (self.is_all_stopped and not self.is_complete):
            return "people"
        if any(row.open_visit for row in self.people):
            return "planned"
        if self.is_visited:
            return "visited"
        return "stopped" if self.is_all_stopped else "plan"

    @property
    def missing(self) -> list[str]:
        """What is not done yet, in plain words, in the order of the work."""
        found = []
        if self.pair is None:
            found.append("No visiting pair is named")
        elif self.pair.released_at is None:
            found.append("The prosecutor has not released the name to the pair's neighbor")
        if not self.is_complete:
            found.append(f"{len(self.people)} of {self.required} influential people, and not each kind looked for")
        open_people = [row for row in self.people if not row.is_stopped]
        unchecked = sum(row.check is None for row in open_people)
        if self.pair and unchecked:
            found.append(f"Safety not checked for {unchecked}")
        if open_people and not self.is_visited:
            found.append("Nobody was visited yet")
        due = sum(row.follow_up_due is not None for row in self.people)
        if due:
            found.append(f"{due} to contact again")
        needs = sum(len(row.open_needs) for row in self.people)
        return [*found, f"{needs} promised and not arranged"] if needs else found


STATES = {
    "pair": "Needs a pair", "release": "Needs the release", "people": "Needs people", "plan": "To plan",
    "planned": "Visit planned", "visited": "Visited", "stopped": "No contact allowed",
}  # fmt: skip


def called_in(case: MarketCase) -> PlayerQuerySet:
    """Everybody on the call-in whose basis is in date, by number."""
    return people.players(case).on_the_call_in()


def in_pair_of(case: MarketCase, user: User, seats: frozenset[str]) -> PlayerQuerySet:
    """The candidates whose pair this person belongs to; a neighbor finds only those released to him or her (O3)."""
    mine = Q(pk__in=())
    if seats & {"police", "prosecutor"}:
        mine |= Q(visiting_pair__officer=user)
    if "community" in seats:
        mine |= Q(visiting_pair__neighbor=user, visiting_pair__released_at__isnull=False)
    return called_in(case).filter(mine)


def within_reach(case: MarketCase, user: User, can: frozenset[str], seats: frozenset[str]) -> PlayerQuerySet:
    """Candidates whose families this reader may meet: all for coordinator and prosecutor, else those of the pair."""
    if "influentials.view" in can and seats & OFFICE:
        return called_in(case)
    if {"influentials.view", "influentials.view_own"} & can:
        return in_pair_of(case, user, seats)
    return called_in(case).none()


def circles(case: MarketCase, players: Iterable[Player], today: date) -> list[Circle]:
    """Each of these candidates with everything around them; the same few queries however many there are."""
    required = cases.policy_of(case).influentials_required
    found = {player.pk: Circle(player, required, today) for player in players}
    mine = {"player__in": list(found)}
    for pair in VisitingPair.objects.for_case(case).filter(**mine).select_related("officer", "neighbor", "released_by"):
        found[pair.player_id].pair = pair
    for search in FamilySearch.objects.for_case(case).filter(**mine).select_related("created_by"):
        found[search.player_id].searches.append(search)
    for letter in CallInLetter.objects.for_case(case).filter(**mine).order_by("created_at"):
        found[letter.player_id].letter = letter
    rows = Influential.objects.for_case(case).filter(**mine).select_related("player").order_by("created_at")
    around = _around(case, [row.pk for row in rows])
    for row in rows:
        circle = found[row.player_id]
        circle.people.append(Known(row, circle.pair, today, **around[row.pk]))
    return list(found.values())


def _around(case: MarketCase, keys: list[Any]) -> dict[Any, dict[str, list[Any]]]:
    """What hangs on each influential person, by its key: checks, flags, visits, contacts, needs."""
    found: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    sources = (
        ("checks", SafetyCheck, ("created_by",)), ("flags", SafetyFlag, ("created_by",)),
        ("visits", Visit, ("officer", "neighbor")), ("follow_ups", FollowUp, ("created_by",)),
        ("needs", VisitNeed, ()),
    )  # fmt: skip
    for name, model, joined in sources:
        for row in model.objects.for_case(case).filter(influential__in=keys).select_related(*joined):
            found[row.influential_id][name].append(row)
    return found


def circle_of(player: Player, today: date) -> Circle:
    """One candidate with everything around."""
    return circles(player.case, [player], today)[0]


def known(influential: Influential, today: date) -> Known:
    """One influential person with everything recorded about contact."""
    circle = circle_of(influential.player, today)
    return next(row for row in circle.people if row.person.pk == influential.pk)
