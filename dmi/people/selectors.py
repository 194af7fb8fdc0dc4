"""Reading people; what a reader without the right to identities gets are numbers and stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Func, QuerySet, TextField
from django.utils import timezone

from dmi.cases.models import MarketCase
from dmi.people.models import Person, Player, PlayerQuerySet
from dmi.people.stages import Stage

SEARCHED = Func("full_name", "aliases", "home_address", function="people_searched", output_field=TextField())


def players(case: MarketCase, *, today: date | None = None) -> PlayerQuerySet:
    """All players of the case whose basis is in date, with their persons."""
    day = today or timezone.localdate()
    return Player.objects.for_case(case).within_review(day).select_related("person")


def shown(found: QuerySet[Player]) -> QuerySet[Player]:
    """Only what a row of the list shows."""
    return found.only("number", "stage", "stage_since", "person__full_name", "person__aliases")


def overdue(case: MarketCase, *, today: date | None = None) -> QuerySet[Player]:
    """Players whose basis is overdue for review: hidden from the list until somebody looks again."""
    return Player.objects.for_case(case).filter(review_by__lt=today or timezone.localdate())


def find(case: MarketCase, text: str) -> QuerySet[Player]:
    """Players with `text` in a name, street name or address, or as their number, best first; all without a text.

    Each way has an index of its own, so they are asked apart: joined by "or" the whole list would be read.
    """
    text = text.strip()
    if not text:
        return players(case)
    holding = Person.objects.for_case(case).alias(searched=SEARCHED).filter(searched__icontains=text)
    everybody = Player.objects.for_case(case).order_by().values("pk")
    keys = everybody.filter(person__in=holding).union(everybody.filter(number__iexact=text))
    return _likest(players(case).filter(pk__in=keys), text)


def alike(case: MarketCase, text: str) -> QuerySet[Player]:
    """Players with a name spelled like `text`, best first: for a text that is found nowhere as it stands.

    How like is said by pg_trgm.word_similarity_threshold of the connection (see the settings of the database).
    """
    close = Person.objects.for_case(case).filter(full_name__trigram_word_similar=text.strip())
    return _likest(players(case).filter(person__in=close), text.strip())


def _likest(found: PlayerQuerySet, text: str) -> PlayerQuerySet:
    return found.annotate(likeness=TrigramWordSimilarity(text, "person__full_name")).order_by("-likeness", "number")


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
