"""A zip as people send it: a workbook is one by its inside; any other holds the one table."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from targeting.crime_mapping.intake.problems import FileProblem

# What reading a damaged file raises, whatever it was packed with; zipfile says NotImplementedError for a packing that
# it does not know and RuntimeError for want of a password.
DAMAGED = (EOFError, OSError, lzma.LZMAError, zlib.error, zipfile.BadZipFile)
TABLES = frozenset({".csv", ".txt", ".tsv", ".tab", ".dat", ""})


def is_workbook(path: Path) -> bool:
    """Whether a zip is an Excel or OpenDocument workbook. Raises FileProblem for a damaged one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith(("xl/", "content.xml")) for name in archive.namelist())
    except (*DAMAGED, NotImplementedError, ValueError):
        raise FileProblem("broken", "The zip is damaged. Save it again and send it anew.") from None


@contextmanager
def packed_table(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The one table in a zip, and its packed size. Raises FileProblem for none, for several and for a locked one."""
    with zipfile.ZipFile(path) as archive:
        files = [one for one in archive.infolist() if _is_sent(one)]
        tables = [one for one in files if PurePosixPath(one.filename).suffix.lower() in TABLES]
        if len(tables) != 1:
            words = "holds no CSV file" if not tables else f"holds {len(tables)} tables"
            raise FileProblem("wrong_kind", f"The zip {words}. Unpack it and send the file with the incidents.")
        try:
            unpacked = archive.open(tables[0])
        except (*DAMAGED, NotImplementedError, RuntimeError):
            words = "The file in the zip cannot be opened, perhaps for want of a password. Unpack it and send the CSV."
            raise FileProblem("broken", words) from None
        with unpacked:
            yield unpacked, tables[0].compress_size


def _is_sent(one: zipfile.ZipInfo) -> bool:
    """Not a folder, and nothing that a computer adds on its own."""
    path = PurePosixPath(one.filename)
    return not one.is_dir() and not path.name.startswith(".") and "__MACOSX" not in path.parts
