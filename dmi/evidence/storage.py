"""Where originals and renditions lie: private storage, random names, written once, never under the web root."""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

CHUNK = 256 * 1024
ALIAS = "evidence"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was written: its name in the storage, its size and its SHA-256."""

    name: str
    size: int
    sha256: str


def private() -> Storage:
    """The storage of evidence: `STORAGES["evidence"]` where the settings name one, else the default storage."""
    return storages[ALIAS if ALIAS in settings.STORAGES else "default"]


def keep(file: File[Any], *, folder: str, ending: str = "") -> Stored:
    """Write a file under a random name and return its hash and size. Raises OSError when it cannot.

    It is hashed before it is written: each storage reads in its own way, a bucket in parts and some of them again.
    """
    size, sha256 = _measure(file)
    key = uuid.uuid4().hex
    name = private().save(f"evidence/{folder}/{key[:2]}/{key}{ending}", file)
    path = local_path(name)
    if path is not None:
        _flush(path)
    return Stored(name, size, sha256)


def _measure(file: File[Any]) -> tuple[int, str]:
    """Size in bytes and SHA-256 of the whole content; the file is at its start again afterwards."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return size, digest.hexdigest()


def forget(name: str) -> None:
    """Take away a file whose row was never written."""
    private().delete(name)


def hash_of(name: str) -> str:
    """The SHA-256 of a stored file, read again from the storage. Raises OSError when it is not there."""
    with private().open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def local_path(name: str) -> Path | None:
    """The file on this machine's disk, or None when the storage is elsewhere."""
    try:
        return Path(private().path(name))
    except NotImplementedError:
        return None


@contextmanager
def on_disk(name: str) -> Iterator[Path]:
    """The stored file as a path, copied to a temporary place when the storage is elsewhere."""
    path = local_path(name)
    if path is not None:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="dmi-") as folder:
        copy = Path(folder) / "file"
        _fetch(name, copy)
        yield copy


def kept_on_disk(name: str) -> Path:
    """The stored file as a path that stays: itself, or a copy in this person's private temporary folder."""
    path = local_path(name)
    if path is not None:
        return path
    folder = Path(tempfile.gettempdir()) / f"dmi-evidence-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    copy = folder / name.replace("/", "-")
    if not copy.exists():
        part = copy.with_suffix(f".{uuid.uuid4().hex}")
        _fetch(name, part)
        part.rename(copy)
    return copy


def _fetch(name: str, to: Path) -> None:
    with private().open(name) as source, to.open("wb") as target:
        for piece in source.chunks(CHUNK):
            target.write(piece)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
