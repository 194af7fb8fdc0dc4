"""Acts of a review: opening it, going through the names, closing it with its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit.verbs import Verb
from dmi.cases import selectors as cases
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review import standing
from targeting.incident_review.actions.shared import Closed, NoQuorum, NotInTheQueue, locked, record
from targeting.incident_review.models import PlayerReview, ReviewSession

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


@transaction.atomic
def start_session(
    *, case: MarketCase, actor: User | None, officers: Sequence[str], held_on: date | None = None, **about: object
) -> ReviewSession:
    """A review is open; `officers` are lines such as "Sgt. M. Penhale, Narcotics". Raises NoQuorum.

    `about`: room, agenda, facilitator, hides_names, notes.
    """
    present = [line.strip() for line in officers if line.strip()]
    _check_number(case, present)
    session = ReviewSession.objects.create_by(
        actor, case=case, held_on=held_on or timezone.localdate(), officers=present, **about
    )
    record(session, Verb.REVIEW_OPENED, actor, officers=len(present))
    return session


@transaction.atomic
def correct_attendance(*, session: ReviewSession, actor: User | None) -> ReviewSession:
    """Somebody came later: the lines of those present are as they stand now. Raises Closed, NoQuorum, StaleRecord."""
    _check_open(session)
    _check_number(session.case, session.officers)
    session.save_by(actor)
    record(session, Verb.REVIEW_CHANGED, actor, officers=len(session.officers))
    return session


@transaction.atomic
def close_session(*, session: ReviewSession, actor: User | None, notes: str = "") -> ReviewSession:
    """The review is closed with its minutes; narcotics and street officers must have been there.

    Raises Closed, NoQuorum.
    """
    _check_open(session)
    missing = standing.missing_units(session)
    if missing:
        raise NoQuorum(
            f"Nobody from {' or '.join(missing)} is written down. Both units take part, or the review stays open."
        )
    session.closed_at = timezone.now()
    session.notes = notes or session.notes
    session.save_by(actor)
    record(session, Verb.REVIEW_CLOSED, actor, reviewed=session.reviews.count())
    return session


@transaction.atomic
def review_player(
    *, session: ReviewSession, player: Player, outcome: str, reason: str, actor: User | None
) -> PlayerReview:
    """The review keeps the named player (now reviewed), drops the player, or asks for more (still named).

    Raises Closed, NotInTheQueue, ValidationError.
    """
    _check_open(session)
    player = locked(player)
    if player.stage != Stage.NAMED:
        raise NotInTheQueue(f"{player.number} stands at “{player.get_stage_display()}” and is not in the queue.")
    review = PlayerReview.objects.create_by(
        actor, case=session.case, session=session, player=player, outcome=outcome, reason=reason.strip()
    )
    if outcome == PlayerReview.Outcome.KEEP:
        people.advance(player=player, to=Stage.REVIEWED, actor=actor, reason=reason)
    elif outcome == PlayerReview.Outcome.DROP:
        people.advance(player=player, to=Stage.DROPPED, actor=actor, reason=reason)
    record(review, Verb.PLAYER_REVIEWED, actor, player=player.pk, outcome=str(outcome))
    return review


@transaction.atomic
def drop_player(*, player: Player, reason: str, actor: User | None) -> Player:
    """A reviewed player is found no longer active and leaves the list. Raises NotInTheQueue, people's ReasonMissing."""
    player = locked(player)
    if player.stage != Stage.REVIEWED:
        raise NotInTheQueue(
            f"{player.number} stands at “{player.get_stage_display()}”; only both offices can change that."
        )
    return people.advance(player=player, to=Stage.DROPPED, actor=actor, reason=reason)


@transaction.atomic
def reopen_player(*, player: Player, reason: str, actor: User | None) -> Player:
    """A dropped player is under review again. Raises people's NotAllowedYet, ReasonMissing."""
    return people.advance(player=player, to=Stage.REVIEWED, actor=actor, reason=reason)


def _check_number(case: MarketCase, present: Sequence[str]) -> None:
    quorum = cases.policy_of(case).review_quorum
    officers = [line for line in present if standing.unit_of(line) != standing.RESEARCH]
    if len(officers) < quorum:
        raise NoQuorum(f"The team's policy asks for {quorum} officers at a review; so far there are {len(officers)}.")


def _check_open(session: ReviewSession) -> None:
    if session.closed_at:
        raise Closed("This review is closed. Open a new one.")
