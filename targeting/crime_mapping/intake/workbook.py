"""Rows of the first sheet that holds a table in an Excel workbook, every cell as text."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from targeting.crime_mapping.intake.problems import FileProblem

MOST_UNPACKED = 1_500_000_000
MOST_TIMES_PACKED = 200
MOST_CELLS = 40_000_000
_COLUMN, _ROW = re.compile(rb'<c r="([A-Z]{1,3})'), re.compile(rb'<row[^>]{0,80}? r="(\d{1,9})"')


def workbook_rows(path: Path, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of the sheet with the most rows. Raises FileProblem for what is not a workbook."""
    from python_calamine import CalamineWorkbook

    try:
        _refuse_bomb(path)
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            sheet = max(sheets, key=lambda s: s.total_height, default=None)
    except FileProblem:
        raise
    except Exception:  # the reader's own errors and its panics on damaged files have no common class
        raise FileProblem("bad_workbook", "The Excel file cannot be read. Save it again as .xlsx or as CSV.") from None
    if sheet is None or not sheet.total_height:
        raise FileProblem("empty", "The Excel file holds no rows.")
    if sheet.total_width > most_columns:
        raise FileProblem("too_many_columns", f"The sheet has more than {most_columns} columns.")
    return _texts(sheet)


def _texts(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_text(value) for value in row]
        if any(cells):
            yield number, cells


def _refuse_bomb(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if unpacked > MOST_UNPACKED or unpacked > max(50_000_000, MOST_TIMES_PACKED * packed):
            raise FileProblem("bomb", "The Excel file unpacks to far too much. Save it as CSV.")
        for member in members:
            if member.filename.startswith("xl/worksheets/"):
                _refuse_wide(archive, member)


def _refuse_wide(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """One stray cell in the last corner would make the reader lay out the whole sheet in memory."""
    width = height = 0
    tail = b""
    with archive.open(member) as sheet:
        while piece := sheet.read(1 << 20):
            text = tail + piece
            width = max([width, *map(_column_number, set(_COLUMN.findall(text)))])
            height = max([height, *map(int, _ROW.findall(text))])
            tail = text[-120:]
    if width * height > MOST_CELLS:
        raise FileProblem(
            "too_many_cells",
            f"The sheet reaches to row {height:,} and column {width:,}. Delete what stands far outside the table,"
            " or save it as CSV.",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S")
    return str(value)
