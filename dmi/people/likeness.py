"""Entries of the list that may be one person, with what speaks for it and what against."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone
from rapidfuzz import fuzz, process, utils

from dmi.core.dates import short_date
from dmi.people import selectors, stages
from dmi.people.models import Distinction, Merger, Person, Player, Sex
from dmi.people.stages import Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dmi.cases.models import MarketCase

ALIKE, NEARLY_THE_SAME = 80, 90
MOST_SHARING = 8  # a street name or address of more people than this tells nothing about any two of them
MOST_PAIRS = 200  # nobody looks at more; the next ones come up when these are settled
WORDS_DROPPED = {"apt", "unit", "st", "street", "ave", "avenue", "av", "rd", "road"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing compared: what the two entries say, and whether it speaks for one person (None: neither way)."""

    what: str
    left: str
    right: str
    speaks_for: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one person; `kept` stands further along the list or has the older number."""

    kept: Player
    gone: Player
    signs: tuple[Sign, ...]

    @property
    def points(self) -> int:
        """How much speaks for one person: for the order of the list only, never shown."""
        return sum(1 if sign.speaks_for else -1 for sign in self.signs if sign.speaks_for is not None)

    @property
    def reasons(self) -> list[str]:
        """What speaks for one person, in words."""
        return [sign.words for sign in self.signs if sign.speaks_for]


def pairs(case: MarketCase) -> list[Pair]:
    """Entries that may be one person, the likeliest first; without those told apart. Three queries."""
    players = list(selectors.players(case).order_by("number"))
    apart = set(Distinction.objects.for_case(case).values_list("first_id", "second_id"))
    found = []
    for left, right in _candidates(players):
        if tuple(sorted((left.pk, right.pk))) in apart:
            continue
        pair = compare(left, right)
        if _is_worth_asking(pair):
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.points, pair.kept.number, pair.gone.number))[:MOST_PAIRS]


def how_many(case: MarketCase) -> int:
    """How many pairs wait for somebody to look, at most MOST_PAIRS; counted anew when anything they rest on changed."""
    stamps = [
        str(model._base_manager.filter(case=case).aggregate(last=Max("updated_at"))["last"])
        for model in (Player, Person, Distinction)
    ]
    said = "|".join((str(case.pk), timezone.localdate().isoformat(), *stamps))
    key = "people:pairs:" + hashlib.sha256(said.encode()).hexdigest()
    known: int | None = cache.get(key)
    if known is None:
        known = len(pairs(case))
        cache.set(key, known, timeout=24 * 3600)
    return known


def compare(left: Player, right: Player) -> Pair:
    """The two entries side by side."""
    kept, gone = sorted((left, right), key=lambda player: (-stages.REACH[Stage(player.stage)], player.number))
    return Pair(kept, gone, (_names(kept, gone), _aliases(kept, gone), _births(kept, gone), *_others(kept, gone)))


def mergers(case: MarketCase) -> QuerySet[Merger]:
    """What was merged, newest first."""
    return Merger.objects.for_case(case).select_related("kept__person", "gone__person", "created_by")


def _is_worth_asking(pair: Pair) -> bool:
    """Something speaks for it, and no other date of birth unless the names are nearly the same."""
    if not pair.reasons:
        return False
    return pair.points > 0 or any(sign.what == "Name" and sign.speaks_for for sign in pair.signs)


def _candidates(players: list[Player]) -> Iterable[tuple[Player, Player]]:
    """Pairs worth a closer look: names alike, a name in common, or one home address; never all pairs in Python."""
    pairs_found: set[tuple[int, int]] = set()
    names = [player.person.full_name for player in players]
    likeness = process.cdist(
        names, names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=ALIKE
    )
    lefts, rights = np.triu(likeness, k=1).nonzero()
    for index in np.argsort(-likeness[lefts, rights], kind="stable")[:MOST_PAIRS]:
        pairs_found.add((int(lefts[index]), int(rights[index])))
    groups: dict[str, list[int]] = defaultdict(list)
    for index, player in enumerate(players):
        for key in _keys(player):
            groups[key].append(index)
    for members in groups.values():
        if len(set(members)) <= MOST_SHARING:
            pairs_found.update(combinations(sorted(set(members)), 2))
    return [(players[left], players[right]) for left, right in sorted(pairs_found)]


def _keys(player: Player) -> Iterable[str]:
    person = player.person
    yield from (f"name:{utils.default_process(name)}" for name in (person.full_name, *person.aliases))
    if person.home_address:
        yield f"home:{_one_spelling(person.home_address)}"


def _one_spelling(address: str) -> str:
    return " ".join(word for word in utils.default_process(address).split() if word not in WORDS_DROPPED)


def _names(kept: Player, gone: Player) -> Sign:
    left, right = kept.person.full_name, gone.person.full_name
    ratio = fuzz.token_sort_ratio(left, right, processor=utils.default_process)
    if utils.default_process(left) == utils.default_process(right):
        return Sign("Name", left, right, True, "The same name")
    if ratio >= NEARLY_THE_SAME:
        return Sign("Name", left, right, True, "Nearly the same name")
    return Sign("Name", left, right, True if ratio >= ALIKE else None, "Names alike" if ratio >= ALIKE else "")


def _aliases(kept: Player, gone: Player) -> Sign:
    left, right = kept.person.aliases, gone.person.aliases
    sides = [{utils.default_process(name) for name in (*p.person.aliases, p.person.full_name)} for p in (kept, gone)]
    plain_names = {utils.default_process(p.person.full_name) for p in (kept, gone)}
    shared = sides[0] & sides[1] - (plain_names if len(plain_names) == 1 else set())
    words = "A street name in common" if shared else ""
    return Sign("Street names", ", ".join(left), ", ".join(right), True if shared else None, words)


def _births(kept: Player, gone: Player) -> Sign:
    left, right = kept.person.birth_on, gone.person.birth_on
    shown = short_date(left) if left else "", short_date(right) if right else ""
    if left is None or right is None:
        return Sign("Born", *shown, None, "")
    words = "The same date of birth" if left == right else "Different dates of birth"
    return Sign("Born", *shown, left == right, words)


def _others(kept: Player, gone: Player) -> Iterable[Sign]:
    left, right = kept.person, gone.person
    homes = left.home_address, right.home_address
    same_home = all(homes) and _one_spelling(homes[0]) == _one_spelling(homes[1])
    yield Sign("Home address", *homes, True if same_home else None, "The same home address" if same_home else "")
    known = Sex.UNKNOWN not in (left.sex, right.sex)
    differs = known and left.sex != right.sex
    shown = left.get_sex_display(), right.get_sex_display()
    yield Sign("Sex", *shown, False if differs else None, "Different sex recorded" if differs else "")


def players_of(case: MarketCase, *keys: UUID) -> list[Player]:
    """The players with these keys, in this order, those in date only; fewer when one is not there."""
    found = {player.pk: player for player in selectors.players(case).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]
