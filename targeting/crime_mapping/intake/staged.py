"""Rows on their way into the database, column by column, and the ground they are laid upon."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from dmi.geo.assign import Areas
from dmi.geo.coordinates import Box
from dmi.geo.density import Grid
from dmi.geo.projections import LocalPlane
from targeting.crime_mapping.intake.dates import Told
from targeting.crime_mapping.intake.reading import clean


class Found(Protocol):
    """Where an address lies and how it was found."""

    @property
    def lon(self) -> float: ...

    @property
    def lat(self) -> float: ...

    @property
    def method(self) -> str: ...

    @property
    def score(self) -> int: ...


class Locator(Protocol):
    """Finds addresses in the county's own files."""

    def locate_many(self, addresses: Sequence[str]) -> Sequence[Found | None]: ...


NOWHERE = ("nothing", "", None)
Key = TypeVar("Key")
Value = TypeVar("Value")


class Once(dict[Key, Value]):
    """Answers by what was asked, each worked out once; at most `most` are kept."""

    def __init__(self, answer: Callable[[Key], Value], most: int = 300_000) -> None:
        super().__init__()
        self._answer, self._most = answer, most

    def __missing__(self, asked: Key) -> Value:
        """Work it out and keep it while there is room."""
        found = self._answer(asked)
        if len(self) < self._most:
            self[asked] = found
        return found

    def all(self, asked: Iterable[Key]) -> list[Value]:
        """The answer for each."""
        return list(map(self.__getitem__, asked))


@dataclass(frozen=True)
class Reported:
    """A row left out, or kept but to be looked at: where, why, which column and what stands in it."""

    row_number: int
    reason: str
    column: str
    found: str
    cells: list[str]
    is_kept: bool = False


@dataclass(frozen=True)
class Ground:
    """What the rows are laid upon: the city, its cells and its boundary layers by slot."""

    city: Box | None = None
    plane: LocalPlane | None = None
    grid: Grid | None = None
    layers: Sequence[Areas] = ()


@dataclass
class Staged:
    """Rows ready to be stored, column by column, and what was noticed about them."""

    row_numbers: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    moments: list[Told] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)
    coordinates: list[tuple[str, str]] = field(default_factory=list)
    lon: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    lat: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    located: list[tuple[str, str, int | None]] = field(default_factory=list)
    looks: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, bool))
    rows: list[list[str]] = field(default_factory=list)
    cells: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    units: list[NDArray[np.int32]] = field(default_factory=list)


def found_in(problem: str, staged: Staged, place: int) -> str:
    """What stands in the row that has this problem."""
    if problem == "code_unmatched":
        return f"{staged.codes[place]} {staged.titles[place]}".strip()
    if problem == "doubtful_place":
        return staged.addresses[place]
    return ", ".join(clean(part.lstrip("xy")) for part in staged.coordinates[place] if part)


def unplace(staged: Staged, mask: NDArray[np.bool_]) -> None:
    """These rows have no location."""
    for place in np.flatnonzero(mask):
        staged.lon[place] = staged.lat[place] = np.nan
        staged.located[place] = NOWHERE


def keep(staged: Staged, mask: NDArray[np.bool_]) -> None:
    """Only these rows stay staged."""
    for name, value in vars(staged).items():
        if isinstance(value, np.ndarray):
            setattr(staged, name, value[mask] if len(value) == len(mask) else value)
        elif len(value) == len(mask):
            setattr(staged, name, list(itertools.compress(value, mask)))


def cells_of(lon: NDArray[np.float64], lat: NDArray[np.float64], ground: Ground) -> NDArray[np.int64]:
    """Number of the cell each point lies in, −1 outside the grid."""
    cells = np.full(len(lon), -1, np.int64)
    there = np.flatnonzero(np.isfinite(lon))
    if ground.plane is None or ground.grid is None or not len(there):
        return cells
    x, y = ground.plane.forward(lon[there], lat[there])
    grid = ground.grid
    column = np.floor((x - grid.x) / grid.cell).astype(np.int64)
    row = np.floor((y - grid.y) / grid.cell).astype(np.int64)
    inside = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
    cells[there[inside]] = row[inside] * grid.columns + column[inside]
    return cells


def report(
    number: int, reason: str, column: str, found: Any, row: list[str], *, personal: Collection[int] = (),
    is_kept: bool = False,
) -> Reported:  # fmt: skip
    """A row to give back, its texts made harmless and not too long; `personal` cells, which nobody reads, are blank."""
    cells = ["" if place in personal else clean(cell)[:500] for place, cell in enumerate(row[:300])]
    return Reported(number, reason, column, clean(str(found))[:200], cells, is_kept)
