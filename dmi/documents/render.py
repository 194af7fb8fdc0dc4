"""From frozen facts to a PDF: one template, one dictionary, nothing else. The only door to WeasyPrint.

Measured (see docs/documents.md): the print style sheet and the fonts are read once for each worker, the cyclic garbage
collector rests while a document is laid out, photographs come in at print size. Style sheets of ours are empty when
the page links to them, because their parsed form is handed over beside the page. A worker loads what drawing needs
before its processes part, so that it lies in memory once.
"""

from __future__ import annotations

import atexit
import gc
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from celery.signals import worker_before_create_process, worker_process_shutdown
from django.template.loader import render_to_string
from django.templatetags.static import static

from dmi.core.memory import collector_resting

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

PRINT_SHEET = "css/print.css"
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # one line for each missing glyph and pass; see `refused`
logging.getLogger("fontTools").setLevel(logging.ERROR)


class RenderRefused(ValueError):
    """The page asks for something it may not read, or lacks words without which it may not be printed."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF that was written, and how many pages it has."""

    path: Path
    pages: int


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every document of this worker reads once."""

    fonts: FontConfiguration
    sheet: CSS
    sheet_name: str


def html_of(template: str, context: Mapping[str, Any]) -> str:
    """The page in HTML; everything from the facts is escaped."""
    return render_to_string(template, dict(context))


def write(html: str, target: Path, *, media: Mapping[uuid.UUID, Path], is_tagged: bool = True) -> Rendered:
    """Lay out `html` and write the PDF to `target`. Raises RenderRefused when the page asks for a foreign address."""
    from weasyprint import HTML

    from dmi.documents.fetch import ORIGIN, PaperFetcher

    shared = _shared()
    fetcher = PaperFetcher(media, shared=lambda name: name == shared.sheet_name)
    with collector_resting():  # about 9 % of a layout
        page = HTML(string=html, base_url=f"{ORIGIN}/", url_fetcher=fetcher)
        laid_out = page.render(font_config=shared.fonts, stylesheets=[shared.sheet], pdf_tags=is_tagged)
        laid_out.write_pdf(target, pdf_tags=is_tagged, pdf_variant="pdf/ua-1" if is_tagged else None)
    if fetcher.refused:
        target.unlink()
        raise RenderRefused(f"A page asked for something a document may not read: {fetcher.refused[0]}")
    return Rendered(target, len(laid_out.pages))


def must_say(html: str, words: tuple[str, ...]) -> None:
    """Raises RenderRefused when the page lacks words its kind may not be printed without."""
    missing = [phrase for phrase in words if phrase not in html]
    if missing:
        raise RenderRefused(f"The page lacks the words “{missing[0]}”.")


@lru_cache(maxsize=1)
def _shared() -> _Shared:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from dmi.documents.fetch import ORIGIN, PaperFetcher, static_name

    address = ORIGIN + static(PRINT_SHEET)
    fonts = FontConfiguration()
    sheet = CSS(url=address, url_fetcher=PaperFetcher({}), font_config=fonts)
    # WeasyPrint's fonts remove their folder only while Python still stands; a worker's process ends without atexit.
    atexit.register(_let_go_of_fonts)
    worker_process_shutdown.connect(_let_go_of_fonts)
    return _Shared(fonts, sheet, static_name(address))


def _let_go_of_fonts(**_: Any) -> None:
    _shared.cache_clear()
    gc.collect()  # the sheet and the fonts know each other


@worker_before_create_process.connect  # type: ignore[untyped-decorator]  # Celery has no types
def _load_for_all(**_: Any) -> None:
    """The programs for drawing are loaded once for all processes of a worker.

    Everything loaded so far leaves the collector's sight: looking at an object writes to its page, and a page that is
    written to is no longer shared. Measured with two processes: 294 MB for the whole worker instead of 418 MB.
    """
    import fontTools.subset  # noqa: F401 - what stamps cut the letters of the line with
    import weasyprint  # noqa: F401

    gc.collect()
    gc.freeze()
