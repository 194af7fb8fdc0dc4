"""Rows of a file turned into incidents, many at a time; what cannot be one is reported with its reason.

Identity of a row: complaint number, code, moment, address, month of the report and sign. Equal rows inside one file are
separate counts of a complaint and are numbered; the same rows in a later file are the same records seen again.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dmi.geo.assign import Areas
from dmi.geo.coordinates import Box
from dmi.geo.density import Grid
from dmi.geo.projections import LocalPlane
from targeting.crime_mapping.intake import positions
from targeting.crime_mapping.intake.columns import UNIT_FIELDS
from targeting.crime_mapping.intake.crosswalk import Own, categorise
from targeting.crime_mapping.intake.dates import BadDate, DateReader, When
from targeting.crime_mapping.intake.reading import LONGEST_CELL, clean
from targeting.crime_mapping.models.categories import VICTIM_BEARING, Category

CHUNK = 50_000
NumberedRow = tuple[int, list[str]]
_PAIR = re.compile(r"(-?\d+\.\d+)[,\s]+(-?\d+\.\d+)")


class Found(Protocol):
    """Where an address lies and how it was found."""

    lon: float
    lat: float
    method: str
    score: int


class Locator(Protocol):
    """Finds addresses in the county's own files."""

    def locate_many(self, addresses: Sequence[str]) -> Sequence[Found | None]: ...


@dataclass(frozen=True)
class Reported:
    """A row left out: where, why, which column and what stands in it."""

    row_number: int
    reason: str
    column: str
    found: str
    cells: list[str]


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
    moments: list[When] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)
    recorded: list[dict[str, str]] = field(default_factory=list)
    coordinates: list[tuple[str, str]] = field(default_factory=list)
    lon: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    lat: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    located: list[tuple[str, str, int | None]] = field(default_factory=list)
    cells: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    units: list[NDArray[np.int32]] = field(default_factory=list)


@dataclass
class Parser:
    """Parses the rows of one file; `reported` and `notes` grow as it goes."""

    headings: Sequence[str]
    columns: dict[str, str]
    dates: DateReader
    own: Own
    ground: Ground
    srid: str = ""
    locator: Locator | None = None
    notes: Counter[str] = field(default_factory=Counter)
    rows_read: int = 0
    _categories: dict[tuple[str, str], str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Where each field stands in a row."""
        self._at = {name: list(self.headings).index(heading) for name, heading in self.columns.items()}
        self._units = [name for name in UNIT_FIELDS if name in self._at]

    def chunks(self, rows: Iterable[NumberedRow]) -> Iterator[tuple[Staged, list[Reported]]]:
        """Staged rows and reported rows, some tens of thousands at a time."""
        staged, reported = Staged(), []
        for number, row in rows:
            self.rows_read += 1
            refusal = self._take(number, row, staged)
            if refusal:
                reported.append(refusal)
            if len(staged.keys) + len(reported) >= CHUNK:
                self._place(staged)
                yield staged, reported
                staged, reported = Staged(), []
        self._place(staged)
        yield staged, reported

    def _take(self, number: int, row: list[str], staged: Staged) -> Reported | None:
        """One row into `staged`, or the reason why not."""
        width = len(self.headings)
        if len(row) < width:
            row = row + [""] * (width - len(row))
        elif len(row) > width and any(cell.strip() for cell in row[width:]):
            return _report(number, "too_many_cells", "", "", row)
        if max(map(len, row)) > LONGEST_CELL:
            return _report(number, "cell_too_long", "", "", [cell[:200] for cell in row])
        if not any(cell and not cell.isspace() for cell in row):
            return _report(number, "empty_row", "", "", row)
        try:
            moment = self.dates.read(self._cell(row, "date"), self._cell(row, "time"))
        except BadDate as bad:
            return _report(number, bad.code, self.columns["date"], self._cell(row, "date"), row)
        sign = _SIGNS.get(self._cell(row, "count"))
        if sign is None:
            return _report(number, "bad_count", self.columns["count"], self._cell(row, "count"), row)
        if sign < 0 and not self._cell(row, "number"):
            return _report(number, "withdraws_unnamed", self.columns["count"], self._cell(row, "count"), row)
        self._stage(number, row, moment, sign, staged)
        return None

    def _stage(self, number: int, row: list[str], moment: When, sign: int, staged: Staged) -> None:
        name, code, title = (self._tidy(self._cell(row, field)) for field in ("number", "code", "title"))
        name, code, title = name[:60], code[:40], title[:200]
        address = self._address(row)[:200]
        where = self._coordinates(row)
        staged.row_numbers.append(number)
        staged.numbers.append(name)
        staged.codes.append(code)
        staged.titles.append(title)
        staged.categories.append(self._category(code, title))
        staged.moments.append(moment)
        staged.addresses.append(address)
        staged.signs.append(sign)
        staged.recorded.append({unit: cell for unit in self._units if (cell := self._tidy(self._cell(row, unit))[:60])})
        staged.coordinates.append(where)
        extra = "" if name else f"{title}|{where[0]}|{where[1]}"
        identity = f"{name}|{code}|{moment.at}|{address}|{self._tidy(self._cell(row, 'month'))}|{sign}|{extra}"
        staged.keys.append(str(uuid.UUID(bytes=hashlib.blake2b(identity.encode(), digest_size=16).digest())))

    def _cell(self, row: list[str], name: str) -> str:
        at = self._at.get(name)
        return row[at].strip() if at is not None else ""

    def _tidy(self, text: str) -> str:
        """Cells repeat: each spelling is cleaned once."""
        tidy = self._texts.get(text)
        if tidy is None:
            tidy = " ".join(clean(text).split())
            if len(self._texts) < 300_000:
                self._texts[text] = tidy
        return tidy

    def _category(self, code: str, title: str) -> str:
        known = self._categories.get((code, title))
        if known is None:
            known = self._categories[(code, title)] = categorise(code, title, self.own)
        if known == Category.UNMATCHED:
            self.notes["code_unmatched"] += 1
        return known

    def _address(self, row: list[str]) -> str:
        whole = self._tidy(self._cell(row, "address"))
        house, street = self._tidy(self._cell(row, "house")), self._tidy(self._cell(row, "street"))
        cross = self._tidy(self._cell(row, "cross_street"))
        if not whole and street:
            whole = f"{house} {street}" if house.strip("0") else street
        if cross and whole and not whole[0].isdigit() and "/" not in whole:
            whole = f"{whole} / {cross}"
        return whole

    def _coordinates(self, row: list[str]) -> tuple[str, str]:
        """Longitude and latitude as text, or x and y with a mark in front, or two blanks."""
        lon, lat = self._cell(row, "longitude"), self._cell(row, "latitude")
        if lon or lat:
            return lon, lat
        if "position" in self._at and (pair := _PAIR.search(self._cell(row, "position"))):
            is_wkt = "POINT" in self._cell(row, "position").upper()
            return (pair[1], pair[2]) if is_wkt else (pair[2], pair[1])
        x, y = self._cell(row, "x"), self._cell(row, "y")
        return (f"x{x}", f"y{y}") if x or y else ("", "")

    def _place(self, staged: Staged) -> None:
        """Coordinates, then addresses for those without, then cells and units."""
        found, turned = positions.settled(self._positions(staged), self.ground.city)
        self.notes["swapped"] += len(staged.keys) * turned
        self.notes["bad_coordinates"] += int(found.is_bad.sum())
        lon, lat = found.lon, found.lat
        staged.located = [("file", "", None) if ok else ("nothing", "", None) for ok in np.isfinite(lon)]
        self._by_address(staged, lon, lat)
        there = np.isfinite(lon)
        self.notes["no_coordinates"] += int((~there & ~found.is_bad).sum())
        self.notes["far_away"] += int(positions.far_away(lon, lat, self.ground.city).sum())
        staged.lon, staged.lat = lon, lat
        staged.units = [layer.locate(lon, lat) for layer in self.ground.layers]
        staged.cells = cells_of(lon, lat, self.ground)

    def _positions(self, staged: Staged) -> positions.Positions:
        firsts, seconds = [c[0] for c in staged.coordinates], [c[1] for c in staged.coordinates]
        is_flat = np.array([c.startswith("x") for c in firsts], bool)
        xs = [c[1:] if flat else "" for c, flat in zip(firsts, is_flat, strict=True)]
        ys = [c[1:] if flat else "" for c, flat in zip(seconds, is_flat, strict=True)]
        round_ones = positions.degrees(
            ["" if flat else c for c, flat in zip(firsts, is_flat, strict=True)],
            ["" if flat else c for c, flat in zip(seconds, is_flat, strict=True)],
        )
        if not is_flat.any():
            return round_ones
        flat_ones = positions.projected(xs, ys, self.srid) if self.srid else positions.degrees(xs, ys)
        return positions.Positions(
            np.where(is_flat, flat_ones.lon, round_ones.lon),
            np.where(is_flat, flat_ones.lat, round_ones.lat),
            np.where(is_flat, flat_ones.is_bad, round_ones.is_bad),
        )

    def _by_address(self, staged: Staged, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
        """Rows without coordinates are looked up, but never those whose place was held back to protect a victim."""
        if self.locator is None:
            return
        spots = [
            i
            for i in np.flatnonzero(~np.isfinite(lon))
            if staged.addresses[i] and staged.categories[i] not in VICTIM_BEARING
        ]
        answers = self.locator.locate_many([staged.addresses[i] for i in spots])
        for i, answer in zip(spots, answers, strict=True):
            if answer is not None:
                lon[i], lat[i] = answer.lon, answer.lat
                staged.located[i] = ("address", answer.method[:40], answer.score)


_SIGNS = {"": 1, "1": 1, "+1": 1, "1.0": 1, "-1": -1, "-1.0": -1, "\u22121": -1, "(1)": -1}


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


def _report(number: int, reason: str, column: str, found: Any, row: list[str]) -> Reported:
    return Reported(number, reason, column, clean(str(found))[:200], [clean(cell)[:500] for cell in row[:300]])
