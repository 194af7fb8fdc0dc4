"""Where the elements of steps 3, 3a and 3b stand, read from dated records. Facts are counts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from dmi.cases.progress import Progress, State
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review import passage
from targeting.incident_review.board import BoardRow, Office, board, window_starts
from targeting.incident_review.models import (
    Criteria,
    FederalDecline,
    IntelligenceNote,
    PlayerReview,
    PoliceContact,
    RefinedList,
    ReviewSession,
    Roster,
)

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

RESEARCH = "research"
UNITS = {
    "narcotics or vice": ("narcotic", "vice", "drug"),
    "the street": ("street", "patrol", "beat", "district", "community"),
}
QUEUE, REFINED, BOARD = "incident_review:queue", "incident_review:refined", "incident_review:board"


def unit_of(line: str) -> str:
    """The unit of a line such as "Sgt. M. Penhale, Narcotics", in small letters."""
    return line.rpartition(",")[2].strip().casefold() if "," in line else ""


def missing_units(session: ReviewSession) -> list[str]:
    """Which of the two kinds of officers, narcotics and street, nobody present belongs to."""
    present = [unit_of(line) for line in session.officers]
    return [name for name, marks in UNITS.items() if not any(mark in unit for unit in present for mark in marks)]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the progress of step 3 is read from."""

    sessions: list[ReviewSession]
    stages: dict[str, int]
    reviews: int
    kinds: dict[str, int]
    with_timeline: int
    intelligence: int
    rows: list[BoardRow]
    roster: Roster | None
    criteria: Criteria | None
    decline: FederalDecline | None
    refined: RefinedList | None
    check_days: int

    @property
    def total(self) -> int:
        """Everybody named."""
        return sum(self.stages.values())

    @property
    def unread(self) -> int:
        """Named and not reviewed."""
        return self.stages.get(Stage.NAMED, 0)

    @property
    def kept(self) -> int:
        """Reviewed and not dropped."""
        return self.total - self.unread - self.stages.get(Stage.DROPPED, 0)

    @property
    def closed_on(self) -> date | None:
        """The day of the last closed review."""
        return max((session.held_on for session in self.sessions if session.closed_at), default=None)


def _numbers(case: MarketCase) -> Numbers:
    contacts = PoliceContact.objects.for_case(case).order_by()
    players = Player.objects.for_case(case)
    kept = players.exclude(stage__in=(Stage.NAMED, Stage.DROPPED))
    return Numbers(
        sessions=list(ReviewSession.objects.for_case(case)),
        stages=dict(players.order_by().values_list("stage").annotate(n=Count("pk"))),
        reviews=PlayerReview.objects.for_case(case).count(),
        kinds=dict(contacts.values_list("kind").annotate(n=Count("pk"))),
        with_timeline=kept.filter(contacts__isnull=False).distinct().count(),
        intelligence=IntelligenceNote.objects.for_case(case).count(),
        rows=board(case),
        roster=Roster.objects.for_case(case).first(),
        criteria=Criteria.objects.for_case(case).filter(fixed_at__isnull=False).first(),
        decline=FederalDecline.objects.for_case(case).filter(taken_back_on__isnull=True).first(),
        refined=RefinedList.objects.for_case(case).first(),
        check_days=passage.days(case),
    )


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where steps 3, 3a and 3b stand; thirty queries, whatever the length of the list."""
    n = _numbers(case)
    return _reviews(n) | _files(n) | _refined(n, window_starts(case, today), today) | _decided(n) | _roster(n, today)


def _reviews(n: Numbers) -> dict[str, Progress]:
    mixed = any(not missing_units(session) for session in n.sessions)
    research = any(unit_of(line) == RESEARCH for session in n.sessions for line in session.officers)
    if n.closed_on:
        held = Progress(State.DONE, f"{len(n.sessions)} held", done_on=n.closed_on, url_name=QUEUE)
    else:
        held = Progress(*_begun(n.sessions), todo="Hold and close an incident review", url_name=QUEUE)
    read = f"{n.unread} not reviewed" if n.unread else f"{n.reviews} reviewed"
    todo = f"Review {n.unread} name{'s' * (n.unread != 1)}" if n.unread else "Review the names of the survey"
    state = State.DONE if n.reviews and not n.unread else (State.UNDER_WAY if n.reviews else State.MISSING)
    by_person = Progress(state, read, done_on=n.closed_on if state == State.DONE else None, todo=todo, url_name=QUEUE)
    facilitate = "Have the research partner facilitate a review"
    both = "Bring narcotics and street officers to one review"
    return {
        "3.0": held,
        "3.1": _yes(research, n.closed_on, "Research present", facilitate, QUEUE),
        "3.2": _yes(mixed, n.closed_on, "Both units present", both, QUEUE),
        "3.3": by_person,
        "3.3a": by_person,
    }


def _begun(sessions: list[ReviewSession]) -> tuple[State, str]:
    return (State.UNDER_WAY, "Open") if sessions else (State.MISSING, "")


def _yes(is_so: bool, on: date | None, fact: str, todo: str, page: str = "") -> Progress:
    if is_so:
        return Progress(State.DONE, fact, done_on=on, url_name=page)
    return Progress(State.MISSING, todo=todo, url_name=page)


def _part(done: int, of: int, words: str, todo: str, page: str = "") -> Progress:
    """Done when every one of `of` has it; not started while there is nobody or nothing."""
    if not of or not done:
        return Progress(State.MISSING, f"0 of {of} {words}" if of else "", todo=todo, url_name=page)
    state = State.DONE if done >= of else State.UNDER_WAY
    return Progress(state, f"{done} of {of} {words}", todo="" if done >= of else todo, url_name=page)


def _files(n: Numbers) -> dict[str, Progress]:
    reports = n.kinds.get(PoliceContact.Kind.REPORT, 0)
    contacts = sum(n.kinds.values()) - reports
    return {
        "3.4": _part(n.with_timeline, n.kept, "with a timeline", "Put dated contacts on each timeline"),
        "3.4a": _yes(bool(contacts), None, f"{contacts} on file", "Add police contacts"),
        "3.4b": _yes(bool(reports), None, f"{reports} on file", "Add police reports"),
        "3.4c": _yes(bool(n.intelligence), None, f"{n.intelligence} on file", "Add graded intelligence"),
    }


def _refined(n: Numbers, since: date, today: date) -> dict[str, Progress]:
    waiting = n.stages.get(Stage.REVIEWED, 0)
    assessed = [row.assessment for row in n.rows if row.assessment]
    active = sum(1 for a in assessed if a.last_active_on and since <= a.last_active_on <= today)
    checked = sum(1 for a in assessed if a.pending_checked_on)
    based = sum(1 for a in assessed if a.level_basis)
    looked_up = sum(
        1
        for row in n.rows
        if row.assessment and (not row.has_violence or row.violence or row.assessment.violence_basis)
    )
    todo = "Answer the three questions about each person"
    everybody = len(n.rows) + waiting
    assess = f"Assess {waiting or everybody - active} reviewed" if everybody else todo
    return {
        "3a.0": _listed(n, _part(active, everybody, "active in the area", assess, REFINED)),
        "3a.1": _part(based, everybody, "with a level and its basis", todo, REFINED),
        "3a.2": _part(looked_up, everybody, "looked up", todo, REFINED),
        "3a.3": _part(checked, everybody, "dockets checked", "Check the dockets of each person", REFINED),
    }


def _listed(n: Numbers, active: Progress) -> Progress:
    """Everybody active is half of it; the list is done once it is fixed as a version."""
    if active.state != State.DONE:
        return active
    if n.refined is None:
        return Progress(State.UNDER_WAY, active.fact, todo="Fix the refined list", url_name=REFINED)
    fact = f"{active.fact}, version {n.refined.number}"
    return Progress(State.DONE, fact, done_on=n.refined.fixed_on, url_name=REFINED)


def _decided(n: Numbers) -> dict[str, Progress]:
    rows = n.rows
    local = sum(1 for row in rows if row.local or row.path)
    federal = sum(1 for row in rows if row.federal)
    left = sum(1 for row in rows if row.is_open)
    told = f"Decide {len(rows) - local} on the refined list" if rows else "Decide on the refined list"
    agreed = _part(
        len(rows) - left, len(rows), "agreed", f"Settle {left} not agreed" if left else "Decide with the police", BOARD
    )
    if left and agreed.state == State.UNDER_WAY:
        agreed = Progress(State.UNDER_WAY, f"{left} not decided", todo=f"Settle {left} not agreed", url_name=BOARD)
    return {
        "3b.0": _narrowed(n, _part(local, len(rows), "decided", told, BOARD)),
        "3b.1": _convened(n, local, federal, sum(1 for row in rows if row.waits_for_first_look(Office.FEDERAL))),
        "3b.2": agreed,
        "3b.2a": _handed_on(rows),
    }


def _narrowed(n: Numbers, decided: Progress) -> Progress:
    """Criteria come first; nothing is decided before they are fixed."""
    if n.criteria is None and n.rows:
        page = "incident_review:criteria"
        return Progress(State.MISSING, decided.fact, todo="Write and fix the criteria", url_name=page)
    return decided


def _convened(n: Numbers, local: int, federal: int, cards: int) -> Progress:
    """Both offices decided and the federal one has looked at every card, or it declined."""
    todo = "Decide with local and federal prosecutors"
    if local and n.decline is not None:
        fact = f"Local {local}, federal declined"
        return Progress(State.DONE, fact, done_on=n.decline.declined_on, url_name=BOARD)
    if cards and n.criteria is not None:
        looks = f"Look at {cards} card{'s' * (cards != 1)} and decide"
        return Progress(
            State.UNDER_WAY if local or federal else State.MISSING,
            f"Local {local}, federal {federal}" if local or federal else "",
            todo=f"Federal prosecutor: {cards} card{'s' * (cards != 1)} to look at", own_todo=looks,
            holder="federal_prosecutor", url_name=BOARD,
        )  # fmt: skip
    state = State.DONE if local and federal else (State.UNDER_WAY if local else State.MISSING)
    return Progress(state, f"Local {local}, federal {federal}" if local else "", todo=todo, url_name=BOARD)


def _handed_on(rows: list[BoardRow]) -> Progress:
    accused = [row for row in rows if row.player.stage in (Stage.PROSECUTE, Stage.CHARGED)]
    charged = [row for row in accused if row.hand_off and row.hand_off.is_charged]
    handed = sum(1 for row in accused if row.hand_off)
    page = "incident_review:tracker"
    if not handed:
        return Progress(State.MISSING, f"0 of {len(accused)} handed over" if accused else "",
                        todo="Hand over the cases of those prosecuted now", url_name=page)  # fmt: skip
    if len(charged) < len(accused):
        left = len(accused) - len(charged)
        return Progress(State.UNDER_WAY, f"{len(charged)} of {len(accused)} charged, {handed} handed over",
                        todo=f"Bring {left} case{'s' * (left != 1)} to a charge", url_name=page)  # fmt: skip
    day = max(row.hand_off.status_on for row in charged if row.hand_off)
    return Progress(State.DONE, f"{len(charged)} of {len(accused)} charged", done_on=day, url_name=page)


def _roster(n: Numbers, today: date) -> dict[str, Progress]:
    page = "incident_review:roster"
    candidates = [row for row in n.rows if row.player.stage == Stage.CANDIDATE]
    held_up = sum(1 for row in candidates if passage.standing(row.passage, today, n.check_days).holds_up)
    if n.roster is None:
        fact = f"Safe passage open for {held_up} of {len(candidates)}" if candidates and held_up else ""
        return {"3b.3": Progress(State.MISSING, fact, todo="Freeze the call-in list", url_name=page)}
    fact = f"{len(n.roster.numbers)} on the list"
    if n.roster.countersigned_at is None:
        todo = "Countersign the call-in list"
        return {"3b.3": Progress(State.UNDER_WAY, fact, todo=todo, holder="police", url_name=page)}
    signed_on = timezone.localtime(n.roster.countersigned_at).date()
    return {"3b.3": Progress(State.DONE, fact, done_on=signed_on, url_name=page)}
