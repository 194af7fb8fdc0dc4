"""Many finished PDFs become one: contents page, outline, page labels, one line of marks through all pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from dmi.documents import stamps

NO_TAGS = (Name.StructParents, Name.Tabs)
LEVELS = 2  # of a part's own outline: its sections and their parts


@dataclass(frozen=True, slots=True)
class Source:
    """One finished document: where it lies, what the outline calls it, whether the contents page lists it."""

    open: Callable[[], BinaryIO]
    heading: str
    pages: int
    note: str = ""
    is_listed: bool = True
    is_front: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents page: the number is the sheet's place in the file."""

    heading: str
    note: str
    page: int
    pages: int


def contents(sources: Sequence[Source], contents_pages: int) -> list[Entry]:
    """The lines of the contents page, given how many pages that page itself takes."""
    entries = []
    page = 1 + contents_pages
    seen_body = False
    for source in in_order(sources):
        if source.is_front and not seen_body:
            start = page - contents_pages
        else:
            seen_body, start = True, page
        if source.is_listed:
            entries.append(Entry(source.heading, source.note, start, source.pages))
        page += source.pages
    return entries


def in_order(sources: Sequence[Source]) -> list[Source]:
    """Front sheets (spine, cover) first, then the rest, each in the given order."""
    return [s for s in sources if s.is_front] + [s for s in sources if not s.is_front]


def join(
    sources: Sequence[Source],
    target: Path,
    *,
    line: stamps.Line,
    title: str,
    contents_file: Path | None = None,
    on_part: Callable[[int], None] = lambda number: None,
) -> int:
    """Write one file of all `sources`, with the contents page behind the front sheets; says how many pages it has."""
    with ExitStack() as opened, Pdf.new() as whole:
        items: list[OutlineItem] = []
        ordered = in_order(sources)
        fronts = sum(source.is_front for source in ordered)
        for number, source in enumerate(ordered):
            if number == fronts:
                _add_contents(whole, contents_file, items, opened)
            _add(whole, source, items, opened)
            on_part(number + 1)
        if fronts == len(ordered):
            _add_contents(whole, contents_file, items, opened)
        _finish(whole, items, title, line)
        whole.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            linearize=False,
        )
        return len(whole.pages)


def _add(whole: Pdf, source: Source, items: list[OutlineItem], opened: ExitStack) -> None:
    part = opened.enter_context(pikepdf.open(opened.enter_context(source.open())))
    first = len(whole.pages)
    whole.pages.extend(part.pages)
    item = OutlineItem(source.heading, first)
    item.children.extend(_outline_of(part, first))
    items.append(item)


def _add_contents(whole: Pdf, contents_file: Path | None, items: list[OutlineItem], opened: ExitStack) -> None:
    if contents_file is not None:
        part = opened.enter_context(pikepdf.open(contents_file))
        items.append(OutlineItem("Contents", len(whole.pages)))
        whole.pages.extend(part.pages)


def _finish(whole: Pdf, items: list[OutlineItem], title: str, line: stamps.Line) -> None:
    with whole.open_outline() as outline:
        outline.root.extend(items)
    for page in whole.pages:
        for name in NO_TAGS:  # the tags describe the parts; in the whole they would point nowhere
            if name in page.obj:
                del page.obj[name]
    whole.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=1)]))
    whole.Root.PageMode = Name.UseOutlines
    whole.Root.Lang = pikepdf.String("en-US")
    whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.docinfo[Name.Title] = title
    stamps.put_on(whole, line)


def _outline_of(part: Pdf, first: int) -> list[OutlineItem]:
    places = {page.obj.objgen: number for number, page in enumerate(part.pages)}
    with part.open_outline() as outline:
        return _moved(outline.root, places, first, LEVELS)


def _moved(items: Sequence[OutlineItem], places: dict[Any, int], first: int, levels: int) -> list[OutlineItem]:
    """The items of a part's outline, pointing at the same sheets inside the whole."""
    moved = []
    for item in items if levels else ():
        target = item.destination
        if not isinstance(target, Array) or not len(target) or target[0].objgen not in places:
            continue
        copy = OutlineItem(item.title, first + places[target[0].objgen])
        copy.children.extend(_moved(item.children, places, first, levels - 1))
        moved.append(copy)
    return moved
