"""From a document's frozen facts, and from a run's finished parts, to the file: what the jobs do, without the job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from dmi.documents import facts as freezing
from dmi.documents import kinds, merge, pictures, render, stamps, store
from dmi.documents.models import Document, Printed, PrintPart, PrintRun

CONTENTS_TEMPLATE = "documents/pages/_contents.html"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a template may say about the document itself, beside its facts: `paper.…`."""

    title: str
    copy: int
    player_number: str
    compartment: str
    market: str
    city: str
    is_invented: bool
    issued_at: datetime
    issued_by: str
    leaves_the_team: bool = False


def write_document(document: Document, folder: Path) -> render.Rendered:
    """The document's PDF in `folder`, with its marks on every page.

    Raises RenderRefused, FactsRefused (a photograph is not released any more) and PictureUnreadable.
    """
    kind = kinds.get(document.kind)
    if kind.schema_version != document.schema_version:
        raise render.RenderRefused("This was issued in an older form, which this version of the program cannot draw.")
    media = pictures.files_of(document.case, [UUID(pk) for pk in document.media])
    ready = {pk: pictures.prepared(path) for pk, path in media.items()}
    facts = freezing.thaw(document.frozen.body)
    with timezone.override(_zone(document)):
        html = render.html_of(kind.template, {**facts, "facts": facts, "paper": about(document, kind)})
    render.must_say(html, kind.must_say)
    drawn = render.write(html, folder / "drawn.pdf", media=ready, is_tagged=kind.is_tagged)
    target = folder / "stamped.pdf"
    pages = stamps.stamp_file(drawn.path, target, line_of(document, kind))
    return render.Rendered(target, pages)


def write_run(run: PrintRun, folder: Path, on_part: Callable[[int], None] = lambda number: None) -> render.Rendered:
    """The run's one file in `folder`: contents page, all parts, outline, page numbers, the run's own marks."""
    sources = [_source(part) for part in run.parts.select_related("document").order_by("position")]
    contents_file = _write_contents(run, sources, folder) if run.is_binder else None
    target = folder / "run.pdf"
    title = f"{run.title}, copy {run.copy_number}"
    pages = merge.join(sources, target, line=line_of(run), title=title, contents_file=contents_file, on_part=on_part)
    return render.Rendered(target, pages)


def keep(printed: Printed, made: render.Rendered) -> None:
    """Set file, hash, pages and size on `printed`; the file stands whole in the private storage before this returns."""
    digest = store.sha256_of(made.path)
    printed.file.name = store.put(f"documents/{printed.case_id}/{printed.pk}-{digest[:16]}.pdf", made.path)
    printed.sha256 = digest
    printed.pages = made.pages
    printed.size = made.path.stat().st_size


def about(printed: Printed, kind: kinds.DocumentKind | None = None) -> Paper:
    """The document's own particulars, in the market's time."""
    return Paper(
        title=printed.title,
        copy=printed.copy_number,
        player_number=getattr(printed, "player_number", ""),
        compartment=printed.compartment_label,
        market=printed.case.name,
        city=printed.case.city_name,
        is_invented=printed.case.is_invented,
        issued_at=printed.created_at.astimezone(_zone(printed)),
        issued_by=printed.created_by.short_name if printed.created_by else "",
        leaves_the_team=bool(kind and kind.leaves_the_team),
    )


def line_of(printed: Printed, kind: kinds.DocumentKind | None = None) -> stamps.Line:
    """The marks at the foot of every page: compartment, what and which copy, when and for whom."""
    facts = about(printed, kind)
    what = " ".join(part for part in (facts.title, facts.player_number) if part)
    when = stamp_time(facts.issued_at)
    words = [
        f"{what}, copy {facts.copy}",
        f"Printed {when}" + (f" for {facts.issued_by}" if facts.issued_by else ""),
    ]
    if facts.leaves_the_team:  # the sheet is given to somebody outside: no compartment, no name of ours
        words = [f"{facts.player_number or facts.title}, copy {facts.copy}", when]
    else:
        words.insert(0, facts.compartment)
    if facts.is_invented:
        words.append("Invented facts")
    return stamps.Line(" · ".join(words))


def stamp_time(moment: datetime) -> str:
    """ "May 14, 2026, 6:30 pm", in any locale."""
    hour = moment.hour % 12 or 12
    half = "am" if moment.hour < 12 else "pm"
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{months[moment.month - 1]} {moment.day}, {moment.year}, {hour}:{moment.minute:02} {half}"


def _zone(printed: Printed) -> ZoneInfo:
    return ZoneInfo(printed.case.time_zone)


def _source(part: PrintPart) -> merge.Source:
    document = part.document
    name = document.file.name or ""
    return merge.Source(
        open=lambda: store.reading(name),
        heading=part.heading,
        pages=document.pages,
        note=document.player_number,
        is_listed=part.is_listed,
        is_front=part.is_front,
    )


def _write_contents(run: PrintRun, sources: list[merge.Source], folder: Path) -> Path:
    """The contents page is drawn until it takes as many pages as its own numbers assume; two passes as a rule."""
    length = 1
    for attempt in range(4):
        target = folder / f"contents-{attempt}.pdf"
        context: dict[str, Any] = {"paper": about(run), "entries": merge.contents(sources, length)}
        with timezone.override(_zone(run)):
            html = render.html_of(CONTENTS_TEMPLATE, context)
        drawn = render.write(html, target, media={}, is_tagged=False)
        if drawn.pages == length:
            return target
        length = drawn.pages
    raise render.RenderRefused("The contents page does not settle on a length.")
