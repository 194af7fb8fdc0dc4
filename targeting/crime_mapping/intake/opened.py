"""A table on its way in: headings and numbered rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Row = list[str]


@dataclass(frozen=True)
class Opened:
    """A file ready to be read: its headings, its numbered rows, and how it was written."""

    headings: list[str]
    rows: Iterator[tuple[int, Row]]
    encoding: str
    first_row: int
