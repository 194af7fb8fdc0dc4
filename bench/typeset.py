"""The floor for row 12: notebooks of the same facts drawn by typst in a process of its own: `bench.typeset 5`.

Its photographs are those the worker prepared, its fonts ours, its pages the same in content. The marks at the foot are
a footer of its own instead of being drawn over finished pages.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.notebooks import ROOT, facts, photographs, told

PAGE = ROOT / "bench" / "notebook.typ"
FONTS = ROOT / "static" / "vendor" / "fonts"
WEIGHTS = ("source-serif-4-latin-400-normal", "source-serif-4-latin-600-normal", "source-sans-3-latin-400-normal",
           "source-sans-3-latin-600-normal")  # fmt: skip
LINE = "Law enforcement · Offender notebook E-01, copy 1"


def found() -> ModuleType | None:
    """The reference, if it is installed (script/bench --references)."""
    sys.path.append(str(ROOT / "var" / "bench" / "site"))
    try:
        import typst
    except ImportError:
        return None
    return typst


def _fonts(folder: Path) -> Path:
    """Our type in a form typst reads; not counted."""
    from fontTools.ttLib import TTFont

    folder.mkdir()
    for name in WEIGHTS:
        letters = TTFont(FONTS / f"{name}.woff2")
        letters.flavor = None
        letters.save(folder / f"{name}.ttf")
    return folder


def _photographs(folder: Path) -> dict[Any, Path]:
    """The photographs at print size, as the worker keeps them; not counted."""
    from dmi.documents import pictures

    folder.mkdir()
    media = photographs(ROOT / "var" / "bench" / "photographs")
    for pk, path in media.items():
        shutil.copyfile(pictures.prepared(path), folder / f"{pk}.jpg")
    return media


def main() -> None:
    """Draw the first, uncounted, then `n` more; print the same as bench.notebooks."""
    from bench.__main__ import start_django

    start_django()
    from django.conf import settings

    settings.MEDIA_ROOT = ROOT / "var" / "bench" / "media"
    typst = found()
    assert typst is not None
    with tempfile.TemporaryDirectory(prefix="dmi-bench-") as place:
        root = Path(place)
        media = list(_photographs(root / "photographs"))
        shutil.copyfile(PAGE, root / PAGE.name)
        fonts, target = _fonts(root / "fonts"), root / "notebook.pdf"
        compiler = typst.Compiler(root=str(root), font_paths=[str(fonts)], ignore_system_fonts=True)

        def draw(number: int) -> None:
            given = {"facts": json.dumps(facts(number, media), default=str), "line": LINE}
            compiler.compile(input=str(root / PAGE.name), output=str(target), sys_inputs=given, pdf_tags=False)

        sys.stdout.write(told([partial(draw, number) for number in range(int(sys.argv[1]) + 1)], target))


if __name__ == "__main__":
    main()
