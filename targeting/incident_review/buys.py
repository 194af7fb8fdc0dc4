"""How many officers' buys there are of each player: step 4 says how they are counted, and this step never reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase


@dataclass(frozen=True, slots=True)
class Buys:
    """One player's buys by officers in figures, and which evidence there is of any of them."""

    count: int
    has_audio: bool = False
    has_video: bool = False
    has_photographs: bool = False


CountBuys = Callable[["MarketCase", Collection[str]], Mapping[UUID, Buys] | None]
_counters: list[CountBuys] = []


def register_buys(count: CountBuys) -> None:
    """Buys are counted with this from now on; it counts officers' buys only, and gives None without the right."""
    if count not in _counters:
        _counters.append(count)


def buys_by_player(case: MarketCase, can: Collection[str]) -> Mapping[UUID, Buys] | None:
    """The buys of each player who has any; None where nobody counts them or the reader may not know of them."""
    for count in _counters:
        found = count(case, can)
        if found is not None:
            return found
    return None
