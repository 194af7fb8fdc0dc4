"""Reading people; what a reader without the right to identities gets are numbers and stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.utils import timezone

from dmi.cases.models import MarketCase
from dmi.people.models import Person, Player
from dmi.people.stages import Stage


def players(case: MarketCase, *, today: date | None = None) -> QuerySet[Player]:
    """All players of the case whose basis is in date, with their persons."""
    day = today or timezone.localdate()
    return Player.objects.for_case(case).within_review(day).select_related("person")


def overdue(case: MarketCase, *, today: date | None = None) -> QuerySet[Player]:
    """Players whose basis is overdue for review: hidden from the list until somebody looks again."""
    return Player.objects.for_case(case).filter(review_by__lt=today or timezone.localdate())


def find(case: MarketCase, text: str) -> QuerySet[Player]:
    """Players whose name, street name, number or address is like `text`, best first."""
    text = text.strip()
    if not text:
        return players(case)
    return (
        players(case)
        .annotate(likeness=TrigramWordSimilarity(text, "person__full_name"))
        .filter(
            Q(likeness__gte=0.45)
            | Q(person__full_name__icontains=text)
            | Q(number__iexact=text)
            | Q(person__home_address__icontains=text)
            | Q(person__aliases__icontains=text)
        )
        .order_by("-likeness", "number")
    )


@dataclass(frozen=True, slots=True)
class StageChange:
    """One move along the list, as the person's timeline shows it."""

    at: Any
    stage: str
    by: str
    reason: str


def moves(player: Player) -> list[StageChange]:
    """Every move of the player, oldest first, from the history."""
    found: list[StageChange] = []
    for row in player.history.select_related("history_user").order_by("history_date", "history_id"):
        label = Stage(row.stage).label
        if not found or found[-1].stage != label:
            who = row.history_user.short_name if row.history_user else "System"
            found.append(StageChange(row.stage_since, label, who, row.stage_reason))
    return found


def same_name(case: MarketCase, full_name: str) -> QuerySet[Person]:
    """Persons of the case whose name is nearly `full_name`: offered before a second record is made."""
    return (
        Person.objects.for_case(case)
        .annotate(likeness=TrigramWordSimilarity(full_name, "full_name"))
        .filter(likeness__gte=0.6, player__merged_into__isnull=True)
        .order_by("-likeness")
    )
