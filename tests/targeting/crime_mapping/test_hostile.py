"""Files meant to break an import: words with row and column, nothing half done, never a crash."""

from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest

from dmi.cases import actions as cases
from targeting.crime_mapping.actions import batches
from targeting.crime_mapping.intake.problems import FileProblem
from targeting.crime_mapping.models import ImportBatch, Incident, Source
from tests.factories import crime_mapping as given
from tests.targeting.crime_mapping.test_intake import workbook

pytestmark = pytest.mark.django_db
FIRST = given.row("18-1").encode()


@pytest.fixture
def source() -> Source:
    return given.source(
        cases.open_case(
            actor=None, slug="w", name="W", city_name="Marlow", number_prefix="W", time_zone="America/Chicago"
        )
    )


def take(source: Source, data: bytes, name: str = "m.csv") -> ImportBatch:
    return batches.import_now(source=source, upload=io.BytesIO(data), file_name=name, actor=None)


def csv(*rows: bytes) -> bytes:
    return b"\n".join((given.HEAD.encode(), *rows))


def packed(members: dict[str, bytes], by: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", by) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def torn(data: bytes) -> bytes:
    """A stretch in the middle of the packed table is something else."""
    middle = len(data) // 2
    return data[: middle - 20] + bytes(40) + data[middle + 20 :]


def marked(data: bytes, place: int, value: bytes) -> bytes:
    """A byte of the one file's line in the list at the end of a zip is another."""
    at = data.index(b"PK\x01\x02") + place
    return data[:at] + value + data[at + 1 :]


ONE_TABLE = {"a.csv": b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(5_000))}


def with_sheet(sheet: bytes) -> bytes:
    """A workbook whose sheet is this."""
    plain = workbook([["Date", "Offense"]])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(members | {"xl/worksheets/sheet1.xml": sheet})


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CORNER = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
REFUSED = {
    "empty": (b"", "is empty"),
    "one line of fifty megabytes": (csv(b"x" * 50_000_000), "Line 2 is longer than"),
    "a quote never closed": (csv(b'"' + b"x\n" * 1_000_000), "Row 2 cannot be read"),
    "ten thousand columns": (b",".join(b"h%d" % i for i in range(10_000)) + b"\n", "Row 1 has 10,000 columns"),
    "a picture called csv": (b"\x89PNG\r\n\x1a\n" + bytes(1000), "a picture"),
    "a movie of zeros": (bytes(200_000), "."),
    "a gzip bomb": (gzip.compress(bytes(120_000_000)), "unpacks to far too much"),
    "a workbook bomb": (with_sheet(SHEET % (b" " * 120_000_000)), "unpacks to far too much"),
    "a cell in the last corner": (with_sheet(SHEET % CORNER), "reaches to row 1,048,576 and column 16,384"),
    "a broken sheet": (with_sheet(b"<worksheet><sheetData><row><c><v>1</v>"), "."),
    "a zip of something else": (packed({"a.exe": b"MZ"}), "holds no CSV file"),
    "a zip of two tables": (packed({"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"}), "holds 2 tables"),
    "a damaged zip": (b"PK\x03\x04" + bytes(400), "zip is damaged"),
    "a zip torn in its middle": (torn(packed(ONE_TABLE)), "damaged"),
    "a zip by bzip2, torn": (torn(packed(ONE_TABLE, zipfile.ZIP_BZIP2)), "damaged"),
    "a zip by lzma, torn": (torn(packed(ONE_TABLE, zipfile.ZIP_LZMA)), "damaged"),
    "a zip with a password": (marked(packed(ONE_TABLE), 8, b"\x01"), "password"),
    "a zip packed in a way nobody knows": (marked(packed(ONE_TABLE), 10, b"\x63"), "cannot be opened"),
    "a zip of a later version": (marked(packed(ONE_TABLE), 6, b"\xff"), "zip is damaged"),
    "a zip bomb": (packed({"a.csv": b"a,b\n" + bytes(120_000_000)}), "unpacks to far too much"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_leaves_nothing(source: Source, name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(FileProblem) as refused:
        take(source, data)
    assert words in str(refused.value)
    assert not ImportBatch.objects.exists()
    assert not Incident.objects.exists()


ROWS = {
    "no date": (given.row("18-2", when=""), "no_date"),
    "the year nought": (given.row("18-2", when="0000-00-00"), "bad_date"),
    "far in the future": (given.row("18-2", when="12/31/9999 23:59"), "future_date"),
    "before anything": (given.row("18-2", when="1/1/0001"), "too_old"),
    "a zone of 99 hours": (given.row("18-2", when="2018-03-01T10:00:00+99:99"), "bad_date"),
    "other digits": (given.row("18-2", when="3/1/2018 \u00b2"), "bad_date"),
    "a sentence": (given.row("18-2", when="x" * 9_000), "bad_date"),
    "a long cell": (given.row("18-2", district="x" * 20_000), "cell_too_long"),
    "too many cells": (given.row("18-2") + ",more", "too_many_cells"),
    "a count of seven": (given.row("18-2", count="7"), "bad_count"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_cannot_be_used_is_reported_with_its_number_and_reason(source: Source, name: str) -> None:
    row, reason = ROWS[name]
    batch = take(source, csv(FIRST, row.encode(), given.row("18-3").encode()))
    assert (batch.rows_read, batch.imported, batch.reported) == (3, 2, 1)
    assert [(r.row_number, r.reason) for r in batch.reported_rows.all()] == [(3, reason)]
    (problem,) = [p for p in batch.problems if p["is_left_out"]]
    assert problem["rows"] == [3]
    assert problem["column"] or reason in ("cell_too_long", "too_many_cells")


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("inf", "nan"), ("1e400", "1"), ("999", "-999"), ("0x1F", "38"), ("-90.2", ""), ("=1+1", "'38"), ("90", "-38.6")],
)
def test_absurd_coordinates_are_no_location_and_are_counted(source: Source, lon: str, lat: str) -> None:
    given.districts(source.case)
    batch = take(source, csv(FIRST, *[given.row(f"1{i}").encode() for i in range(20)],
                             given.row("18-2", lon=lon, lat=lat).encode()))  # fmt: skip
    assert batch.imported == 22
    assert [p["count"] for p in batch.problems if p["code"] in ("bad_coordinates", "far_away")] == [1]


def test_nul_bytes_controls_and_formulas_are_kept_as_harmless_text(source: Source) -> None:
    row = given.row("18\x00-2", district="=cmd|' /C calc'!A0\x07")
    assert take(source, csv(FIRST, row.encode())).imported == 2
    stored = Incident.objects.get(number="18-2")
    assert stored.recorded == {"districts": "=cmd|' /C calc'!A0"}


def test_formulas_and_links_of_a_workbook_are_text_or_their_last_value(source: Source) -> None:
    cells = b"<row>%s</row><row>%s<c><f>HYPERLINK(&quot;http://x.example&quot;)</f><v>26.5</v></c></row>"
    text = b'<c t="inlineStr"><is><t>%s</t></is></c>'
    head = b"".join(text % h for h in (b"Incident Number", b"Date", b"Offense", b"Beat"))
    line = b"".join(text % h for h in (b"18-1", b"3/1/2018 10:00", b"=1+1 ROBBERY"))
    batch = take(source, with_sheet(SHEET % (cells % (head, line))), "m.xlsx")
    assert batch.imported == 1
    stored = Incident.objects.get()
    assert (stored.title or stored.code, stored.recorded) == ("=1+1 ROBBERY", {"beats": "26.5"})


def test_a_header_alone_is_no_import_but_no_crash(source: Source) -> None:
    batch = take(source, given.HEAD.encode() + b"\n")
    assert (batch.rows_read, batch.imported) == (0, 0)


def test_whatever_is_done_to_a_file_every_row_is_accounted_for(source: Source) -> None:
    base = bytearray(csv(*[given.row(f"18-{i}", when=f"3/{1 + i % 28}/2018 10:00").encode() for i in range(12)]))
    chance = random.Random(7)
    marks = [0, 9, 10, 13, 34, 39, 44, 59, 92, 128, 255, 45, 48]
    for turn in range(60):
        data = bytearray(base)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.choice(marks)
        if turn % 5 == 0:
            del data[chance.randrange(len(data)) :]
        try:
            batch = take(source, bytes(data), f"{turn}.csv")
        except FileProblem:
            continue
        assert batch.rows_read == batch.imported + batch.already_here + batch.withdrawn + batch.reported
