"""Where finished files lie: the private storage, outside anything the web server hands out by itself."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

ALIAS = "documents"


def private() -> Storage:
    """The storage of finished documents: `STORAGES["documents"]` where the settings name one, else the default."""
    return storages[ALIAS if ALIAS in settings.STORAGES else "default"]


def put(name: str, source: Path) -> str:
    """The file stands complete in the storage, or not at all; a second time changes nothing. Returns its name."""
    storage = private()
    try:
        target = Path(storage.path(name))
    except NotImplementedError:  # object storage writes whole objects
        if storage.exists(name):
            return name
        with source.open("rb") as stream:
            return storage.save(name, File(stream))
    _replace(target, source)
    return name


def is_local() -> bool:
    """Whether the files lie on a disk the reverse proxy may share."""
    try:
        private().path("x")
    except NotImplementedError:
        return False
    return True


def reading(name: str) -> BinaryIO:
    """The stored file, open for reading; a file on this disk is not read into memory."""
    storage = private()
    try:
        return Path(storage.path(name)).open("rb")
    except NotImplementedError:
        return cast("BinaryIO", storage.open(name, "rb"))


def hash_of(name: str) -> str:
    """The SHA-256 of the stored file, read again. Raises OSError when it is not there."""
    with reading(name) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file that was just written."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _replace(target: Path, source: Path) -> None:
    """Temporary name, flushed to disk, then renamed: a crash leaves no short file under the real name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with source.open("rb") as reading, unfinished.open("wb") as writing:
            shutil.copyfileobj(reading, writing, 1 << 20)
            writing.flush()
            os.fsync(writing.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
