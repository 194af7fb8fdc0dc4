"""Acts of step 3b: criteria, the first look without names, what each office says, minors, the federal decline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit.verbs import Verb
from dmi.people import actions as people
from dmi.people.models import Player
from targeting.incident_review import masks, selectors
from targeting.incident_review.actions.shared import (
    NO_MINORS,
    AlreadyFixed,
    CriteriaFirst,
    LookFirst,
    NotInTheQueue,
    locked,
    record,
)
from targeting.incident_review.models import (
    Choice,
    Criteria,
    FederalDecline,
    FirstPass,
    PoliceRecommendation,
    ProsecutorDecision,
    SeparatePath,
)

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase
    from targeting.incident_review.models import Opinion

Office = ProsecutorDecision.Office


@transaction.atomic
def write_criteria(*, criteria: Criteria, actor: User | None) -> Criteria:
    """The criteria stand as a draft, the next version. Raises AlreadyFixed, ValidationError, StaleRecord."""
    if criteria.fixed_at:
        raise AlreadyFixed("These criteria are fixed. Write a new version and say why.")
    if criteria._state.adding:
        criteria.number = Criteria.objects.for_case(criteria.case).count() + 1
    criteria.save_by(actor)
    record(criteria, Verb.CRITERIA_WRITTEN, actor, version=criteria.number)
    return criteria


@transaction.atomic
def fix_criteria(*, criteria: Criteria, actor: User | None) -> Criteria:
    """The criteria hold from now on and are never changed. Raises AlreadyFixed."""
    criteria = Criteria.objects.for_case(criteria.case).select_for_update(of=("self",)).get(pk=criteria.pk)
    if criteria.fixed_at:
        raise AlreadyFixed("These criteria are fixed already.")
    criteria.fixed_at = timezone.now()
    criteria.save_by(actor)
    record(criteria, Verb.CRITERIA_FIXED, actor, version=criteria.number)
    return criteria


@transaction.atomic
def look_first(*, player: Player, office: str, choice: str, words: str, actor: User | None) -> FirstPass:
    """The office has an opinion on the card without name, race and place; it is never changed.

    Raises CriteriaFirst, NotInTheQueue, AlreadyFixed, people's NotAnAdult, ValidationError.
    """
    player = _decidable(player, choice)
    return _pass(player, office, actor, choice=choice, words=words.strip())


@transaction.atomic
def skip_first_look(*, player: Player, office: str, because: str, actor: User | None) -> FirstPass:
    """The office skips the first look at this player, and says why.

    Raises CriteriaFirst, NotInTheQueue, AlreadyFixed, ValidationError.
    """
    return _pass(_decidable(player, ""), office, actor, skipped_because=because.strip())


@transaction.atomic
def skip_all_first_looks(*, case: MarketCase, office: str, because: str, actor: User | None) -> int:
    """The office skips the first look at everybody it has not looked at yet; gives how many."""
    waiting = [row.player for row in selectors.board(case) if row.waits_for_first_look(office)]
    for player in waiting:
        skip_first_look(player=player, office=office, because=because, actor=actor)
    return len(waiting)


def _pass(player: Player, office: str, actor: User | None, **said: str) -> FirstPass:
    criteria = selectors.criteria_in_force(player.case)
    if criteria is None:
        raise CriteriaFirst("Write and fix the criteria first.")
    if FirstPass.objects.for_case(player.case).filter(player=player, office=office).exists():
        raise AlreadyFixed("The first look at this card is on record and is not changed.")
    seen = FirstPass.objects.create_by(
        actor, case=player.case, player=player, office=office, criteria=criteria,
        card=masks.card_number(criteria, player), shown=masks.shown_on_card(player, criteria), **said,
    )  # fmt: skip
    record(seen, Verb.FIRST_LOOK_RECORDED, actor, office=str(office), skipped="skipped_because" in said)
    return seen


@transaction.atomic
def recommend(*, player: Player, choice: str, reason_code: str, words: str, actor: User | None) -> PoliceRecommendation:
    """The police recommend what happens with the player; where the local prosecutor says the same, it is so.

    Raises CriteriaFirst, NotInTheQueue, people's NotAnAdult and NotAllowedYet, ValidationError.
    """
    player = _decidable(player, choice)
    opinion = PoliceRecommendation.objects.for_case(player.case).filter(player=player).first()
    opinion = opinion or PoliceRecommendation(case=player.case, player=player)
    _say(opinion, choice, reason_code, words, actor)
    record(opinion, Verb.RECOMMENDATION_RECORDED, actor, player=player.pk, choice=str(choice))
    _settle(player, actor)
    return opinion


@transaction.atomic
def decide(
    *, player: Player, office: str, choice: str, reason_code: str, words: str, actor: User | None
) -> ProsecutorDecision:
    """The local or federal prosecutor (`office`) decides; where the local one and the police agree, it is so.

    Raises CriteriaFirst, LookFirst, NotInTheQueue, people's NotAnAdult and NotAllowedYet, ValidationError.
    """
    player = _decidable(player, choice)
    if not FirstPass.objects.for_case(player.case).filter(player=player, office=office).exists():
        raise LookFirst("Look at the card without the name first, or say why that look is skipped.")
    opinion = ProsecutorDecision.objects.for_case(player.case).filter(player=player, office=office).first()
    opinion = opinion or ProsecutorDecision(case=player.case, player=player, office=office)
    _say(opinion, choice, reason_code, words, actor)
    record(opinion, Verb.DECISION_RECORDED, actor, player=player.pk, office=str(office), choice=str(choice))
    _settle(player, actor)
    return opinion


@transaction.atomic
def decline_federal(
    *, case: MarketCase, said_by: str, reason: str, actor: User | None, declined_on: date | None = None
) -> FederalDecline:
    """The federal prosecutor takes no part in this market's decisions. Raises AlreadyFixed, ValidationError."""
    if selectors.federal_decline(case):
        raise AlreadyFixed("The decline is on record already.")
    decline = FederalDecline.objects.create_by(
        actor,
        case=case,
        said_by=said_by.strip(),
        reason=reason.strip(),
        declined_on=declined_on or timezone.localdate(),
    )
    record(decline, Verb.FEDERAL_DECLINED, actor)
    return decline


@transaction.atomic
def take_back_decline(*, decline: FederalDecline, because: str, actor: User | None) -> FederalDecline:
    """The federal prosecutor takes part again. Raises people's ReasonMissing."""
    if not because.strip():
        raise people.ReasonMissing("Say why.")
    decline.taken_back_on, decline.taken_back_because = timezone.localdate(), because.strip()
    decline.save_by(actor)
    record(decline, Verb.FEDERAL_DECLINE_TAKEN_BACK, actor)
    return decline


@transaction.atomic
def set_separate_path(*, path: SeparatePath, actor: User | None) -> SeparatePath:
    """What happens with somebody who is not known to be of age stands apart from the list.

    Raises NotInTheQueue, ValidationError, StaleRecord.
    """
    if path.player.is_adult:
        raise NotInTheQueue(f"{path.player.number} is of age; the offices decide on the board.")
    path.save_by(actor)
    record(path, Verb.SEPARATE_PATH_SET, actor, player=path.player_id, way=str(path.way))
    return path


def _decidable(player: Player, choice: str) -> Player:
    """The player, locked, where the offices may still choose and the criteria are fixed."""
    player = locked(player)
    if player.stage not in selectors.UNDER_DECISION:
        raise NotInTheQueue(f"{player.number} stands at “{player.get_stage_display()}”; this is not decided here.")
    if selectors.criteria_in_force(player.case) is None:
        raise CriteriaFirst("Write and fix the criteria first; then people are decided.")
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
    local = decisions.filter(player=player, office=Office.LOCAL).first()
    if not police or not local or police.choice != local.choice:
        return
    to = selectors.STAGE_OF[Choice(local.choice)]
    if player.stage != to:
        people.advance(
            player=player, to=to, actor=actor, reason=f"Police and prosecutor agree: {Choice(local.choice).label}"
        )
