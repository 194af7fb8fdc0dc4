"""Reading files of records systems: spellings, encodings, headings, hostile bytes."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from targeting.crime_mapping.intake import columns, crosswalk, reading
from targeting.crime_mapping.intake.dates import BadDate, DateReader, day_comes_first, told
from targeting.crime_mapping.intake.problems import FileProblem
from targeting.crime_mapping.models import Category

ZONE = ZoneInfo("America/Chicago")
TODAY = dt.date(2026, 4, 27)


def reader(*, day_first: bool = False) -> DateReader:
    return DateReader(ZONE, TODAY, day_first)


def table(tmp_path: Path, data: bytes) -> tuple[list[str], list[list[str]], str]:
    path = tmp_path / "file"
    path.write_bytes(data)
    with reading.open_table(path) as opened:
        return opened.headings, [row for _, row in opened.rows], opened.encoding


@pytest.mark.parametrize(
    ("text", "time", "expected", "has_time"),
    [
        ("01/01/2018 00:01", "", "2018-01-01 00:01:00", True),
        ("1/1/2009 0:09", "", "2009-01-01 00:09:00", True),
        ("5/10/2017 13:30", "", "2017-05-10 13:30:00", True),
        ("2017-01-02 09:37:08", "", "2017-01-02 09:37:08", True),
        ("2018-01-01T05:00:00Z", "", "2017-12-31 23:00:00", True),
        ("20180131 2213", "", "2018-01-31 22:13:00", True),
        ("01-JAN-2018 10:05 PM", "", "2018-01-01 22:05:00", True),
        ("Jan 1, 2018 3:04 am", "", "2018-01-01 03:04:00", True),
        ("12/31/1999", "", "1999-12-31 00:00:00", False),
        ("1/2/2018", "2213", "2018-01-02 22:13:00", True),
        ("1/2/2018 0:00", "9:05 PM", "2018-01-02 21:05:00", True),
        ("43101.5", "", "2018-01-01 12:00:00", True),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_spelling(text: str, time: str, expected: str, has_time: bool) -> None:
    once = reader()
    for _ in range(2):  # the second time from memory
        found = once.read(text, time)
        assert (str(found.at), found.has_time) == (expected, has_time)


SPELLINGS = (
    "2018-03-01 13:05", "3/1/2018 1:05 PM", "03/01/18 1305", "20180301", "20180301 1305", "1-Mar-2018", "5-OCT-2017",
    "05-OCT-2017 10:05", "Mar 1, 2018 1:05 pm", "Thu 3/1/2018 13:05", "2018-03-01T13:05:00", "2018-03-01T13:05:00.000",
    "2018-03-01T19:05:00Z", "2018-03-01 19:05:00+00:00", "3/1/2018 10:00 CST", "43160.5", "1519909500", "", "soon",
    "31/04/2018", "1/1/1880", "1/1/2030", "3/1/2018  13:05", "3/1/2018 24:00", "3/1/2018 0:00",
)  # fmt: skip


@pytest.mark.parametrize("clock", ["", "13:05", "1:05 PM", "0905", "9", "12:00 AM", "late"])
def test_a_column_of_dates_is_read_as_each_of_them_alone(clock: str) -> None:
    alone: list[tuple[str, str | None, str] | str] = []
    for text in SPELLINGS:
        try:
            alone.append(told(reader().read(text, clock)))
        except BadDate as bad:
            alone.append(bad.code)
    found = reader().read_all(SPELLINGS * 3, [clock] * 3 * len(SPELLINGS))  # three times: later ones from memory
    assert [one.code if isinstance(one, BadDate) else one for one in found] == alone * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no_date"), ("31/04/2026", "bad_date"), ("soon", "bad_date"), ("1/1/1880", "too_old"),
     ("1/1/2030", "future_date"), ("2018-13-45", "bad_date"), ("1/1/2018 25:00", "bad_date")],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(BadDate) as refused:
        reader().read(text)
    assert refused.value.code == code


def test_the_order_of_day_and_month_is_decided_by_the_whole_file() -> None:
    assert day_comes_first(["31/12/2018 10:00", "01/02/2018"])
    assert not day_comes_first(["12/31/2018", "01/02/2018"])
    assert not day_comes_first(["01/02/2018"])
    assert str(reader(day_first=True).read("03/04/2018").at) == "2018-04-03 00:00:00"


@pytest.mark.parametrize(
    ("code", "title", "category"),
    [
        ("31111", "ROBBERY-HIGHWAY", Category.ROBBERY),
        ("181110", "", Category.DRUGS),
        ("265321", "LEAVING SCENE OF ACCIDENT", Category.OTHER),
        ("35A-S", "Drug sale", Category.DRUGS),
        ("240", "Motor vehicle theft", Category.VEHICLE_THEFT),
        ("", "THEFT FROM MOTOR VEHICLE", Category.THEFT),
        ("", "AUTO THEFT", Category.VEHICLE_THEFT),
        ("", "AGG.ASSAULT-FIREARM/CITIZEN ADULT", Category.AGGRAVATED_ASSAULT),
        ("NARC-MISC", "", Category.DRUGS),
        ("ZZTOP", "", Category.UNMATCHED),
        ("", "Vacnt Bldg Unsecured", Category.DISORDER),
        ("", "Ppty Maint Code-Ext", Category.DISORDER),
        ("", "Holdup", Category.ROBBERY),
        ("", "Open door burglary", Category.BURGLARY),
    ],
)
def test_codes_of_three_systems_find_their_category(code: str, title: str, category: str) -> None:
    assert crosswalk.categorise(code, title, {}) == category


def test_the_teams_own_match_goes_before_every_other() -> None:
    own = {("31111", ""): Category.OTHER}
    assert crosswalk.categorise("31111", "ROBBERY", own) == Category.OTHER


def test_headings_of_other_cities_are_matched(tmp_path: Path) -> None:
    head = "INC_NO,RCVD_DT,CALL_TYPE,ADDR,XSTREET,BEAT,LAT,LONG,CALLER_NM"
    row = "26-1,04/01/2026 10:00,DRUGS,812 Calder St,Eighth Ave,22,39.0,-75.1,Jane Roe"
    headings, rows, _ = table(tmp_path, f"{head}\n{row}\n".encode())
    found = columns.match(headings, rows)
    assert found == {
        "number": "INC_NO", "date": "RCVD_DT", "code": "CALL_TYPE", "address": "ADDR", "cross_street": "XSTREET",
        "beats": "BEAT", "latitude": "LAT", "longitude": "LONG",
    }  # fmt: skip
    assert columns.left_out(headings, found) == [{"heading": "CALLER_NM", "is_personal": True}]


def test_a_file_that_may_name_an_informant_is_refused(tmp_path: Path) -> None:
    headings, rows, _ = table(tmp_path, b"Date,Offense,CI_Name\n1/1/2018,DRUGS,x\n")
    with pytest.raises(FileProblem, match="informant"):
        columns.match(headings, rows)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("\ufeffDate,Offense\n1/1/2018,Caf\u00e9\n".encode(), "utf-8-sig"),
        ("Date;Offense\n1/1/2018;Caf\u00e9\n".encode("cp1252"), "cp1252"),
        ("Date\tOffense\n1/1/2018\tCaf\u00e9\n".encode("utf-16"), "utf-16"),
        (gzip.compress("Date,Offense\n1/1/2018,Caf\u00e9\n".encode()), "utf-8-sig"),
        ("City of Marlow\n\nDate,Offense\n1/1/2018,Caf\u00e9\n".encode(), "utf-8-sig"),
    ],
)
def test_a_table_is_found_in_any_common_dress(tmp_path: Path, data: bytes, encoding: str) -> None:
    headings, rows, found = table(tmp_path, data)
    assert (headings, rows, found) == (["Date", "Offense"], [["1/1/2018", "Caf\u00e9"]], encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block", [1, 2, 3, 7, 64_000])
def test_lines_are_the_same_wherever_a_block_of_the_file_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, end: str
) -> None:
    monkeypatch.setattr(reading, "_BLOCK", block)
    text = end.join(("Date,Offense", "1/1/2018,a", f'1/2/2018,"b{end}c, d"', "", "1/3/2018,e"))
    rows = [["1/1/2018", "a"], ["1/2/2018", f"b{end}c, d"], ["1/3/2018", "e"]]
    assert table(tmp_path, text.encode())[:2] == (["Date", "Offense"], rows)
    assert table(tmp_path, (text + end).encode())[:2] == (["Date", "Offense"], rows)


HOSTILE = {
    "empty": b"",
    "blank": b"\n\n\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "pdf": b"%PDF-1.7\n",
    "page": b"<!DOCTYPE html><html></html>",
    "json": b'{"a": 1}',
    "half gzip": gzip.compress(b"Date,Offense\n1/1/2018,x\n" * 1000)[:40],
    "not a workbook": b"PK\x03\x04" + bytes(200),
    "open quote": b'Date,Offense\n1/1/2018,"' + b"x" * 1_100_000,
    "one column": b"Date\n1/1/2018\n",
    "no headings": b"1,2\n3,4\n",
    "many columns": b",".join(b"h%d" % i for i in range(400)) + b"\n",
    "zeros": bytes(10_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_words_and_never_a_crash(tmp_path: Path, name: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(FileProblem) as refused, reading.open_table(path) as opened:
        list(itertools.islice(opened.rows, 10_000))
    assert str(refused.value).endswith(".")


def test_an_excel_file_is_read_cell_by_cell_as_text(tmp_path: Path) -> None:
    headings, rows, encoding = table(tmp_path, workbook([["Date", "Offense", "Lat"], [43101.5, "=1+1", 39.25]]))
    assert encoding == "workbook"
    assert (headings, rows) == (["Date", "Offense", "Lat"], [["43101.5", "=1+1", "39.25"]])


def workbook(rows: list[list[object]]) -> bytes:
    """The least that is an Excel file."""
    import io
    import zipfile
    from xml.sax.saxutils import escape

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    book = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parcel = "application/vnd.openxmlformats-package.relationships+xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="{parcel}"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{book}" xmlns:r="{rel}"><sheets><sheet name="A" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        f'"{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{book}"><sheetData>{body}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
