"""The PDF reader, run as a script in its own process: `papers.py MEGABYTES check|derive PATH [OUT]`.

It imports nothing of the project. It prints one JSON object; for a PDF it cannot use it prints {"refused": code}.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

ACTIVE_IN_ROOT = ("/OpenAction", "/AA", "/AcroForm", "/Names", "/Metadata", "/Collection", "/PieceInfo")
ACTIVE_IN_PAGE = ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/Thumb")


def main(argv: list[str]) -> int:
    """Count a PDF's pages or write it anew without anything but its pages."""
    memory = int(argv[0]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    import pikepdf

    try:
        with pikepdf.open(Path(argv[2]), suppress_warnings=True, attempt_recovery=False) as pdf:
            if argv[1] == "derive":
                clean(pdf, Path(argv[3]))
            answer: dict[str, object] = {"pages": len(pdf.pages)}
    except pikepdf.PasswordError:
        answer = {"refused": "locked"}
    except (pikepdf.PdfError, ValueError, OSError, RecursionError, MemoryError) as error:
        answer = {"refused": "broken", "why": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(answer))
    return 0


def clean(pdf: Pdf, out: Path) -> None:
    """Copy the pages alone: no scripts, attachments, forms, links, notes or document information."""
    import pikepdf

    with pikepdf.new() as fresh:
        fresh.pages.extend(pdf.pages)
        for key in ACTIVE_IN_ROOT:
            if key in fresh.Root:
                del fresh.Root[key]
        for page in fresh.pages:
            for key in ACTIVE_IN_PAGE:
                if key in page.obj:
                    del page.obj[key]
        fresh.remove_unreferenced_resources()
        fresh.save(out / "screen.pdf", deterministic_id=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
