"""Rows out of a file: CSV in any common spelling, compressed or alone in a zip or not, or an Excel workbook.

The kind of file is judged by its content. Everything is read as text; formulas in cells stay text. Limits keep a
hostile file from filling memory or disk.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from targeting.crime_mapping.intake.opened import Opened, Row
from targeting.crime_mapping.intake.packed import DAMAGED, is_workbook, packed_table
from targeting.crime_mapping.intake.problems import FileProblem
from targeting.crime_mapping.intake.whole_day import with_whole_day
from targeting.crime_mapping.intake.workbook import workbook_rows

MOST_BYTES = 2_000_000_000
MOST_ROWS = 5_000_000
MOST_COLUMNS = 300
LONGEST_RECORD = 1_000_000
LONGEST_LINE = 4_000_000
MOST_TIMES_PACKED = 200
LONGEST_CELL = 10_000
_SAMPLE = 256_000
_BLOCK = 64_000
_HEAD_ROWS = 25
_DELIMITERS = ",;\t|"


@contextmanager
def open_table(path: Path) -> Iterator[Opened]:
    """The table in a file. Row numbers are the file's own, from 1. Raises FileProblem."""
    with path.open("rb") as raw:
        start = raw.read(8)
        raw.seek(0)
        if not start:
            raise FileProblem("empty", "The file is empty.")
        if start[:4] == b"PK\x03\x04" and not is_workbook(path):
            with packed_table(path) as (unpacked, packed_size):
                yield _from_text(unpacked, packed_size)
        elif start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            yield _table(workbook_rows(path, MOST_COLUMNS), "workbook")
        elif start[:2] == b"\x1f\x8b":
            with gzip.open(raw) as unpacked:
                yield _from_text(unpacked, packed_size=path.stat().st_size)
        else:
            _refuse_foreign(start)
            yield _from_text(raw)


def _refuse_foreign(start: bytes) -> None:
    names = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"SQLi": "a database"}
    for mark, name in names.items():
        if start.startswith(mark):
            raise FileProblem("wrong_kind", f"This is {name}. Send a CSV or Excel file.")


def _from_text(raw: IO[bytes] | gzip.GzipFile, packed_size: int | None = None) -> Opened:
    encoding = _encoding_of(raw, packed_size)
    raw.seek(0)
    text = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    sample = text.read(_SAMPLE)
    text.seek(0)
    _refuse_markup(sample)
    return _table(_csv_rows(text, _delimiter_of(sample)), encoding)


def _encoding_of(raw: IO[bytes] | gzip.GzipFile, packed_size: int | None) -> str:
    """UTF-8 when every byte says so, else the Windows code page; a mark at the start decides at once."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    read = 0
    try:
        if raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        raw.seek(0)
        if wide := _wide_order(raw.read(4_096)):
            return wide
        raw.seek(0)
        while piece := raw.read(1 << 20):
            read += len(piece)
            if packed_size and read > max(50_000_000, MOST_TIMES_PACKED * packed_size):
                raise FileProblem("bomb", "The compressed file unpacks to far too much. Send the plain CSV.")
            if read > MOST_BYTES:
                raise FileProblem("too_large", "The file is too large. Split it by year and send the parts.")
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    except DAMAGED:
        raise FileProblem("broken", "The compressed file is damaged. Save it again and send it anew.") from None
    return "utf-8-sig"


def _wide_order(start: bytes) -> str:
    """Which UTF-16 a text without a mark is in, by the noughts beside its letters; empty for any other text."""
    half = len(start) // 2
    firsts, seconds = start[0::2].count(0), start[1::2].count(0)
    if half > 10 and seconds > 0.7 * half and firsts < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if half > 10 and firsts > 0.7 * half and seconds < 0.1 * half else ""


def _refuse_markup(sample: str) -> None:
    start = sample.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise FileProblem("wrong_kind", "This is a web page, not a table. Export it as CSV.")
    if start.startswith(('{"', "[{")):
        raise FileProblem("wrong_kind", "This is JSON, not a table. Export it as CSV.")


def _delimiter_of(sample: str) -> str:
    """The separator that cuts the first lines into the most columns, alike in most lines."""
    lines = sample.splitlines()[:40]
    if len(lines) > 1:
        lines = lines[:-1] or lines
    best, best_score = ",", 0.0
    for mark in _DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        common = max(set(widths), key=widths.count) if widths else 1
        score = (common - 1) * (widths.count(common) / len(widths)) if widths else 0.0
        if score > best_score:
            best, best_score = mark, score
    return best


def _csv_rows(text: IO[str], delimiter: str) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(LONGEST_RECORD)
    reader = csv.reader(itertools.chain.from_iterable(_lines(text)), delimiter=delimiter)
    number = 0
    try:
        for row in reader:
            number += 1
            if row:
                yield number, row
    except csv.Error:
        raise FileProblem(
            "bad_quotes", f"Row {number + 1} cannot be read: a quotation mark is not closed or a cell is far too long."
        ) from None
    except DAMAGED:
        raise FileProblem("broken", f"The file breaks off after row {number}.") from None


def _lines(text: IO[str]) -> Iterator[IO[str]]:
    """Whole lines, many at a time, each of a length that fits into memory."""
    rest, number = "", 1
    while piece := text.read(_BLOCK):
        block = rest + piece
        # A return at the very end may be half of a line's end.
        end = 1 + max(block.rfind("\n"), block.rfind("\r", 0, len(block) - 1))
        rest = block[end:]
        number += max(block.count("\n", 0, end), block.count("\r", 0, end))
        if len(rest) >= LONGEST_LINE:
            raise FileProblem("line_too_long", f"Line {number} is longer than {LONGEST_LINE:,} characters.")
        yield io.StringIO(block[:end], newline="")
    yield io.StringIO(rest, newline="")


def _table(rows: Iterator[tuple[int, Row]], encoding: str) -> Opened:
    """Find the row of headings among the first rows; what stands above it is a title and is passed over."""
    head = list(itertools.islice(rows, _HEAD_ROWS))
    if not head:
        raise FileProblem("empty", "The file holds no rows.")
    width = max(len([c for c in row if c.strip()]) for _, row in head)
    if width > MOST_COLUMNS:
        raise FileProblem(
            "too_many_columns", f"Row {head[0][0]} has {width:,} columns; at most {MOST_COLUMNS} can be read."
        )
    if width < 2:
        raise FileProblem("one_column", "Only one column was found. Save the file as CSV with commas.")
    place = _heading_place(head, width)
    headings = _named(head[place][1])
    number = head[place][0]
    return with_whole_day(Opened(headings, _bounded(itertools.chain(head[place + 1 :], rows)), encoding, number))


def _heading_place(head: list[tuple[int, Row]], width: int) -> int:
    for place, (_, row) in enumerate(head):
        filled = [cell.strip() for cell in row if cell.strip()]
        words = [cell for cell in filled if any(c.isalpha() for c in cell)]
        if len(filled) >= 0.6 * width and len(words) >= 0.9 * len(filled) and len(filled) > 1:
            return place
    raise FileProblem("no_headings", "No row of headings was found. Put the names of the columns in the first row.")


def _named(cells: Row) -> list[str]:
    """Headings as they stand, without marks and blanks; an empty or repeated one gets a number."""
    named: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(clean(cell).split())[:120] or f"Column {place}"
        while name in named:
            name = f"{name} ({place})"
        named.append(name)
    return named


def _bounded(rows: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    for count, numbered in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise FileProblem("too_many_rows", f"The file holds more than {MOST_ROWS:,} rows. Split it by year.")
        yield numbered


def clean(text: str) -> str:
    """A cell without a mark at the start, control signs and outer blanks."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(c for c in text if c.isprintable() or c == " ").strip("\ufeff \u00a0\u200b")
