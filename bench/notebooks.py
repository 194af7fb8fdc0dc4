"""A child process that draws notebooks in one of two ways, and says what it cost: `python -m bench.notebooks ours 5`.

Ours is what a worker does for one document: template, layout, marks, in a process that parted from one with the
worker's whole program loaded. Plain is WeasyPrint as its manual shows it, on the same page with the photographs as they
came from the camera.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

ROOT = Path(__file__).resolve().parents[1]
NAMES = UUID("5f0c6f5e-0000-4000-8000-000000000000")
PHOTOS = 12
TEMPLATE = "documents/notification/offender_notebook.html"


def photographs(folder: Path) -> dict[UUID, Path]:
    """Twelve photographs of eight megapixels; made once."""
    import numpy as np
    from PIL import Image, ImageFilter

    folder.mkdir(parents=True, exist_ok=True)
    found = {uuid5(NAMES, str(number)): folder / f"{number}.jpg" for number in range(PHOTOS)}
    if all(path.exists() for path in found.values()):
        return found
    chance = np.random.default_rng(1)
    rough = Image.fromarray(chance.integers(0, 255, (306, 408, 3), dtype=np.uint8))
    soft = np.asarray(rough.resize((3264, 2448), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(6)), float)
    whole = np.clip(soft + chance.normal(0, 4, (2448, 3264, 1)), 0, 255).astype(np.uint8)
    for number, path in enumerate(found.values()):
        Image.fromarray(np.roll(whole, 150 * number, axis=1)).save(path, "JPEG", quality=85)
    return found


def facts(number: int, media: list[UUID]) -> dict[str, Any]:
    """A notebook of about thirty pages: six buys with two photographs each, sightings and reports in long tables."""
    seen = f"A man in coat {number} handed over a small bag and took folded bills; the car waited at the corner. "
    said = seen * 2  # other words in every notebook: typst keeps what it has set once
    buys = [
        {"number": n, "when": f"April {n + 1}, 2026, 6:30 pm", "day": f"April {n + 1}, 2026", "where": "100 Elm Street",
         "product": "powder", "weight": "1.2 grams", "money": "$40", "recording": "Video", "report": f"26-{n:04}",
         "account": f"{said}\n\n{said}", "lab": "Found, no. 7",
         "stills": [{"id": media[2 * n + k], "caption": f"Buy {n + 1}, picture {k + 1}"} for k in (0, 1)]}
        for n in range(PHOTOS // 2)
    ]  # fmt: skip
    rows = [
        {"when": "March 3, 2026, 9:10 pm", "kind": "Field contact", "number": f"26-{n:05}", "where": "Elm and 4th",
         "what": said}
        for n in range(60)
    ]  # fmt: skip
    person = {"number": f"E-{number:02}", "name": f"Invented Person {number}", "aliases": "Ace", "born": "May 1, 1999",
              "age": 27, "sex": "Male", "race": "White", "home": "1 Elm Street", "photo": media[0]}  # fmt: skip
    offers = [
        {"kind": f"Help {n // 3}", "program": f"Program {n}", "provider": "Provider", "offers": said} for n in range(12)
    ]
    return {
        "person": person,
        "meeting": {"market": "Eastgate", "on": "May 14, 2026", "at": "6:30 pm", "place": "Hall", "deadline": "May 17"},
        "buys": {"rows": buys},
        "map": {"markers": [], "area": {"outline": ""}, "period": ""},
        "sightings": {"rows": rows},
        "reports": {"rows": rows},
        "charges": {"court": "County Court", "counts": ["Sale"] * 4, "penalty": "Years", "statement": said,
                    "ready_on": "May 1, 2026"},
        "help": {"rows": offers},
    }  # fmt: skip


def page(number: int, media: dict[UUID, Path]) -> str:
    """The notebook in HTML, the same for both ways."""
    from dmi.documents import render

    paper = SimpleNamespace(title="Offender notebook", copy=1, city="Marlow", market="Eastgate", player_number="E-01",
                            compartment="Law enforcement", is_invented=True, issued_by="", leaves_the_team=False,
                            issued_at=datetime(2026, 5, 1, tzinfo=UTC))  # fmt: skip
    said = facts(number, list(media))
    return render.html_of(TEMPLATE, {**said, "facts": said, "paper": paper})


def ours(html: str, media: dict[UUID, Path], target: Path) -> None:
    """As the worker does it."""
    from dmi.documents import pictures, render, stamps

    ready = {pk: pictures.prepared(path) for pk, path in media.items()}
    drawn = render.write(html, target.with_suffix(".drawn.pdf"), media=ready, is_tagged=False)
    stamps.stamp_file(drawn.path, target, stamps.Line("Law enforcement · Offender notebook E-01, copy 1"))


def plain(html: str, media: dict[UUID, Path], target: Path) -> None:
    """WeasyPrint alone, with a fetcher that reads our files, and tables whose widths it finds itself."""
    from weasyprint import HTML

    from dmi.documents.fetch import ORIGIN, PaperFetcher

    loose = html.replace('class="fixed"', "").replace("<colgroup>", "<!--").replace("</colgroup>", "-->")
    HTML(string=loose, base_url=f"{ORIGIN}/", url_fetcher=PaperFetcher(media)).write_pdf(target)


def _draw(way: Callable[..., None], number: int, media: dict[UUID, Path], target: Path) -> None:
    way(page(number, media), media, target)


def _become_a_worker() -> None:
    """From here on this is a process of a worker, its parent waits for it."""
    from celery.signals import worker_before_create_process

    from dmi.celery import app

    app.loader.import_default_modules()
    worker_before_create_process.send(sender=None)
    child = os.fork()
    if child:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def memory() -> tuple[int, int, int]:
    """Kilobytes: the most this process ever held, what it holds now, and what of that no other process shares."""
    rows = dict(re.findall(r"^(\w+):\s+(\d+) kB", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE))
    own = int(rows["Private_Dirty"]) + int(rows["Private_Clean"])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, int(rows["Rss"]), own


def told(acts: Iterable[Callable[[], None]], target: Path) -> str:
    """What each of `acts` took, the first uncounted, and the size and pages of the file they leave, as JSON."""
    taken = []
    for act in acts:
        cpu, wall = time.process_time(), time.perf_counter()
        act()
        taken.append((time.process_time() - cpu, time.perf_counter() - wall, *memory()))
    import pikepdf

    with pikepdf.open(target) as made:
        pages = len(made.pages)
    return json.dumps({"taken": taken[1:], "size": target.stat().st_size, "pages": pages})


def main() -> None:
    """Draw the first, uncounted, then `n` more; print CPU and wall seconds and memory of each, size and pages."""
    way: Callable[..., None] = {"ours": ours, "plain": plain}[sys.argv[1]]
    from bench.__main__ import start_django

    start_django()
    from django.conf import settings

    settings.MEDIA_ROOT = ROOT / "var" / "bench" / "media"
    media = photographs(ROOT / "var" / "bench" / "photographs")
    if way is ours:
        _become_a_worker()
    with tempfile.TemporaryDirectory(prefix="dmi-bench-") as folder:
        target = Path(folder) / "notebook.pdf"
        numbers = range(int(sys.argv[2]) + 1)
        sys.stdout.write(told([partial(_draw, way, number, media, target) for number in numbers], target))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
