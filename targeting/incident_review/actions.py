"""Acts of the review: the sitting, the file of a player, what each office says, and the list for the call-in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import selectors as cases
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review import selectors, standing
from targeting.incident_review.models import (
    Assessment,
    Choice,
    IntelligenceNote,
    PendingCharge,
    PlayerReview,
    PoliceContact,
    PoliceRecommendation,
    ProsecutorDecision,
    ReviewSession,
    Roster,
)

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase
    from dmi.core.models import CaseRecord
    from targeting.incident_review.models import Opinion

NO_MINORS = (
    "{number} is under 18, or the age is not known, and cannot be chosen for the call-in. "
    "Enter the date of birth if the person is an adult; minors go the juvenile way."
)


class NoQuorum(Exception):
    """Fewer officers are present than the team's policy asks for."""


class Closed(Exception):
    """The sitting is closed; nothing more is reviewed in it."""


class NotInTheQueue(Exception):
    """The player does not stand where this step can be taken."""


class ListOpen(Exception):
    """The list cannot be frozen: somebody on it is not decided, or the offices differ."""


class NotByYou(Exception):
    """A second person must do this."""


@transaction.atomic
def start_session(
    *, case: MarketCase, actor: User | None, officers: Sequence[str], held_on: date | None = None, notes: str = ""
) -> ReviewSession:
    """A sitting is open; `officers` are lines such as "Sgt. M. Penhale, Narcotics". Raises NoQuorum."""
    present = [line.strip() for line in officers if line.strip()]
    quorum = cases.policy_of(case).review_quorum
    officers_present = [line for line in present if standing.unit_of(line) != standing.RESEARCH]
    if len(officers_present) < quorum:
        raise NoQuorum(
            f"The team's policy asks for {quorum} officers at a review; {len(officers_present)} are written down."
        )
    session = ReviewSession.objects.create_by(
        actor, case=case, held_on=held_on or timezone.localdate(), officers=present, notes=notes
    )
    _record(session, Verb.SITTING_OPENED, actor, officers=len(present))
    return session


@transaction.atomic
def close_session(*, session: ReviewSession, actor: User | None, notes: str = "") -> ReviewSession:
    """The sitting is closed with its minutes. Raises Closed."""
    _check_open(session)
    session.closed_at = timezone.now()
    session.notes = notes or session.notes
    session.save_by(actor)
    _record(session, Verb.SITTING_CLOSED, actor, reviewed=session.reviews.count())
    return session


@transaction.atomic
def review_player(
    *, session: ReviewSession, player: Player, outcome: str, reason: str, actor: User | None
) -> PlayerReview:
    """The sitting keeps the named player (now reviewed), drops the player, or asks for more (still named).

    Raises Closed, NotInTheQueue, ValidationError.
    """
    _check_open(session)
    player = _locked(player)
    if player.stage != Stage.NAMED:
        raise NotInTheQueue(f"{player.number} stands at “{player.get_stage_display()}” and is not in the queue.")
    review = PlayerReview.objects.create_by(
        actor, case=session.case, session=session, player=player, outcome=outcome, reason=reason.strip()
    )
    if outcome == PlayerReview.Outcome.KEEP:
        people.advance(player=player, to=Stage.REVIEWED, actor=actor, reason=reason)
    elif outcome == PlayerReview.Outcome.DROP:
        people.advance(player=player, to=Stage.DROPPED, actor=actor, reason=reason)
    _record(review, Verb.PLAYER_REVIEWED, actor, player=player.pk, outcome=str(outcome))
    return review


@transaction.atomic
def drop_player(*, player: Player, reason: str, actor: User | None) -> Player:
    """A reviewed player is found no longer active and leaves the list. Raises NotInTheQueue, people's ReasonMissing."""
    player = _locked(player)
    if player.stage != Stage.REVIEWED:
        raise NotInTheQueue(
            f"{player.number} stands at “{player.get_stage_display()}”; only both offices can change that."
        )
    return people.advance(player=player, to=Stage.DROPPED, actor=actor, reason=reason)


@transaction.atomic
def reopen_player(*, player: Player, reason: str, actor: User | None) -> Player:
    """A dropped player is under review again. Raises people's NotAllowedYet, ReasonMissing."""
    return people.advance(player=player, to=Stage.REVIEWED, actor=actor, reason=reason)


@transaction.atomic
def save_contact(*, contact: PoliceContact, actor: User | None) -> PoliceContact:
    """The police contact stands on the player's timeline as written. Raises ValidationError, StaleRecord."""
    contact.save_by(actor)
    _record(contact, Verb.CONTACT_RECORDED, actor, player=contact.player_id, kind=str(contact.kind))
    return contact


@transaction.atomic
def save_intelligence(*, note: IntelligenceNote, actor: User | None) -> IntelligenceNote:
    """The graded note is on file, apart from the timeline. Raises ValidationError, StaleRecord."""
    note.save_by(actor)
    _record(note, Verb.INTELLIGENCE_RECORDED, actor, player=note.player_id, grade=f"{note.reliability}{note.validity}")
    return note


@transaction.atomic
def save_charge(*, charge: PendingCharge, actor: User | None) -> PendingCharge:
    """The pending charge is on file. Raises ValidationError, StaleRecord."""
    charge.save_by(actor)
    _record(charge, Verb.CHARGE_RECORDED, actor, player=charge.player_id)
    return charge


@transaction.atomic
def save_assessment(*, assessment: Assessment, actor: User | None) -> Assessment:
    """The three questions are answered; a reviewed player seen active within the team's window is now listed.

    Raises ValidationError, StaleRecord.
    """
    assessment.save_by(actor)
    player = _locked(assessment.player)
    active = selectors.is_active(assessment, timezone.localdate())
    if player.stage == Stage.REVIEWED and active:
        people.advance(
            player=player, to=Stage.LISTED, actor=actor, reason="Active in the area within the team's window"
        )
    _record(assessment, Verb.PLAYER_ASSESSED, actor, player=player.pk, level=str(assessment.level), active=active)
    return assessment


@transaction.atomic
def recommend(*, player: Player, choice: str, reason_code: str, words: str, actor: User | None) -> PoliceRecommendation:
    """The police recommend what happens with the player; where the local prosecutor says the same, it is so.

    Raises NotInTheQueue, people's NotAnAdult and NotAllowedYet, ValidationError.
    """
    player = _decidable(player, choice)
    opinion = PoliceRecommendation.objects.for_case(player.case).filter(player=player).first()
    opinion = opinion or PoliceRecommendation(case=player.case, player=player)
    _say(opinion, choice, reason_code, words, actor)
    _record(opinion, Verb.RECOMMENDATION_RECORDED, actor, player=player.pk, choice=str(choice))
    _settle(player, actor)
    return opinion


@transaction.atomic
def decide(
    *, player: Player, office: str, choice: str, reason_code: str, words: str, actor: User | None
) -> ProsecutorDecision:
    """The local or federal prosecutor (`office`) decides; where the local one and the police agree, it is so.

    Raises NotInTheQueue, people's NotAnAdult and NotAllowedYet, ValidationError.
    """
    player = _decidable(player, choice)
    opinion = ProsecutorDecision.objects.for_case(player.case).filter(player=player, office=office).first()
    opinion = opinion or ProsecutorDecision(case=player.case, player=player, office=office)
    _say(opinion, choice, reason_code, words, actor)
    _record(opinion, Verb.DECISION_RECORDED, actor, player=player.pk, office=str(office), choice=str(choice))
    _settle(player, actor)
    return opinion


@transaction.atomic
def freeze_roster(*, case: MarketCase, actor: User | None, reason: str = "") -> Roster:
    """The call-in list is frozen as it stands; a second freeze says why. Raises ListOpen, people's ReasonMissing."""
    open_rows = [row for row in selectors.board(case) if row.is_open]
    numbers = [player.number for player in selectors.candidates(case)]
    if open_rows:
        raise ListOpen(f"{len(open_rows)} on the list not decided, or decided differently. Settle these first.")
    if not numbers:
        raise ListOpen("Nobody is chosen for the call-in yet.")
    most = cases.policy_of(case).candidates_max
    if len(numbers) > most:
        raise ListOpen(f"{len(numbers)} are chosen, and the team's policy allows {most} at one call-in.")
    if selectors.latest_roster(case) and not reason.strip():
        raise people.ReasonMissing("The list was frozen before. Say why it is frozen again.")
    roster = Roster.objects.create_by(actor, case=case, numbers=numbers, reason=reason.strip())
    _record(roster, Verb.ROSTER_FROZEN, actor, candidates=len(numbers))
    return roster


@transaction.atomic
def countersign_roster(*, roster: Roster, actor: User) -> Roster:
    """A second person has signed the frozen list. Raises NotByYou."""
    roster = Roster.objects.for_case(roster.case).select_for_update(of=("self",)).get(pk=roster.pk)
    if roster.created_by_id == actor.pk or roster.countersigned_by_id:
        raise NotByYou("Somebody else must countersign." if not roster.countersigned_by_id else "It is signed already.")
    roster.countersigned_by, roster.countersigned_at = actor, timezone.now()
    roster.save_by(actor)
    _record(roster, Verb.ROSTER_COUNTERSIGNED, actor, candidates=len(roster.numbers))
    return roster


def _locked(player: Player) -> Player:
    return Player.objects.for_case(player.case).select_for_update(of=("self",)).get(pk=player.pk)


def _decidable(player: Player, choice: str) -> Player:
    """The player, locked, where the offices may still choose."""
    player = _locked(player)
    if player.stage not in selectors.UNDER_DECISION:
        raise NotInTheQueue(f"{player.number} stands at “{player.get_stage_display()}”; this is not decided here.")
    if choice == Choice.CALL_IN and not player.is_adult:
        raise people.NotAnAdult(NO_MINORS.format(number=player.number))
    return player


def _say(opinion: Opinion, choice: str, reason_code: str, words: str, actor: User | None) -> None:
    opinion.choice, opinion.reason_code, opinion.words = choice, reason_code, words.strip()
    opinion.decided_at = timezone.now()
    opinion.save_by(actor)


def _settle(player: Player, actor: User | None) -> None:
    """Where police and local prosecutor agree the player moves; where they differ the list stays open."""
    police = PoliceRecommendation.objects.for_case(player.case).filter(player=player).first()
    decisions = ProsecutorDecision.objects.for_case(player.case)
    local = decisions.filter(player=player, office=ProsecutorDecision.Office.LOCAL).first()
    if not police or not local or police.choice != local.choice:
        return
    to = selectors.STAGE_OF[Choice(local.choice)]
    if player.stage != to:
        people.advance(
            player=player, to=to, actor=actor, reason=f"Police and prosecutor agree: {Choice(local.choice).label}"
        )


def _check_open(session: ReviewSession) -> None:
    if session.closed_at:
        raise Closed("This sitting is closed. Open a new one.")


def _record(subject: CaseRecord, verb: Verb, actor: User | None, **facts: object) -> None:
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)
