"""What a later step lays over this step's map: it says how it is read, and this step never reads a later one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import shapely

from targeting.crime_mapping.models import AreaVersion
from targeting.crime_mapping.selectors import areas

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

ReadBuys = Callable[["MarketCase", Collection[str]], list[tuple[float, float, date, str]]]
SEES_BUYS = "buy_locations.view"
_readers: list[ReadBuys] = []


def register_buys(read: ReadBuys) -> None:
    """Drug buys are read with this from now on; it gives officers' buys only, never a sealed one."""
    if read not in _readers:
        _readers.append(read)


def buys(case: MarketCase, can: Collection[str]) -> list[tuple[float, float]] | None:
    """Longitude and latitude of buys, without day, product or person; None for readers without the right."""
    if SEES_BUYS not in can or not _readers:
        return None
    return [(lon, lat) for read in _readers for lon, lat, _, _ in read(case, can)]


def in_target(case: MarketCase, spots: list[tuple[float, float]]) -> int | None:
    """How many of these places lie in the target area as it stands; None before one is drawn."""
    target = areas.current(case, AreaVersion.Kind.TARGET)
    if target is None:
        return None
    at = np.array(spots, float).reshape(-1, 2)
    return int(shapely.covers(areas.outline(target), shapely.points(at)).sum())
