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


class HashingFile(File):
    """A file that is hashed and counted while somebody reads it."""

    def __init__(self, file: File) -> None:
        super().__init__(file, name=file.name)
        self.digest = hashlib.sha256()
        self.counted = 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content from its start, piece by piece."""
        self.file.seek(0)
        while piece := self.file.read(chunk_size or CHUNK):
            piece = piece.encode() if isinstance(piece, str) else piece
            self.digest.update(piece)
            self.counted += len(piece)
            yield piece


def private() -> Storage:
    """The storage of evidence: `STORAGES["evidence"]` where the settings name one, else the default storage."""
    return storages[ALIAS if ALIAS in settings.STORAGES else "default"]


def keep(file: File, *, folder: str, ending: str = "") -> Stored:
    """Write a file under a random name and return its hash, taken while it streamed. Raises OSError when it cannot."""
    key = uuid.uuid4().hex
    hashing = HashingFile(file)
    name = private().save(f"evidence/{folder}/{key[:2]}/{key}{ending}", hashing)
    path = local_path(name)
    if path is not None:
        _flush(path)
    return Stored(name, hashing.counted, hashing.digest.hexdigest())


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
