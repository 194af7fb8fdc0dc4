"""Interviews, replies, and finding a person who is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from dmi.people import selectors as people
from dmi.people.models import Player
from targeting.survey.models import CommunityReply, Interview, Nomination

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


def nominations_of(player: Player) -> QuerySet[Nomination]:
    """Every time the player, or an entry merged into the player, was named, oldest first, with its source."""
    return (
        Nomination.objects.for_case(player.case)
        .filter(Q(player=player) | Q(player__merged_into=player))
        .select_related("interview", "reply")
        .order_by("created_at")
    )


def interviews(case: MarketCase, *, only_of: User | None = None) -> QuerySet[Interview]:
    """Interviews, newest first; with `only_of`, those this person recorded."""
    found = Interview.objects.for_case(case).annotate(named=Count("nominations"))
    found = found.order_by("-held_on", "officer_name", "pk")
    return found.filter(created_by=only_of) if only_of is not None else found


def replies(case: MarketCase, *, only_of: User | None = None) -> QuerySet[CommunityReply]:
    """Community replies, newest first; with `only_of`, those this person handed in."""
    found = CommunityReply.objects.for_case(case).annotate(named=Count("nominations")).order_by("-received_on", "pk")
    return found.filter(created_by=only_of) if only_of is not None else found


def alike(case: MarketCase, full_name: str) -> list[Player]:
    """Players whose name is nearly this one, the likest first; at most five."""
    persons = people.same_name(case, full_name)[:5]
    by_person = {
        p.person_id: p for p in Player.objects.for_case(case).filter(person__in=[*persons]).select_related("person")
    }
    return [by_person[person.pk] for person in persons if person.pk in by_person]


def same_person(case: MarketCase, full_name: str, birth_on: date | None) -> Player | None:
    """The one player of exactly this name whose date of birth does not speak against it; None if there are several."""
    found = [
        player
        for player in Player.objects.for_case(case)
        .filter(person__full_name__iexact=full_name.strip())
        .select_related("person")
        if birth_on is None or player.person.birth_on in (None, birth_on)
    ]
    return found[0] if len(found) == 1 else None
