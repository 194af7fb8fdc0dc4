"""The line at the foot of every sheet: compartment, copy, person, time, page n of N.

Drawn over finished pages, so that no template can leave it out. The words that are the same on all pages are built once
for each page size; a page gets a few bytes that place them and add its own number. When a document becomes part of a
binder its own line is taken off and the binder's is put on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from django.contrib.staticfiles import finders
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream

FONT_FILE = "vendor/fonts/source-sans-3-latin-400-normal.woff2"
SIZE = 7.5
FROM_EDGE = 17.0  # points from the lower edge to the baseline: inside every printer's reach, below the text
SIDE = 72.0
MARKER, WRAPPED = Name("/DMIStamp"), Name("/DMIWrapped")
WIDEST_NUMBER = "Page 9999 of 9999"
FIRST, LAST = 32, 255


@dataclass(frozen=True, slots=True)
class Line:
    """The words of the line: the same on every page but for the page's number."""

    words: str
    is_numbered: bool = True


def put_on(pdf: Pdf, line: Line) -> None:
    """Every page of `pdf` carries `line`; a line from before is replaced."""
    font = _font_object(pdf)
    forms: dict[tuple[float, ...], tuple[str, Any]] = {}
    total = len(pdf.pages)
    for number, page in enumerate(pdf.pages, start=1):
        take_off(page)
        box = tuple(float(side) for side in page.mediabox)
        if box not in forms:
            forms[box] = (f"/DMIStamp{len(forms)}", _form(pdf, font, line.words, box))
        name, form = forms[box]
        _offer(page, Name.XObject, name, form)
        _offer(page, Name.Font, "/DMIStampFont", font)
        _place(pdf, page, name, box, f"Page {number} of {total}" if line.is_numbered else "")


def take_off(page: Page) -> None:
    """The page no longer carries a line of ours."""
    contents = page.obj.get(Name.Contents)
    if isinstance(contents, Array):
        kept = [stream for stream in contents if MARKER not in stream]
        if len(kept) != len(contents):
            page.obj[Name.Contents] = Array(kept)


def _offer(page: Page, group: Any, name: str, thing: Any) -> None:
    """The page can use `thing`. Pages of one document share their dictionary of resources, and so this entry."""
    resources = page.resources
    if group not in resources:
        resources[group] = Dictionary()
    resources[group][Name(name)] = thing


def _place(pdf: Pdf, page: Page, form: str, box: tuple[float, ...], number: str) -> None:
    right = box[2] - SIDE - width_of(number)
    text = _show("/DMIStampFont", right, box[1] + FROM_EDGE, number) if number else b""
    stamp = Stream(pdf, b"/Artifact BMC q %s Do " % form.encode() + text + b" Q EMC\n")
    stamp[MARKER] = True
    _isolate(pdf, page)
    page.obj[Name.Contents].append(pdf.make_indirect(stamp))


def _isolate(pdf: Pdf, page: Page) -> None:
    """The page's own drawing is wrapped in save and restore, so that its scale does not reach the line."""
    contents = page.obj.get(Name.Contents)
    streams = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
    if streams and WRAPPED in streams[0]:
        return
    before, after = Stream(pdf, b"q\n"), Stream(pdf, b"\nQ\n")
    before[WRAPPED] = True
    wrapped = [pdf.make_indirect(before), *streams, pdf.make_indirect(after)]
    page.obj[Name.Contents] = Array(wrapped)


def _form(pdf: Pdf, font: Any, words: str, box: tuple[float, ...]) -> Any:
    room = box[2] - box[0] - 2 * SIDE - width_of(WIDEST_NUMBER)
    size = SIZE * min(1, room / max(width_of(words), 1))
    drawn = _show("/F", box[0] + SIDE, box[1] + FROM_EDGE, words, size)
    return pdf.make_indirect(
        Stream(
            pdf,
            drawn,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(box),
            Resources=Dictionary(Font=Dictionary(F=font)),
        )
    )


def _show(font: str, x: float, y: float, words: str, size: float = SIZE) -> bytes:
    code = _coded(words).replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"0.2 g BT %s %.2f Tf %.2f %.2f Td (%s) Tj ET" % (font.encode(), size, x, y, code)


def _coded(words: str) -> bytes:
    """In the font's own encoding; a letter it lacks loses its accent, and what is left becomes a question mark."""
    found = bytearray()
    for letter in words:
        code = letter.encode("cp1252", "ignore") or unicodedata.normalize("NFKD", letter).encode("cp1252", "ignore")
        found += code or b"?"
    return bytes(found)


def width_of(words: str) -> float:
    """How wide the words stand, in points."""
    widths = _font().widths
    return sum(widths[code - FIRST] for code in _coded(words) if code >= FIRST) * SIZE / 1000


@dataclass(frozen=True, slots=True)
class _Font:
    program: bytes
    widths: tuple[float, ...]
    descriptor: dict[str, Any]


@lru_cache(maxsize=1)
def _font() -> _Font:
    """The letters of the line, cut out of our own type once for each worker."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    type_face = TTFont(finders.find(FONT_FILE))
    letters = [bytes([code]).decode("cp1252", "ignore") or " " for code in range(FIRST, LAST + 1)]
    widths = _widths(type_face, letters)
    options = subset.Options(
        hinting=False,
        layout_features=[],
        name_IDs=[],
        notdef_outline=True,
        drop_tables=["GSUB", "GPOS", "GDEF"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(letters))
    cutter.subset(type_face)
    type_face.flavor = None
    program = BytesIO()
    type_face.save(program)
    return _Font(program.getvalue(), widths, _descriptor(type_face))


def _widths(type_face: Any, letters: Iterable[str]) -> tuple[float, ...]:
    scale = 1000 / type_face["head"].unitsPerEm
    names, advances = type_face.getBestCmap(), type_face["hmtx"]
    return tuple(round(advances[names.get(ord(letter), ".notdef")][0] * scale, 1) for letter in letters)


def _descriptor(type_face: Any) -> dict[str, Any]:
    scale = 1000 / type_face["head"].unitsPerEm
    head, lines = type_face["head"], type_face["hhea"]
    box = [round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]
    return {"box": box, "ascent": round(lines.ascent * scale), "descent": round(lines.descent * scale)}


def _font_object(pdf: Pdf) -> Any:
    font = _font()
    program = Stream(pdf, font.program, Length1=len(font.program))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/DMISTP+SourceSans3"),
        Flags=32,
        FontBBox=Array(font.descriptor["box"]),
        ItalicAngle=0,
        Ascent=font.descriptor["ascent"],
        Descent=font.descriptor["descent"],
        CapHeight=660,
        StemV=80,
        FontFile2=pdf.make_indirect(program),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/DMISTP+SourceSans3"),
            Encoding=Name.WinAnsiEncoding,
            FirstChar=FIRST,
            LastChar=LAST,
            Widths=Array(list(font.widths)),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


def stamp_file(source: Any, target: Any, line: Line) -> int:
    """Put `line` on every page of the file `source` and write it to `target`; says how many pages there are."""
    with pikepdf.open(source) as pdf:
        put_on(pdf, line)
        pages = len(pdf.pages)
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return pages
