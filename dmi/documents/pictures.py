"""Photographs made ready for paper: scaled once, kept by content, then only read."""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
from collections.abc import Collection
from pathlib import Path

from django.core.files.storage import Storage
from PIL import Image, ImageOps

from dmi.cases.models import MarketCase
from dmi.documents import store
from dmi.documents.facts import FactsRefused
from dmi.evidence import selectors as evidence

LONGEST_SIDE = 1_420  # pixels: 300 dpi at 120 mm, as wide as print.css sets a picture
QUALITY = 85
FOLDER = "prepared"


class PictureUnreadable(ValueError):
    """A photograph's print rendition cannot be read any more."""


def files_of(case: MarketCase, media: Collection[uuid.UUID]) -> dict[uuid.UUID, Path]:
    """The print rendition of every one of `media`.

    Raises FactsRefused when one of them may not reach paper now: unknown, of another case, unchecked or flagged.
    """
    if not media:
        return {}
    found = evidence.printable_files(list(media), case)
    missing = set(media) - set(found)
    if missing:
        raise FactsRefused(f"Photographs that are not released for print: {len(missing)} of {len(set(media))}.")
    return found


def prepared(source: Path) -> Path:
    """A JPEG of `source` no larger than paper needs; made on first use, then the same file for every document."""
    target = _place_of(source)
    if target is None:
        return source
    if not target.exists():
        _scale(source, target)
    return target


def _place_of(source: Path) -> Path | None:
    """Where the scaled copy belongs; None when the picture is already small enough to be used as it is."""
    try:
        with Image.open(source) as picture:
            if picture.format == "JPEG" and max(picture.size) <= LONGEST_SIDE:
                return None
    except (OSError, Image.DecompressionBombError) as problem:
        raise PictureUnreadable(str(problem)) from problem
    about = source.stat()
    name = hashlib.sha256(f"{source}|{about.st_size}|{about.st_mtime_ns}|{LONGEST_SIDE}|{QUALITY}".encode()).hexdigest()
    return _folder(store.private()) / name[:2] / f"{name}.jpg"


def _folder(storage: Storage) -> Path:
    """The cache lies inside the private storage, or, with object storage, in the worker's own temporary folder."""
    try:
        return Path(storage.path(FOLDER))
    except NotImplementedError:
        return Path(tempfile.gettempdir()) / f"dmi-{os.getuid()}-{FOLDER}"


def _scale(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = target.with_name(f".{uuid.uuid4().hex}.jpg")
    try:
        with Image.open(source) as picture:
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            upright.save(unfinished, "JPEG", quality=QUALITY, optimize=True)
        unfinished.replace(target)
    except OSError as problem:
        raise PictureUnreadable(str(problem)) from problem
    finally:
        unfinished.unlink(missing_ok=True)
