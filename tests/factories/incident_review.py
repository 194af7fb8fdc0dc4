"""The review's records for tests: reviews, contacts, assessments, and players who have come so far."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.people.models import Player
from targeting.incident_review import actions, masks, selectors
from targeting.incident_review.models import (
    Assessment,
    Criteria,
    FirstPass,
    PoliceContact,
    ProsecutorDecision,
    ReviewSession,
    SafePassage,
)
from tests.factories import survey

OFFICERS = ("Sgt. M. Penhale, Narcotics", "Ofc. J. Dale, Street")


def open_review(case: MarketCase, actor: User | None = None) -> ReviewSession:
    """An open review with two officers."""
    return actions.start_session(case=case, actor=actor, officers=OFFICERS)


def contact(player: Player, actor: User | None = None, **given: Any) -> PoliceContact:
    """A field contact of last week in the area."""
    fields = {
        "kind": "field", "happened_at": timezone.now() - timedelta(days=7), "place": "Calder and Eighth",
        "summary": "Seen with two others.", "is_in_area": True,
    }  # fmt: skip
    return actions.save_contact(contact=PoliceContact(case=player.case, player=player, **(fields | given)), actor=actor)


def reviewed(case: MarketCase, full_name: str = "Casey Brightwell", **given: Any) -> Player:
    """A player a review kept."""
    player = survey.player(case, full_name, **given)
    session = ReviewSession.objects.for_case(case).filter(closed_at=None).first() or open_review(case)
    actions.review_player(session=session, player=player, outcome="keep", reason="Known to both units.", actor=None)
    return again(player)


def assessed(player: Player, *, days_ago: int = 7, **given: Any) -> Assessment:
    """The player's three questions answered, seen active that many days ago."""
    day = timezone.localdate() - timedelta(days=days_ago)
    fields = {"level": "street", "violence": "none", "last_active_on": day, "activity_basis": "Report 26-04471"}
    assessment = Assessment(case=player.case, player=player, **(fields | given))
    return actions.save_assessment(assessment=assessment, actor=None)


def assessed_again(player: Player) -> Assessment:
    """The player's assessment confirmed."""
    assessment = Assessment.objects.for_case(player.case).get(player=player)
    return actions.save_assessment(assessment=assessment, actor=None)


def listed(case: MarketCase, full_name: str = "Casey Brightwell", **given: Any) -> Player:
    """A player on the refined list."""
    player = assessed_player(case, full_name, **given)
    criteria(case)
    for office in ProsecutorDecision.Office.values:
        if not FirstPass.objects.for_case(case).filter(player=player, office=office).exists():
            actions.skip_first_look(player=player, office=office, because="Both know the person.", actor=None)
    return again(player)


def assessed_player(case: MarketCase, full_name: str = "Casey Brightwell", **given: Any) -> Player:
    """A player on the refined list, nobody of the offices having looked yet."""
    player = reviewed(case, full_name, **given)
    assessed(player)
    return again(player)


def criteria(case: MarketCase, *, fixed: bool = True) -> Criteria:
    """The criteria in force, or a draft."""
    known = selectors.criteria_in_force(case) or selectors.draft_criteria(case)
    if known is None:
        lines = masks.lines(["adult", "active", "street", "not_serious", "no_charges"], ["A way out is open"])
        known = actions.write_criteria(criteria=Criteria(case=case, lines=lines, why="Agreed in March."), actor=None)
    return actions.fix_criteria(criteria=known, actor=None) if fixed and not known.fixed_at else known


def checked(player: Player, **given: Any) -> SafePassage:
    """A clear safe-passage check of today."""
    clear = {"warrants": "clear", "custody": "clear", "orders": "clear", "counsel": "none"}
    check = SafePassage(case=player.case, player=player, **(clear | given))
    return actions.check_passage(check=check, actor=None)


def candidate(case: MarketCase, full_name: str = "Casey Brightwell", **given: Any) -> Player:
    """A player police and prosecutor agreed to call in."""
    player = listed(case, full_name, **given)
    says(player, "callin")
    return again(player)


def says(player: Player, choice: str, *, police: bool = True, office: str | None = "local") -> None:
    """Police and an office of the prosecutor choose this."""
    about = {
        "player": player,
        "choice": choice,
        "reason_code": "other",
        "words": f"Reasons for {choice}.",
        "actor": None,
    }
    if police:
        actions.recommend(**about)
    if office:
        actions.decide(office=office, **about)


def again(player: Player) -> Player:
    """The player as stored now."""
    return Player.objects.for_case(player.case).select_related("person").get(pk=player.pk)
