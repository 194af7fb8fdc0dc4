"""Rows of the first sheet that holds a table in an Excel workbook, every cell as text."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from targeting.crime_mapping.intake.problems import FileProblem

MOST_UNPACKED = 4_000_000_000


def workbook_rows(path: Path, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of the sheet with the most rows. Raises FileProblem for what is not a workbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bomb(path)
    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            sheet = max(sheets, key=lambda s: s.total_height, default=None)
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile):
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
        if not any(name.startswith(("xl/", "content.xml")) for name in archive.namelist()):
            raise FileProblem("wrong_kind", "This zip is not an Excel file. Unpack it and send the CSV.")
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise FileProblem("too_large", "The Excel file unpacks to far too much. Save it as CSV.")


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
