"""Invented people of Marlow: players, those who matter to them, and the team. No one here exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from demo.city import SEED, City
from demo.city_ground import AddressPoint
from demo.name_lists import INFLUENTIALS, MILLBROOK, PLAYERS, TEAM, Course, InfluentialRow, PlayerRow, TeamRow

MINOR, AGE_UNKNOWN = "E-33", "E-36"


@dataclass(frozen=True)
class InventedPerson:
    """A player, with the number of his or her market. `birth_on` is None for one whose age nobody knows."""

    number: str
    full_name: str
    aliases: tuple[str, ...]
    birth_on: date | None
    sex: str
    race: str
    language: str
    address: str
    course: Course

    @property
    def slug(self) -> str:
        """A stable key for seeds of pictures: "e-07"."""
        return self.number.lower()


@dataclass(frozen=True)
class Influential:
    """Somebody a candidate listens to."""

    full_name: str
    relation: str
    of_number: str
    phone: str
    address: str
    language: str


@dataclass(frozen=True)
class TeamMember:
    """A seat on the team. `cleared` says whether the person is screened and trained for law-enforcement records."""

    username: str
    full_name: str
    title: str
    agency: str
    agency_kind: str
    seat: str
    cleared: bool
    phone: str


@dataclass(frozen=True)
class Cast:
    """Everybody the demo needs."""

    eastgate: list[InventedPerson]
    millbrook: list[InventedPerson]
    influentials: list[Influential]
    team: list[TeamMember]

    @property
    def candidates(self) -> list[InventedPerson]:
        """Those of Eastgate who are called in."""
        return [p for p in self.eastgate if p.course == "candidate"]

    def person(self, number: str) -> InventedPerson:
        """The player with this number, of either market."""
        return next(p for p in (*self.eastgate, *self.millbrook) if p.number == number)


def cast(city: City, *, today: date, seed: int = SEED) -> Cast:
    """The people of the demo, living at real doors of the invented town; the same for the same seed and day."""
    rng = np.random.default_rng(seed + 7)
    eastgate_doors = city.doors_in(city.eastgate.broad)
    millbrook_doors = city.doors_in(city.millbrook.broad)
    return Cast(
        eastgate=[_person("E", row, eastgate_doors, today, rng) for row in PLAYERS],
        millbrook=[_person("M", row, millbrook_doors, today, rng) for row in MILLBROOK],
        influentials=[_influential(i, row, eastgate_doors, rng) for i, row in enumerate(INFLUENTIALS)],
        team=[_member(i, row) for i, row in enumerate(TEAM)],
    )


def _person(
    prefix: str, row: PlayerRow, doors: list[AddressPoint], today: date, rng: np.random.Generator
) -> InventedPerson:
    place, name, alias, sex, race, language, course = row
    number = f"{prefix}-{place:02d}"
    years, day = int(rng.integers(19, 44)), int(rng.integers(0, 365))
    door = doors[int(rng.integers(0, len(doors)))]
    years = 16 if number == MINOR else years
    birth = None if number == AGE_UNKNOWN else today - timedelta(days=round(years * 365.25) + day)
    aliases = tuple(part for part in alias.split("|") if part)
    return InventedPerson(number, name, aliases, birth, sex, race, language, door.text, course)


def _influential(i: int, row: InfluentialRow, doors: list[AddressPoint], rng: np.random.Generator) -> Influential:
    name, relation, of_number, language = row
    door = doors[int(rng.integers(0, len(doors)))]
    return Influential(name, relation, of_number, _phone(150 + i), door.text, language)


def _member(i: int, row: TeamRow) -> TeamMember:
    return TeamMember(*row, phone="555-0142" if row[0] == "jmarsh" else _phone(101 + i))


def _phone(last: int) -> str:
    """Numbers of the range that is kept free for fiction."""
    return f"555-0{last:03d}"
