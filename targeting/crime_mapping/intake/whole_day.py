"""Year, month and day in columns of their own, and no date: they are put together in a column behind the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from targeting.crime_mapping.intake.headings import plain, rank_as_date, words_of
from targeting.crime_mapping.intake.opened import Opened, Row

HEADING = "Date from its parts"
_PARTS = (
    frozenset({"year", "yr", "occyear", "incidentyear", "reportyear"}),
    frozenset({"month", "mo", "mon", "occmonth", "incidentmonth", "reportmonth"}),
    frozenset({"day", "dayofmonth", "occday", "incidentday", "reportday"}),
)
_CLOCK = (frozenset({"hour", "hr", "occhour"}), frozenset({"minute", "min", "minutes", "occminute"}))


def with_whole_day(table: Opened) -> Opened:
    """The table with one more column, “Date from its parts”, where it has year, month and day but no date."""
    parts = [_place(table.headings, names) for names in _PARTS]
    if None in parts or any(_is_a_day(heading) for heading in table.headings):
        return table
    clock = [_place(table.headings, names) for names in _CLOCK]
    places = [place for place in (*parts, *clock) if place is not None]
    return replace(table, headings=[*table.headings, HEADING],
                   rows=_joined(table.rows, places, len(table.headings)))  # fmt: skip


def _is_a_day(heading: str) -> bool:
    return rank_as_date(heading) is not None and bool({"date", "datetime"} & set(words_of(heading)))


def _place(headings: Sequence[str], names: frozenset[str]) -> int | None:
    return next((place for place, heading in enumerate(headings) if plain(heading) in names), None)


def _joined(rows: Iterator[tuple[int, Row]], places: Sequence[int], width: int) -> Iterator[tuple[int, Row]]:
    for number, row in rows:
        wide = row + [""] * (width - len(row))
        yield number, [*wide[:width], _written([wide[place].strip() for place in places]), *wide[width:]]


def _written(parts: Sequence[str]) -> str:
    """2018, 3, 1, 13, 5 as 2018-3-1 13:05; nothing where a part of the day is missing; the month may be a word."""
    year, month, day, *clock = parts
    if not (year and month and day):
        return ""
    whole = f"{day} {month} {year}" if month[0].isalpha() else f"{year}-{month}-{day}"
    if not clock or not clock[0]:
        return whole
    hour, minute = clock[0], (clock[1] if len(clock) > 1 else "") or "0"
    return f"{whole} {hour}:{minute.zfill(2)}"
