"""The board of step 3b: a row for each player under decision, with what each office says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count, Max, Q

from dmi.cases import selectors as cases
from dmi.core.dates import day_of
from dmi.people import selectors as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review.models import (
    Assessment,
    Choice,
    FirstPass,
    HandOff,
    PendingCharge,
    PoliceContact,
    PoliceRecommendation,
    ProsecutorDecision,
    SafePassage,
    SeparatePath,
    ViolenceEntry,
)
from targeting.survey import selectors as survey

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase, TeamPolicy

Office = ProsecutorDecision.Office
UNDER_DECISION = (Stage.LISTED, Stage.CANDIDATE, Stage.PROSECUTE, Stage.HELD)
BEYOND = (Stage.INVITED, Stage.NOTIFIED, Stage.VIOLATED, Stage.ARRESTED, Stage.CHARGED)
SEEN = PoliceContact.Kind.SIGHTING, PoliceContact.Kind.FIELD, PoliceContact.Kind.ARREST
STAGE_OF = {
    Choice.CALL_IN: Stage.CANDIDATE,
    Choice.PROSECUTE: Stage.PROSECUTE,
    Choice.HOLD: Stage.HELD,
    Choice.DROP: Stage.DROPPED,
}
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One player: the answers of step 3a, the police's recommendation, the prosecutors' decisions.

    `sources` and `records` say how much there is: independent sources of the survey, contacts and reports on file.
    """

    player: Player
    assessment: Assessment | None
    police: PoliceRecommendation | None
    local: ProsecutorDecision | None
    federal: ProsecutorDecision | None
    charges: int
    last_seen: date | None
    sources: int = 0
    records: int = 0
    violence: tuple[ViolenceEntry, ...] = ()
    passage: SafePassage | None = None
    passes: dict[str, FirstPass] = field(default_factory=dict)
    path: SeparatePath | None = None
    hand_off: HandOff | None = None

    @property
    def outcome(self) -> str:
        """ "agree", "differ", or "open" while the police or the local prosecutor have not spoken."""
        if self.police is None or self.local is None:
            return "open"
        return "agree" if self.police.choice == self.local.choice else "differ"

    @property
    def federal_differs(self) -> bool:
        """Whether the federal prosecutor has chosen otherwise than the local one."""
        return self.federal is not None and self.local is not None and self.federal.choice != self.local.choice

    @property
    def is_separate(self) -> bool:
        """Whether the player, under 18 or of unknown age, goes the separate way."""
        return not self.player.is_adult

    @property
    def is_open(self) -> bool:
        """Whether the list waits for this row: not standing where the offices want it, or one of them differs."""
        if self.player.stage not in UNDER_DECISION or (self.is_separate and self.path is not None):
            return False
        if self.local is None or self.outcome != "agree" or self.federal_differs:
            return True
        return STAGE_OF[Choice(self.local.choice)] != self.player.stage

    @property
    def list_letter(self) -> str:
        """A (prosecute now), B (call-in) or ? by where the player stands."""
        if self.player.stage in (Stage.PROSECUTE, Stage.CHARGED):
            return "A"
        return "?" if self.player.stage in (Stage.HELD, Stage.LISTED) else "B"

    @property
    def has_violence(self) -> bool:
        """Whether step 3a found any history of violence."""
        return self.assessment is not None and self.assessment.violence != Assessment.Violence.NONE

    @property
    def has_gun(self) -> bool:
        """Whether a line of the history says a gun was involved."""
        return any(entry.with_gun for entry in self.violence)

    def decision_of(self, office: str) -> ProsecutorDecision | None:
        """What that office decided."""
        return self.local if office == Office.LOCAL else self.federal

    def waits_for_first_look(self, office: str) -> bool:
        """Whether that office has neither looked at the card without the name nor skipped it."""
        return office not in self.passes and self.player.stage in UNDER_DECISION


def board(case: MarketCase) -> list[BoardRow]:
    """Every player under decision or beyond, by number; twelve queries whatever the length."""
    players = list(people.players(case).at(*UNDER_DECISION, *BEYOND).order_by("number"))
    read = _Reading(case, players)
    return [_row(player, read) for player in players]


class _Reading:
    """What the board is put together from, read once for all players."""

    def __init__(self, case: MarketCase, players: list[Player]) -> None:
        about: dict[str, Any] = {"player__in": players}
        assessments = list(Assessment.objects.for_case(case).filter(**about).select_related("activity_contact"))
        for assessment in assessments:
            assessment.case = case
        self.assessments = _one(assessments)
        self.police = _one(PoliceRecommendation.objects.for_case(case).filter(**about).select_related("updated_by"))
        decisions = ProsecutorDecision.objects.for_case(case).filter(**about).select_related("updated_by")
        self.decisions = {(d.player_id, d.office): d for d in decisions}
        charges = PendingCharge.objects.for_case(case).filter(**about).order_by()
        self.charges = dict(charges.values_list("player").annotate(n=Count("pk")))
        contacts = PoliceContact.objects.for_case(case).filter(is_juvenile=False, **about).order_by().values("player")
        on_file = list(contacts.annotate(n=Count("pk"), last=Max("happened_at", filter=Q(kind__in=SEEN))))
        self.records = {row["player"]: row["n"] for row in on_file}
        self.seen = {row["player"]: row["last"] for row in on_file if row["last"]}
        self.sources = survey.sources_by_player(case)
        adult = ViolenceEntry.objects.for_case(case).filter(is_juvenile=False, **about)
        self.violence = _many(adult.exclude(kind=ViolenceEntry.Kind.INTELLIGENCE))
        self.passages = _one(reversed(SafePassage.objects.for_case(case).filter(**about).select_related("created_by")))
        self.passes = _many(FirstPass.objects.for_case(case).filter(**about).select_related("created_by"))
        self.paths = _one(SeparatePath.objects.for_case(case).filter(**about))
        self.hand_offs = _one(HandOff.objects.for_case(case).filter(**about))


def _one(records: Iterable[Record]) -> dict[Any, Record]:
    """The last of the records for each player."""
    return {record.player_id: record for record in records}  # type: ignore[attr-defined]


def _many(records: Iterable[Record]) -> dict[Any, tuple[Record, ...]]:
    found: dict[Any, list[Record]] = defaultdict(list)
    for record in records:
        found[record.player_id].append(record)  # type: ignore[attr-defined]
    return {pk: tuple(rows) for pk, rows in found.items()}


def _row(player: Player, read: _Reading) -> BoardRow:
    pk = player.pk
    return BoardRow(
        player=player,
        assessment=read.assessments.get(pk),
        police=read.police.get(pk),
        local=read.decisions.get((pk, Office.LOCAL)),
        federal=read.decisions.get((pk, Office.FEDERAL)),
        charges=read.charges.get(pk, 0),
        last_seen=day_of(read.seen[pk]) if pk in read.seen else None,
        sources=read.sources.get(pk, 0),
        records=read.records.get(pk, 0),
        violence=read.violence.get(pk, ()),
        passage=read.passages.get(pk),
        passes={look.office: look for look in read.passes.get(pk, ())},
        path=read.paths.get(pk),
        hand_off=read.hand_offs.get(pk),
    )


def is_active(assessment: Assessment, today: date, since: date | None = None) -> bool:
    """Whether the activity on file lies within the team's window and, where its place is known, inside the area.

    `since` is the window's first day, where the asker has looked it up already for many.
    """
    last, shown = assessment.last_active_on, assessment.activity_contact
    if shown is not None and shown.is_shown_in(assessment.case.target_area) is False:
        return False
    if last is None:
        return False
    return (since or window_starts(assessment.case, today)) <= last <= today


def window_starts(case: MarketCase, today: date, policy: TeamPolicy | None = None) -> date:
    """The first day on which activity counts as current; `policy` where the asker has read it for many."""
    return today - timedelta(days=(policy or cases.policy_of(case)).activity_window_days)
