"""Three years of invented incidents in Marlow: season, hour, weekday, trend, and the hot spots people would know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from demo.city_ground import AddressPoint

TIME_ZONE = ZoneInfo("America/New_York")
YEARS = 3
UNLOCATED = 0.022
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Offense:
    """A kind of incident: source (call, report, contact), class for the map, code, words, its share in the class."""

    source: str
    group: str
    code: str
    title: str
    share: float


OFFENSES = (
    Offense("call", "call", "DRUGS", "Drug activity", 0.17),
    Offense("call", "call", "DISTURB", "Disturbance", 0.2),
    Offense("call", "call", "SUSP", "Suspicious person", 0.18),
    Offense("call", "call", "LOITER", "Loitering", 0.11),
    Offense("call", "call", "SHOTS", "Shots heard", 0.06),
    Offense("call", "call", "NOISE", "Noise", 0.12),
    Offense("call", "call", "WELFARE", "Welfare check", 0.16),
    Offense("report", "part_one", "220", "Burglary", 0.17),
    Offense("report", "part_one", "23F", "Theft from vehicle", 0.27),
    Offense("report", "part_one", "23H", "Theft", 0.25),
    Offense("report", "part_one", "240", "Motor vehicle theft", 0.1),
    Offense("report", "part_one", "120", "Robbery", 0.09),
    Offense("report", "part_one", "13A", "Aggravated assault", 0.11),
    Offense("report", "part_one", "09A", "Homicide", 0.004),
    Offense("report", "part_one", "11A", "Rape", 0.006),
    Offense("report", "drug", "35A-S", "Drug sale", 0.3),
    Offense("report", "drug", "35A-P", "Drug possession", 0.6),
    Offense("report", "drug", "35B", "Drug equipment", 0.1),
    Offense("report", "weapons", "520-C", "Carrying a weapon unlawfully", 0.7),
    Offense("report", "weapons", "520-D", "Unlawful discharge", 0.3),
    Offense("report", "prostitution", "40A", "Prostitution", 0.8),
    Offense("report", "prostitution", "40B", "Promoting", 0.2),
    Offense("contact", "contact", "FI", "Field contact", 1.0),
)  # fmt: skip
PER_MONTH = {"call": 372.0, "part_one": 86.0, "drug": 36.0, "weapons": 7.5, "prostitution": 4.5, "contact": 40.0}
MARKET_PULL = {"call": 0.13, "part_one": 0.1, "drug": 0.34, "weapons": 0.24, "prostitution": 0.3, "contact": 0.3}
HOURS = {
    "call": (3, 2, 2, 1, 1, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 7, 7, 7, 7, 7, 6, 4),
    "part_one": (4, 3, 3, 2, 1, 1, 2, 4, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 5, 5, 5),
    "night": (5, 4, 3, 1, 1, 0, 0, 1, 1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 8, 9, 9, 9, 8, 7),
}
WEEKDAYS = (0.92, 0.93, 0.97, 1.0, 1.18, 1.1, 0.9)


@dataclass(frozen=True)
class Incident:
    """One record as the records system would give it. No place: about one in forty-five."""

    number: str
    source: str
    group: str
    code: str
    title: str
    occurred_at: datetime
    address: str
    lon: float | None
    lat: float | None
    beat: str
    neighborhood: str
    block: str
    block_group: str


@dataclass(frozen=True)
class HotSpot:
    """A pull on the grid: middle, reach along avenues and streets, and how it grows or ends."""

    avenue: float
    street: float
    along: float
    across: float
    market: bool = False
    ends_with_call_in: bool = False


HOT_SPOTS = (
    HotSpot(7.5, 12.05, 1.0, 0.6, market=True),
    HotSpot(9.1, 11.8, 0.7, 0.65, market=True),
    HotSpot(16.2, 5.4, 0.8, 0.8, market=True, ends_with_call_in=True),
    HotSpot(4.0, 7.0, 0.5, 0.5),
    HotSpot(3.1, 3.1, 0.8, 0.6),
    HotSpot(9.1, 18.0, 0.5, 0.5),
    HotSpot(2.5, 17.5, 0.9, 0.8, market=True),
)
_STRENGTH = (1.0, 0.65, 0.95, 0.5, 0.6, 0.4, 0.3)


def incidents(
    doors: list[AddressPoint], *, today: date, millbrook_call_in: date, rng: np.random.Generator
) -> list[Incident]:
    """All incidents of the three years up to the day before `today`, in order of time."""
    first = date(today.year - YEARS, today.month, 1)
    drawn: list[tuple[datetime, Offense, int]] = []
    base, pulls = _base_weight(doors, rng), _pulls(doors)
    month = first
    while month < today:
        after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        for group in PER_MONTH:
            since, age = (month - millbrook_call_in).days, (month - first).days / 365
            weights = _weights(group, base, pulls, since=since, age=age)
            drawn += _draw_month(group, month, min(after, today), weights, rng)
        month = after
    drawn.sort(key=lambda row: (row[0], row[2], row[1].code))
    lost = rng.random(len(drawn)) < UNLOCATED
    return [_incident(i, row, doors[row[2]], lost=bool(lost[i])) for i, row in enumerate(drawn)]


def _base_weight(doors: list[AddressPoint], rng: np.random.Generator) -> Floats:
    """Ordinary trouble: everywhere a little, more on main roads, and some doors far more than others."""
    main = np.array([1.9 if d.on_main_road else 1.0 for d in doors])
    weight = main * rng.gamma(0.5, 2.0, len(doors))
    return np.asarray(weight / weight.sum(), float)


def _pulls(doors: list[AddressPoint]) -> list[Floats]:
    a, s = np.array([d.avenue_at for d in doors]), np.array([d.street_at for d in doors])
    found = []
    for spot in HOT_SPOTS:
        pull = np.exp(-(((a - spot.avenue) / spot.along) ** 2 + ((s - spot.street) / spot.across) ** 2))
        found.append(np.asarray(pull / pull.sum(), float))
    return found


def _weights(group: str, base: Floats, pulls: list[Floats], *, since: int, age: float) -> Floats:
    """Where a month's incidents fall, unscaled: its sum says how many there are against an ordinary month."""
    pull = MARKET_PULL[group]
    total = base * (1 - pull)
    for spot, strength, shape in zip(HOT_SPOTS, _STRENGTH, pulls, strict=True):
        force = pull * strength * (0.75 if spot.market else 0.35)
        if spot.market and not spot.ends_with_call_in:
            force *= 1 + 0.09 * age
        if spot.ends_with_call_in and since >= 0:
            force *= 0.22 + 0.06 * min(since, 365) / 365
        total = total + force * shape
    return total


def _draw_month(
    group: str, first: date, after: date, weights: Floats, rng: np.random.Generator
) -> list[tuple[datetime, Offense, int]]:
    days = [first + timedelta(days=i) for i in range((after - first).days)]
    season = 1 + 0.17 * np.cos(2 * np.pi * (first.month - 7) / 12)
    expected = PER_MONTH[group] * float(weights.sum()) * season * len(days) / 30.4
    count = int(rng.poisson(expected))
    day_odds = np.array([WEEKDAYS[d.weekday()] for d in days])
    hour_odds = np.array(HOURS.get(group, HOURS["night"]), float)
    kinds = [o for o in OFFENSES if o.group == group]
    kind_odds = np.array([o.share for o in kinds])
    day = rng.choice(len(days), count, p=day_odds / day_odds.sum())
    hour = rng.choice(24, count, p=hour_odds / hour_odds.sum())
    minute = rng.integers(0, 60, count)
    door = rng.choice(len(weights), count, p=weights / weights.sum())
    kind = rng.choice(len(kinds), count, p=kind_odds / kind_odds.sum())
    return [(_moment(days[day[i]], int(hour[i]), int(minute[i])), kinds[kind[i]], int(door[i])) for i in range(count)]


def _moment(day: date, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TIME_ZONE)


def _incident(i: int, row: tuple[datetime, Offense, int], door: AddressPoint, *, lost: bool) -> Incident:
    moment, offense, _ = row
    letter = {"call": "C", "report": "R", "contact": "F"}[offense.source]
    number = f"{letter}{moment:%y}-{i:06d}"
    where = None if lost else door
    return Incident(
        number=number,
        source=offense.source,
        group=offense.group,
        code=offense.code,
        title=offense.title,
        occurred_at=moment,
        address=where.text if where else "",
        lon=where.lon if where else None,
        lat=where.lat if where else None,
        beat=where.beat if where else "",
        neighborhood=where.neighborhood if where else "",
        block=where.block if where else "",
        block_group=where.block_group if where else "",
    )
