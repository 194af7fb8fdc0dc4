"""How many independent sources stand behind a name or an address: each officer once, residents never alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Max
from django.db.models.functions import Coalesce

from dmi.cases import selectors as cases
from dmi.core.dates import day_of
from dmi.people import selectors as people
from dmi.people.models import Player
from dmi.places import selectors as places
from dmi.places.models import Place
from targeting.survey.models import AddressMention, Interview, Nomination

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

RANKS = re.compile(r"^(?:(?:ofc|officer|off|sgt|sergeant|det|detective|lt|lieutenant|capt|captain|cpl|po)\.?\s+)+")
GROUP_WORDS = {"street": "street", "probation": "probation", "vice": "vice"}


@dataclass(frozen=True, slots=True)
class Sources:
    """Who stands behind an entry: officers by group, each once, and whether a resident named it too."""

    officers: tuple[tuple[str, int], ...] = ()
    has_residents: bool = False

    @property
    def independent(self) -> int:
        """Officers, and all residents together as one, who never count without an officer."""
        total = sum(number for _, number in self.officers)
        return total + self.has_residents if total else 0

    @property
    def words(self) -> str:
        """The groups in words: "2 street, 1 vice, residents"."""
        parts = [f"{number} {GROUP_WORDS[group]}" for group, number in self.officers]
        residents = ["residents"] if self.has_residents else []
        return ", ".join(parts + residents) or "Nobody in the survey"


NOBODY = Sources()


def officer_key(name: str) -> str:
    """One spelling of an officer's name, without rank: so "Sgt. Dale" and "sergeant  DALE" are one source."""
    return RANKS.sub("", " ".join(name.casefold().split()))


def independent_sources(player: Player) -> int:
    """How many independent sources name the player."""
    return sources_of(player).independent


def sources_of(player: Player) -> Sources:
    """Who stands behind one player."""
    return sources_behind(player.case).get(player.pk, NOBODY)


def sources_by_player(case: MarketCase) -> dict[UUID, int]:
    """Independent sources of every player somebody named, in one query; counted as in `independent_sources`."""
    return {pk: found.independent for pk, found in sources_behind(case).items()}


def sources_behind(case: MarketCase) -> dict[UUID, Sources]:
    """Who stands behind every player somebody named, in one query; what a merged entry had counts for the kept one."""
    rows = Nomination.objects.for_case(case).annotate(who=Coalesce("player__merged_into_id", "player_id"))
    return _sorted_out(rows.values_list("who", "interview__group", "interview__officer_name"))


def _sorted_out(rows: Iterable[tuple[UUID, str | None, str | None]]) -> dict[UUID, Sources]:
    """An officer who answered in two groups is one source, in the group he or she answered in first of the list."""
    officers: dict[UUID, dict[str, str]] = defaultdict(dict)
    residents: set[UUID] = set()
    for pk, group, name in rows:
        if name is None or group is None:
            residents.add(pk)
        else:
            officers[pk].setdefault(officer_key(name), group)
    return {
        pk: Sources(
            tuple((g, n) for g in Interview.Group.values if (n := list(officers[pk].values()).count(g))),
            pk in residents,
        )
        for pk in [*officers.keys() | residents]
    }


@dataclass(frozen=True, slots=True)
class NameRow:
    """One line of the player list: who, on what basis, behind it whom, and when to look again."""

    player: Player
    sources: Sources


def name_list(case: MarketCase) -> list[NameRow]:
    """The list of players in date, by number, each with its sources; two queries."""
    behind = sources_behind(case)
    found = people.players(case).order_by("number")
    return [NameRow(player, behind.get(player.pk, NOBODY)) for player in found]


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One line of the list of key addresses."""

    place: Place
    sources: Sources
    review_by: date


def address_list(case: MarketCase) -> list[AddressRow]:
    """The key addresses, each with its sources and the day to look again; three queries.

    The day is the team's period after the address was last named, or put on the list.
    """
    period = relativedelta(months=cases.policy_of(case).review_months)
    mentions = AddressMention.objects.for_case(case)
    behind = _sorted_out(mentions.values_list("place_id", "interview__group", "interview__officer_name"))
    latest = dict(mentions.order_by().values_list("place_id").annotate(last=Max("created_at")))
    return [
        AddressRow(
            place, behind.get(place.pk, NOBODY), day_of(latest.get(place.pk, place.created_at), case.time_zone) + period
        )
        for place in places.key_addresses(case)
    ]
