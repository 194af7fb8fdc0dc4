"""Where the elements of steps 3, 3a and 3b stand, read from dated records. Facts are counts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count

from dmi.cases.progress import Progress, State
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review.board import BoardRow, board, window_starts
from targeting.incident_review.models import IntelligenceNote, PlayerReview, PoliceContact, ReviewSession, Roster

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

RESEARCH = "research"


def unit_of(line: str) -> str:
    """The unit of a line such as "Sgt. M. Penhale, Narcotics", in small letters."""
    return line.rpartition(",")[2].strip().casefold() if "," in line else ""


def units(session: ReviewSession) -> set[str]:
    """The police units present at a sitting."""
    return {unit_of(line) for line in session.officers} - {"", RESEARCH}


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
        """The day of the last closed sitting."""
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
    )


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where steps 3, 3a and 3b stand; fourteen queries."""
    n = _numbers(case)
    return _sittings(n) | _files(n) | _refined(n, window_starts(case, today), today) | _decided(n) | _roster(n)


def _sittings(n: Numbers) -> dict[str, Progress]:
    queue = "incident_review:queue"
    mixed = any(len(units(session)) > 1 for session in n.sessions)
    research = any(unit_of(line) == RESEARCH for session in n.sessions for line in session.officers)
    if n.closed_on:
        held = Progress(State.DONE, f"{len(n.sessions)} held", done_on=n.closed_on, url_name=queue)
    else:
        held = Progress(*_begun(n.sessions), todo="Hold and close an incident review", url_name=queue)
    read = f"{n.unread} not reviewed" if n.unread else f"{n.reviews} reviewed"
    todo = f"Review {n.unread} name{'s' * (n.unread != 1)}" if n.unread else "Review the names of the survey"
    state = State.DONE if n.reviews and not n.unread else (State.UNDER_WAY if n.reviews else State.MISSING)
    by_person = Progress(state, read, done_on=n.closed_on if state == State.DONE else None, todo=todo, url_name=queue)
    return {
        "3.0": held,
        "3.1": _yes(research, n.closed_on, "Research present", "Have the research partner facilitate a review", queue),
        "3.2": _yes(
            mixed, n.closed_on, "Both units present", "Bring narcotics and street officers to one review", queue
        ),
        "3.3": by_person,
        "3.3a": by_person,
    }


def _begun(sessions: list[ReviewSession]) -> tuple[State, str]:
    return (State.UNDER_WAY, "Open") if sessions else (State.MISSING, "")


def _yes(is_so: bool, on: date | None, fact: str, todo: str, page: str = "") -> Progress:
    return (
        Progress(State.DONE, fact, done_on=on, url_name=page)
        if is_so
        else Progress(State.MISSING, todo=todo, url_name=page)
    )


def _part(done: int, of: int, words: str, todo: str) -> Progress:
    """Done when every one of `of` has it; not started while there is nobody or nothing."""
    if not of or not done:
        return Progress(State.MISSING, f"0 of {of} {words}" if of else "", todo=todo)
    return Progress(
        State.DONE if done >= of else State.UNDER_WAY, f"{done} of {of} {words}", todo="" if done >= of else todo
    )


def _files(n: Numbers) -> dict[str, Progress]:
    reports = n.kinds.get(PoliceContact.Kind.REPORT, 0)
    contacts = sum(n.kinds.values()) - reports
    return {
        "3.4": _part(n.with_timeline, n.kept, "with a timeline", "Put dated contacts on each timeline"),
        "3.4a": _yes(bool(contacts), None, f"{contacts} on file", "Add police contacts"),
        "3.4b": _yes(bool(reports), None, f"{reports} on file", "Add police reports"),
        "3.4c": _yes(bool(n.intelligence), None, f"{n.intelligence} on file", "Add graded intelligence"),
        "3.5": Progress(State.NOT_YET, "Not yet available"),
    }


def _refined(n: Numbers, since: date, today: date) -> dict[str, Progress]:
    waiting = n.stages.get(Stage.REVIEWED, 0)
    rows = n.rows
    assessed = [row.assessment for row in rows if row.assessment]
    active = sum(1 for a in assessed if a.last_active_on and since <= a.last_active_on <= today)
    checked = sum(1 for a in assessed if a.pending_checked_on)
    todo = "Answer the three questions about each person"
    everybody = len(rows) + waiting
    return {
        "3a.0": _part(
            active,
            everybody,
            "active in the area",
            f"Assess {waiting or everybody - active} reviewed" if everybody else todo,
        ),
        "3a.1": _part(len(assessed), everybody, "with a level", todo),
        "3a.2": _part(len(assessed), everybody, "looked up", todo),
        "3a.3": _part(checked, everybody, "dockets checked", "Check the dockets of each person"),
    }


def _decided(n: Numbers) -> dict[str, Progress]:
    rows = n.rows
    local = sum(1 for row in rows if row.local)
    federal = sum(1 for row in rows if row.federal)
    left = sum(1 for row in rows if row.is_open)
    told = f"Decide {len(rows) - local} on the refined list" if rows else "Decide on the refined list"
    sat = State.DONE if local and federal else (State.UNDER_WAY if local else State.MISSING)
    accused = [row for row in rows if row.player.stage in (Stage.PROSECUTE, Stage.CHARGED)]
    charged = sum(1 for row in accused if row.charges or row.player.stage == Stage.CHARGED)
    agreed = _part(
        len(rows) - left, len(rows), "agreed", f"Settle {left} not agreed" if left else "Decide with the police"
    )
    if left and agreed.state == State.UNDER_WAY:
        agreed = Progress(State.UNDER_WAY, f"{left} not decided", todo=f"Settle {left} not agreed")
    return {
        "3b.0": _part(local, len(rows), "decided", told),
        "3b.1": Progress(
            sat, f"Local {local}, federal {federal}" if local else "", todo="Decide with local and federal prosecutors"
        ),
        "3b.2": agreed,
        "3b.2a": _part(charged, len(accused), "charged", "Charge those who are prosecuted now"),
    }


def _roster(n: Numbers) -> dict[str, Progress]:
    page = "incident_review:roster"
    if n.roster is None:
        return {"3b.3": Progress(State.MISSING, todo="Freeze the call-in list", url_name=page)}
    fact = f"{len(n.roster.numbers)} on the list"
    if n.roster.countersigned_at is None:
        return {
            "3b.3": Progress(State.UNDER_WAY, fact, todo="Countersign the call-in list", holder="police", url_name=page)
        }
    return {"3b.3": Progress(State.DONE, fact, done_on=n.roster.countersigned_at.date(), url_name=page)}
