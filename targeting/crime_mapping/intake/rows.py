"""Rows of a file turned into incidents, many at a time; what cannot be one is reported with its reason.

Identity of a row: complaint number, code, moment, address, month of the report and sign. Equal rows inside one file are
separate counts of a complaint and are numbered; the same rows in a later file are the same records seen again.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dmi.places.geocoder import REVIEW
from targeting.crime_mapping.intake import positions
from targeting.crime_mapping.intake.cells import PAIR
from targeting.crime_mapping.intake.columns import UNIT_FIELDS, is_personal
from targeting.crime_mapping.intake.crosswalk import Own, categorise, has_class_numbers
from targeting.crime_mapping.intake.dates import BadDate, DateReader, Told, told
from targeting.crime_mapping.intake.headings import words_of
from targeting.crime_mapping.intake.reading import LONGEST_CELL, clean
from targeting.crime_mapping.intake.staged import (
    NOWHERE,
    Ground,
    Locator,
    Once,
    Reported,
    Staged,
    cells_of,
    found_in,
    keep,
    report,
    unplace,
)
from targeting.crime_mapping.models.categories import VICTIM_BEARING, Category

CHUNK = 50_000
EXAMPLES = 5
SURE = 100
LOOKS_KEPT = 5_000  # of each problem: more than a person will mend by hand
MOST_CELLS = 2_000_000  # of one part, so that wide files need no more memory than narrow ones
_BY_FILE = ("file", "", None)
_UNMATCHED = Category.UNMATCHED.value
Rows = list[list[str]]
NumberedRow = tuple[int, list[str]]
_EAST_FIRST = re.compile(r"POINT|COORDINATES|LONG?(?:ITUDE)?\W.*\bLAT|LNG\W.*\bLAT", re.IGNORECASE | re.DOTALL)
_BEFORE_PAIR = re.compile(r"^[^(\n]*[A-Za-z][^(\n]*")


@dataclass
class Parser:
    """Parses the rows of one file; `notes`, `examples`, `looks` and `unmatched` grow as it goes.

    `fixes` says what was chosen for all rows of a problem (problems.FIXES), `decided` where addresses lie that a person
    looked at before: longitude and latitude, or None where they stay without a location.
    """

    headings: Sequence[str]
    columns: dict[str, str]
    dates: DateReader
    own: Own
    ground: Ground
    srid: str = ""
    locator: Locator | None = None
    fixes: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, tuple[float, float] | None] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    unmatched: Counter[tuple[str, str]] = field(default_factory=Counter)
    looks: list[Reported] = field(default_factory=list)
    rows_read: int = 0
    _looks_of: Counter[str] = field(default_factory=Counter)
    _has_classes: bool = True

    def __post_init__(self) -> None:
        """Where each field stands in a row; cells repeat, so each spelling is understood once."""
        self._texts: Once[str, str] = Once(lambda text: " ".join(clean(text).split()))
        self._categories = Once(self._category)
        self._recorded = Once(self._units_recorded)
        self._at = {name: list(self.headings).index(heading) for name, heading in self.columns.items()}
        self._units = [name for name in UNIT_FIELDS if name in self._at]
        self._personal = frozenset(place for place, heading in enumerate(self.headings) if is_personal(heading))
        self._gives_hours = "hour" in words_of(self.columns.get("time", ""))

    def learn(self, samples: Sequence[Sequence[str]]) -> None:
        """How the file uses its codes, from its first rows."""
        self._has_classes = has_class_numbers(
            (self._texts[self._cell(list(row), "code")], self._cell(list(row), "title"))
            for row in samples
            if len(row) >= len(self.headings)
        )

    def chunks(self, rows: Iterable[NumberedRow]) -> Iterator[tuple[Staged, list[Reported]]]:
        """Staged rows and reported rows, some tens of thousands at a time; fewer where they are wide."""
        waiting, size = iter(rows), max(1, min(CHUNK, MOST_CELLS // len(self.headings)))
        while part := list(itertools.islice(waiting, size)):
            self.rows_read += len(part)
            staged, refused = self._staged(part)
            yield staged, [*refused, *self._place(staged)]

    def _staged(self, part: Sequence[NumberedRow]) -> tuple[Staged, list[Reported]]:
        """The rows column by column, and those that cannot be incidents with the reason why not."""
        numbers, rows, refused = self._fitting(part)
        moments, signs, head = self._moments(rows), self._signs(rows), self.headings[0]
        is_kept = [True] * len(rows)
        for place, (row, moment, sign) in enumerate(zip(rows, moments, signs, strict=True)):
            if sign == 1 and not isinstance(moment, BadDate) and row[0].strip() != head:
                continue
            refusal = self._refusal(numbers[place], row, moment, sign)
            if refusal:
                refused.append(refusal)
                is_kept[place] = False
        refused.sort(key=lambda one: one.row_number)
        staged = Staged()
        staged.row_numbers = list(itertools.compress(numbers, is_kept))
        staged.rows = list(itertools.compress(rows, is_kept))
        staged.moments = [m for m in itertools.compress(moments, is_kept) if not isinstance(m, BadDate)]
        staged.signs = [sign for sign in itertools.compress(signs, is_kept) if sign is not None]
        self._fill(staged)
        return staged, refused

    def _fitting(self, part: Sequence[NumberedRow]) -> tuple[list[int], list[list[str]], list[Reported]]:
        """Numbers and rows that are as wide as the headings, and those that cannot be."""
        width, numbers, rows, refused = len(self.headings), [], [], []
        for number, row in part:
            if len(row) == width and max(map(len, row)) <= LONGEST_CELL:
                fitted: list[str] | Reported = row
            else:
                fitted = self._fitted(number, row)
            if isinstance(fitted, Reported):
                refused.append(fitted)
            else:
                numbers.append(number)
                rows.append(fitted)
        return numbers, rows, refused

    def _refusal(self, number: int, row: list[str], moment: Told | BadDate, sign: int | None) -> Reported | None:
        """Why a row cannot be an incident; None where it can."""
        if not any(cell and not cell.isspace() for cell in row):
            return self._report(number, "empty_row", "", "", row)
        if row[0].strip() == self.headings[0] and [clean(cell) for cell in row[:3]] == list(self.headings[:3]):
            return self._report(number, "headings_again", "", "", row)
        if isinstance(moment, BadDate):
            return self._report(number, moment.code, self.columns["date"], self._cell(row, "date"), row)
        if sign is None or (sign < 0 and not self._cell(row, "number")):
            reason = "bad_count" if sign is None else "withdraws_unnamed"
            return self._report(number, reason, self.columns["count"], self._cell(row, "count"), row)
        return None

    def _fitted(self, number: int, row: list[str]) -> list[str] | Reported:
        """The row as wide as the headings, no cell too long; or why it cannot be so."""
        width = len(self.headings)
        if len(row) < width:
            row = row + [""] * (width - len(row))
        if len(row) > width and any(cell.strip() for cell in row[width:]) and self.fixes.get("too_many_cells") != "cut":
            return self._report(number, "too_many_cells", "", "", row)
        if max(map(len, row)) <= LONGEST_CELL:
            return row
        if self.fixes.get("cell_too_long") != "cut":
            longest = self.headings[max(range(width), key=lambda place: len(row[place]))]
            return self._report(number, "cell_too_long", longest, "", [cell[:200] for cell in row])
        return [cell[:LONGEST_CELL] for cell in row]

    def _report(self, number: int, reason: str, column: str, found: str, row: list[str]) -> Reported:
        return report(number, reason, column, found, row, personal=self._personal)

    def _signs(self, rows: Rows) -> list[int | None]:
        unclear = 1 if self.fixes.get("bad_count") == "one" else None
        return [_SIGNS.get(cell, unclear) for cell in self._cells(rows, "count")]

    def _moments(self, rows: Rows) -> list[Told | BadDate]:
        days, clocks = self._cells(rows, "date"), self._cells(rows, "time")
        if self._gives_hours:  # a bare hour is the full hour
            clocks = [f"{text}:00" if text.isdigit() and len(text) <= 2 else text for text in clocks]
        moments = self.dates.read_all(days, clocks)
        if self.fixes.get("bad_date") == "day_only":
            for place, moment in enumerate(moments):
                if isinstance(moment, BadDate) and moment.code == "bad_date":
                    moments[place] = self._day_only(days[place])
        return moments

    def _day_only(self, text: str) -> Told | BadDate:
        try:
            return told(self.dates.read_day(text))
        except BadDate as bad:
            return BadDate(bad.code)

    def _fill(self, staged: Staged) -> None:
        """What the rows say, each column at once."""
        rows = staged.rows
        staged.numbers = [cell[:60] for cell in self._tidied(rows, "number")]
        staged.codes = [cell[:40] for cell in self._tidied(rows, "code")]
        staged.titles = [cell[:200] for cell in self._tidied(rows, "title")]
        staged.addresses = [address[:200] for address in self._addresses(rows)]
        staged.categories = self._categories.all(zip(staged.codes, staged.titles, strict=True))
        staged.recorded = ["{}"] * len(rows)
        if self._units:
            staged.recorded = self._recorded.all(zip(*(self._tidied(rows, unit) for unit in self._units), strict=True))
        staged.coordinates = self._coordinates(rows)
        staged.keys = [
            hashlib.blake2b(
                f"{name}|{code}|{moment}|{address}|{month}|{sign}|{'' if name else '|'.join((title, *where))}".encode(),
                digest_size=16,
            ).hexdigest()
            for name, code, title, (moment, _, _), address, month, sign, where in zip(
                staged.numbers, staged.codes, staged.titles, staged.moments, staged.addresses,
                self._tidied(rows, "month"), staged.signs, staged.coordinates, strict=True,
            )
        ]  # fmt: skip

    def _cell(self, row: list[str], name: str) -> str:
        at = self._at.get(name)
        return row[at].strip() if at is not None else ""

    def _cells(self, rows: Rows, name: str) -> list[str]:
        at = self._at.get(name)
        return [row[at].strip() for row in rows] if at is not None else [""] * len(rows)

    def _tidied(self, rows: Rows, name: str) -> list[str]:
        """A column without control signs and repeated blanks; where it has none, as it stands."""
        cells = self._cells(rows, name)
        together = "".join(cells)
        if together.isascii() and together.isprintable() and "  " not in together:
            return cells
        return self._texts.all(cells)

    def _category(self, offense: tuple[str, str]) -> str:
        return str(categorise(*offense, self.own, has_classes=self._has_classes))

    def _units_recorded(self, cells: tuple[str, ...]) -> str:
        return json.dumps({unit: cell[:60] for unit, cell in zip(self._units, cells, strict=True) if cell})

    def _addresses(self, rows: Rows) -> list[str]:
        names = ("address", "house", "direction", "street", "kind", "cross_street")
        if "position" not in self._at and not set(names[1:]) & self._at.keys():
            return self._tidied(rows, "address")
        parts = [*(self._tidied(rows, name) for name in names), self._cells(rows, "position")]
        return list(map(_address, zip(*parts, strict=True)))

    def _coordinates(self, rows: Rows) -> list[tuple[str, str]]:
        """Longitude and latitude as text, or x and y with a mark in front, or two blanks."""
        if "position" in self._at:
            return [_pair(cell) for cell in self._cells(rows, "position")]
        if "x" in self._at:
            cells = zip(self._cells(rows, "x"), self._cells(rows, "y"), strict=True)
            return [(f"x{x}", f"y{y}") if x or y else ("", "") for x, y in cells]
        return list(zip(self._cells(rows, "longitude"), self._cells(rows, "latitude"), strict=True))

    def _place(self, staged: Staged) -> list[Reported]:
        """Coordinates, then addresses for those without, then cells and units; returns rows left out by choice."""
        found, turned = positions.settled(self._positions(staged), self.ground.city)
        self.notes["swapped"] += len(staged.keys) * turned
        lon, lat = found.lon, found.lat
        staged.located = [_BY_FILE if ok else NOWHERE for ok in np.isfinite(lon).tolist()]
        self._by_address(staged, lon, lat)
        masks = {
            "bad_coordinates": found.is_bad,
            "far_away": positions.far_away(lon, lat, self.ground.city),
            "doubtful_place": np.array([how[2] is not None and how[2] < REVIEW for how in staged.located], bool),
            "code_unmatched": np.array([category == _UNMATCHED for category in staged.categories], bool),
        }
        staged.lon, staged.lat = lon, lat
        for problem in ("far_away", "doubtful_place"):
            if self.fixes.get(problem) == "no_location":
                unplace(staged, masks[problem])
        for problem, mask in masks.items():
            self._note(problem, mask, staged)
        open_masks = [mask for problem, mask in masks.items() if problem not in self.fixes]
        staged.looks = np.logical_or.reduce([*open_masks, np.zeros(len(lon), bool)])
        self._look(staged, {problem: mask for problem, mask in masks.items() if problem not in self.fixes})
        self.notes["no_coordinates"] += int((~np.isfinite(staged.lon) & ~found.is_bad).sum())
        left_out = self._left_out(staged, masks)
        staged.units = [layer.locate(staged.lon, staged.lat) for layer in self.ground.layers]
        staged.cells = cells_of(staged.lon, staged.lat, self.ground)
        return left_out

    def _note(self, problem: str, mask: NDArray[np.bool_], staged: Staged) -> None:
        """How many rows it concerns, the first of them and what stands there; every code that is not matched."""
        concerned = np.flatnonzero(mask)
        self.notes[problem] += len(concerned)
        shown = self.examples.setdefault(problem, [])
        for place in concerned[: EXAMPLES - len(shown)] if len(shown) < EXAMPLES else ():
            shown.append((staged.row_numbers[place], found_in(problem, staged, int(place))))
        if problem == "code_unmatched":
            self.unmatched.update((staged.codes[place], staged.titles[place]) for place in concerned)

    def _look(self, staged: Staged, masks: Mapping[str, NDArray[np.bool_]]) -> None:
        """The first rows of each problem that come in and need a look, to be given back with the reason."""
        for problem, mask in masks.items():
            room = LOOKS_KEPT - self._looks_of[problem]
            for place in np.flatnonzero(mask)[: max(room, 0)]:
                row, found = staged.rows[place], found_in(problem, staged, int(place))
                self.looks.append(report(staged.row_numbers[place], problem, "", found, row, personal=self._personal,
                                         is_kept=True))  # fmt: skip
                self._looks_of[problem] += 1

    def _left_out(self, staged: Staged, masks: Mapping[str, NDArray[np.bool_]]) -> list[Reported]:
        """Rows of a problem for which “leave out” was chosen, out of the staged ones."""
        out: dict[int, str] = {}
        for problem, mask in masks.items():
            if self.fixes.get(problem) == "leave_out":
                out |= {int(place): problem for place in np.flatnonzero(mask) if int(place) not in out}
        if not out:
            return []
        reported = [
            self._report(
                staged.row_numbers[place],
                "left_out",
                "",
                found_in(problem, staged, place),
                staged.rows[place],
            )
            for place, problem in sorted(out.items())
        ]
        keep(staged, np.array([place not in out for place in range(len(staged.keys))], bool))
        return reported

    def _positions(self, staged: Staged) -> positions.Positions:
        firsts, seconds = ([pair[side] for pair in staged.coordinates] for side in (0, 1))
        if "x" not in self._at:
            return positions.degrees(firsts, seconds)
        xs, ys = [x[1:] for x in firsts], [y[1:] for y in seconds]
        return positions.projected(xs, ys, self.srid) if self.srid else positions.degrees(xs, ys)

    def _by_address(self, staged: Staged, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
        """Rows without coordinates are looked up, but never those whose place was held back to protect a victim."""
        spots = [
            i
            for i in np.flatnonzero(~np.isfinite(lon))
            if staged.addresses[i] and staged.categories[i] not in VICTIM_BEARING
        ]
        for i in spots:
            if spot := self.decided.get(staged.addresses[i]):
                lon[i], lat[i] = spot
                staged.located[i] = ("address", "decided by a person", SURE)
        if self.locator is None:
            return
        spots = [i for i in spots if staged.addresses[i] not in self.decided]
        answers = self.locator.locate_many([staged.addresses[i] for i in spots])
        for i, answer in zip(spots, answers, strict=True):
            if answer is not None:
                lon[i], lat[i] = answer.lon, answer.lat
                staged.located[i] = ("address", answer.method[:40], answer.score)


def _address(parts: tuple[str, ...]) -> str:
    """One line from what a row gives of its address."""
    whole, house, direction, street, kind, cross, position = parts
    if not whole and street:
        whole = " ".join(filter(None, (house if house.strip("0") else "", direction, street, kind)))
    if not whole and (before := _BEFORE_PAIR.match(position)):
        words = before[0].strip(" ,")
        whole = "" if words.upper().startswith(_SHAPES) else " ".join(clean(words).split())
    if not whole:
        return cross
    return f"{whole} / {cross}" if cross and not whole[0].isdigit() and "/" not in whole else whole


def _pair(cell: str) -> tuple[str, str]:
    """Longitude and latitude out of one cell that holds both."""
    pair = PAIR.search(cell)
    if pair is None:
        return "", ""
    return (pair[1], pair[2]) if _EAST_FIRST.search(cell) else (pair[2], pair[1])


_SHAPES = ("POINT", "{", "SRID")
_SIGNS = {"": 1, "1": 1, "+1": 1, "1.0": 1, "-1": -1, "-1.0": -1, "\u22121": -1, "(1)": -1}
