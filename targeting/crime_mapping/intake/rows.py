"""Rows of a file turned into incidents, many at a time; what cannot be one is reported with its reason.

Identity of a row: complaint number, code, moment, address, month of the report and sign. Equal rows inside one file are
separate counts of a complaint and are numbered; the same rows in a later file are the same records seen again.
"""

from __future__ import annotations

import hashlib
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
from targeting.crime_mapping.intake.dates import BadDate, DateReader, When
from targeting.crime_mapping.intake.headings import words_of
from targeting.crime_mapping.intake.reading import LONGEST_CELL, clean
from targeting.crime_mapping.intake.staged import (
    Ground,
    Locator,
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
_BETWEEN = "\x1f"
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
    _categories: dict[tuple[str, str], str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Where each field stands in a row."""
        self._at = {name: list(self.headings).index(heading) for name, heading in self.columns.items()}
        self._units = [name for name in UNIT_FIELDS if name in self._at]
        self._personal = frozenset(place for place, heading in enumerate(self.headings) if is_personal(heading))
        self._gives_hours = "hour" in words_of(self.columns.get("time", ""))

    def learn(self, samples: Sequence[Sequence[str]]) -> None:
        """How the file uses its codes, from its first rows."""
        self._has_classes = has_class_numbers(
            (self._tidy(self._cell(list(row), "code")), self._cell(list(row), "title"))
            for row in samples
            if len(row) >= len(self.headings)
        )

    def chunks(self, rows: Iterable[NumberedRow]) -> Iterator[tuple[Staged, list[Reported]]]:
        """Staged rows and reported rows, some tens of thousands at a time."""
        staged, reported = Staged(), []
        for number, row in rows:
            self.rows_read += 1
            refusal = self._take(number, row, staged)
            if refusal:
                reported.append(refusal)
            if len(staged.keys) + len(reported) >= CHUNK:
                reported += self._place(staged)
                yield staged, reported
                staged, reported = Staged(), []
        reported += self._place(staged)
        yield staged, reported

    def _take(self, number: int, row: list[str], staged: Staged) -> Reported | None:
        """One row into `staged`, or the reason why not."""
        fitted = self._fitted(number, row)
        if isinstance(fitted, Reported):
            return fitted
        row = fitted
        if not any(cell and not cell.isspace() for cell in row):
            return self._report(number, "empty_row", "", "", row)
        if row[0].strip() == self.headings[0] and [clean(cell) for cell in row[:3]] == list(self.headings[:3]):
            return self._report(number, "headings_again", "", "", row)
        try:
            moment = self._moment(row)
        except BadDate as bad:
            return self._report(number, bad.code, self.columns["date"], self._cell(row, "date"), row)
        sign = self._sign(row)
        if sign is None or (sign < 0 and not self._cell(row, "number")):
            reason = "bad_count" if sign is None else "withdraws_unnamed"
            return self._report(number, reason, self.columns["count"], self._cell(row, "count"), row)
        self._stage(number, row, moment, sign, staged)
        staged.raw.append(_BETWEEN.join(row))
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

    def _sign(self, row: list[str]) -> int | None:
        sign = _SIGNS.get(self._cell(row, "count"))
        return 1 if sign is None and self.fixes.get("bad_count") == "one" else sign

    def _moment(self, row: list[str]) -> When:
        try:
            return self.dates.read(self._cell(row, "date"), self._time(row))
        except BadDate as bad:
            if bad.code == "bad_date" and self.fixes.get("bad_date") == "day_only":
                return self.dates.read_day(self._cell(row, "date"))
            raise

    def _stage(self, number: int, row: list[str], moment: When, sign: int, staged: Staged) -> None:
        name = self._tidy(self._cell(row, "number"))[:60]
        code, title = self._tidy(self._cell(row, "code"))[:40], self._tidy(self._cell(row, "title"))[:200]
        address, where = self._address(row)[:200], self._coordinates(row)
        month = self._tidy(self._cell(row, "month"))
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
        identity = f"{name}|{code}|{moment.at}|{address}|{month}|{sign}|{extra}"
        staged.keys.append(hashlib.blake2b(identity.encode(), digest_size=16).hexdigest())

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
            known = categorise(code, title, self.own, has_classes=self._has_classes)
            self._categories[(code, title)] = known
        return known

    def _address(self, row: list[str]) -> str:
        whole = self._tidy(self._cell(row, "address"))
        house, street = self._tidy(self._cell(row, "house")), self._tidy(self._cell(row, "street"))
        cross = self._tidy(self._cell(row, "cross_street"))
        if not whole and street:
            parts = (house if house.strip("0") else "", self._part(row, "direction"), street, self._part(row, "kind"))
            whole = " ".join(filter(None, parts))
        if not whole and "position" in self._at and (before := _BEFORE_PAIR.match(self._cell(row, "position"))):
            whole = "" if before[0].strip().upper().startswith(_SHAPES) else self._tidy(before[0].strip(" ,"))
        if not whole:
            return cross
        if cross and whole and not whole[0].isdigit() and "/" not in whole:
            whole = f"{whole} / {cross}"
        return whole

    def _part(self, row: list[str], name: str) -> str:
        return self._tidy(self._cell(row, name))

    def _time(self, row: list[str]) -> str:
        """The cell of the clock; a bare hour is the full hour."""
        text = self._cell(row, "time")
        return f"{text}:00" if self._gives_hours and text.isdigit() and len(text) <= 2 else text

    def _coordinates(self, row: list[str]) -> tuple[str, str]:
        """Longitude and latitude as text, or x and y with a mark in front, or two blanks."""
        lon, lat = self._cell(row, "longitude"), self._cell(row, "latitude")
        if lon or lat:
            return lon, lat
        if "position" in self._at and (pair := PAIR.search(self._cell(row, "position"))):
            return (pair[1], pair[2]) if _EAST_FIRST.search(self._cell(row, "position")) else (pair[2], pair[1])
        x, y = self._cell(row, "x"), self._cell(row, "y")
        return (f"x{x}", f"y{y}") if x or y else ("", "")

    def _place(self, staged: Staged) -> list[Reported]:
        """Coordinates, then addresses for those without, then cells and units; returns rows left out by choice."""
        found, turned = positions.settled(self._positions(staged), self.ground.city)
        self.notes["swapped"] += len(staged.keys) * turned
        lon, lat = found.lon, found.lat
        staged.located = [("file", "", None) if ok else ("nothing", "", None) for ok in np.isfinite(lon)]
        self._by_address(staged, lon, lat)
        masks = {
            "bad_coordinates": found.is_bad,
            "far_away": positions.far_away(lon, lat, self.ground.city),
            "doubtful_place": np.array([score is not None and score < REVIEW for *_, score in staged.located], bool),
            "code_unmatched": np.array([c == Category.UNMATCHED for c in staged.categories], bool),
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
                row, found = staged.raw[place].split(_BETWEEN), found_in(problem, staged, int(place))
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
                staged.raw[place].split(_BETWEEN),
            )
            for place, problem in sorted(out.items())
        ]
        keep(staged, np.array([place not in out for place in range(len(staged.keys))], bool))
        return reported

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


_SHAPES = ("POINT", "{", "SRID")
_SIGNS = {"": 1, "1": 1, "+1": 1, "1.0": 1, "-1": -1, "-1.0": -1, "\u22121": -1, "(1)": -1}
