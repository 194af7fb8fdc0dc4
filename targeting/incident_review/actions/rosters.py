"""Acts on the call-in list: safe-passage checks, freezing, countersigning, later changes; and the hand-off of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit.verbs import Verb
from dmi.cases import selectors as cases
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review import passage, selectors
from targeting.incident_review.actions.shared import ListOpen, NotByYou, NotInTheQueue, locked, record
from targeting.incident_review.models import HandOff, ResidentShares, Roster, SafePassage

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

Change = Roster.Change


@transaction.atomic
def check_passage(*, check: SafePassage, actor: User | None) -> SafePassage:
    """What was checked for a candidate's safe passage is on file, dated; an earlier override does not carry over.

    Raises ValidationError.
    """
    check.save_by(actor)
    record(check, Verb.SAFE_PASSAGE_CHECKED, actor, player=check.player_id, open=len(check.holds_up))
    return check


@transaction.atomic
def override_passage(*, player: Player, because: str, actor: User | None) -> SafePassage:
    """The prosecutor says why what the check found, or its absence, does not hold up the list.

    Raises people's ReasonMissing.
    """
    if not because.strip():
        raise people.ReasonMissing("Say why it does not hold up the list.")
    last = SafePassage.objects.for_case(player.case).filter(player=player).first()
    if last is None or last.is_stale(timezone.localdate(), passage.days(player.case)):
        last = SafePassage(case=player.case, player=player)
    last.overridden_because = because.strip()
    last.save_by(actor)
    record(last, Verb.SAFE_PASSAGE_OVERRIDDEN, actor, player=player.pk)
    return last


@transaction.atomic
def freeze_roster(*, case: MarketCase, actor: User | None, reason: str = "") -> Roster:
    """The call-in list is frozen as it stands; a second freeze says why. Raises ListOpen, people's ReasonMissing."""
    rows = selectors.board(case)
    open_rows = [row for row in rows if row.is_open]
    numbers = [player.number for player in selectors.candidates(case)]
    if open_rows:
        raise ListOpen(f"{len(open_rows)} on the list not decided, or decided differently. Settle these first.")
    if not numbers:
        raise ListOpen("Nobody is chosen for the call-in yet.")
    _check_length(case, numbers)
    _check_passage(case, [row for row in rows if row.player.stage == Stage.CANDIDATE])
    if selectors.latest_roster(case) and not reason.strip():
        raise people.ReasonMissing("The list was frozen before. Say why it is frozen again.")
    return _new_version(case, numbers, actor, reason=reason)


@transaction.atomic
def add_to_roster(*, player: Player, reason: str, actor: User | None) -> Roster:
    """A candidate decided after the freeze comes onto the list, with the reason; somebody countersigns anew.

    Raises NotInTheQueue, ListOpen, people's ReasonMissing.
    """
    player, last = _change(player, reason)
    if player.stage != Stage.CANDIDATE or player.number in last.numbers:
        raise NotInTheQueue(f"{player.number} is not a candidate waiting to come onto the list.")
    numbers = sorted([*last.numbers, player.number])
    _check_length(player.case, numbers)
    _check_passage(player.case, [row for row in selectors.board(player.case) if row.player.pk == player.pk])
    return _new_version(player.case, numbers, actor, reason=reason, change=Change.ADDED, about=player.number)


@transaction.atomic
def remove_from_roster(*, player: Player, reason: str, actor: User | None) -> Roster:
    """A player comes off the frozen list, with the reason; still a candidate or invited, the player is now on hold.

    Raises NotInTheQueue, ListOpen (nobody would be left), people's ReasonMissing and NotAllowedYet.
    """
    player, last = _change(player, reason)
    if player.number not in last.numbers:
        raise NotInTheQueue(f"{player.number} is not on the frozen list.")
    numbers = [number for number in last.numbers if number != player.number]
    if not numbers:
        raise ListOpen("Nobody would be left on the list. Add the next candidate first.")
    if player.stage in (Stage.CANDIDATE, Stage.INVITED, Stage.NOTIFIED):
        people.advance(player=player, to=Stage.HELD, actor=actor, reason=reason)
    return _new_version(player.case, numbers, actor, reason=reason, change=Change.REMOVED, about=player.number)


def _change(player: Player, reason: str) -> tuple[Player, Roster]:
    player = locked(player)
    last = selectors.latest_roster(player.case)
    if last is None:
        raise ListOpen("The list is not frozen yet; nothing is added to it or taken off.")
    if not reason.strip():
        raise people.ReasonMissing("Say why.")
    return player, last


def _check_length(case: MarketCase, numbers: list[str]) -> None:
    most = cases.policy_of(case).candidates_max
    if len(numbers) > most:
        raise ListOpen(f"{len(numbers)} are chosen, and the team's policy allows {most} at one call-in.")


def _check_passage(case: MarketCase, rows: list[selectors.BoardRow]) -> None:
    today, days = timezone.localdate(), passage.days(case)
    held = [row.player.number for row in rows if passage.standing(row.passage, today, days).holds_up]
    if held:
        raise ListOpen(f"Safe passage is open for {', '.join(held)}. Check it, or say why it does not hold up.")


def _new_version(case: MarketCase, numbers: list[str], actor: User | None, *, reason: str, **change: str) -> Roster:
    roster = Roster.objects.create_by(actor, case=case, numbers=numbers, reason=reason.strip(), **change)
    record(roster, Verb.ROSTER_FROZEN, actor, candidates=len(numbers), change=str(roster.change))
    return roster


@transaction.atomic
def countersign_roster(*, roster: Roster, actor: User) -> Roster:
    """A second person has signed the frozen list. Raises NotByYou."""
    roster = Roster.objects.for_case(roster.case).select_for_update(of=("self",)).get(pk=roster.pk)
    if roster.created_by_id == actor.pk or roster.countersigned_by_id:
        raise NotByYou("Somebody else must countersign." if not roster.countersigned_by_id else "It is signed already.")
    roster.countersigned_by, roster.countersigned_at = actor, timezone.now()
    roster.save_by(actor)
    record(roster, Verb.ROSTER_COUNTERSIGNED, actor, candidates=len(roster.numbers))
    return roster


@transaction.atomic
def save_hand_off(*, hand_off: HandOff, actor: User | None) -> HandOff:
    """The case of somebody prosecuted now stands as written; once a court has it, the player is charged.

    Raises NotInTheQueue, ValidationError, StaleRecord.
    """
    player = locked(hand_off.player)
    if player.stage not in (Stage.PROSECUTE, Stage.CHARGED):
        raise NotInTheQueue(f"{player.number} stands at “{player.get_stage_display()}” and is not prosecuted now.")
    hand_off.save_by(actor)
    if hand_off.is_charged and player.stage == Stage.PROSECUTE:
        people.advance(player=player, to=Stage.CHARGED, actor=actor, reason="A court has the case")
    record(hand_off, Verb.CASE_HANDED_OFF, actor, player=player.pk, status=str(hand_off.status))
    return hand_off


@transaction.atomic
def save_residents(*, shares: ResidentShares, actor: User | None) -> ResidentShares:
    """The shares of the area's residents are entered, for comparison. Raises ValidationError."""
    shares.save_by(actor)
    record(shares, Verb.RESIDENTS_ENTERED, actor, lines=len(shares.lines))
    return shares
