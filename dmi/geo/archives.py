"""Zip files from outside: opened in memory, within limits, never unpacked to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath


class ShapeProblem(ValueError):
    """A boundary file that cannot be used. `code` is for the program, the message is fit to be shown."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Limits:
    """How large a boundary file may be."""

    file_bytes: int = 60_000_000
    members: int = 60
    unpacked_bytes: int = 250_000_000
    ratio: int = 200
    features: int = 50_000
    vertices: int = 3_000_000


LIMITS = Limits()


def shapefile_parts(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The parts of the one shapefile in a zip, by extension without the dot: shp, shx, dbf, prj, cpg."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_parts(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise ShapeProblem("bad_zip", "The zip file is damaged or uses a kind of packing we do not open.") from None


def _read_parts(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
    if len(members) > limits.members:
        raise ShapeProblem("too_many_members", f"The zip holds {len(members)} files. Send one shapefile at a time.")
    if any(m.flag_bits & 0x1 for m in members):
        raise ShapeProblem("encrypted", "The zip is locked with a password. Send it without one.")
    shapes = [m for m in members if m.filename.lower().endswith(".shp")]
    if len(shapes) != 1:
        found = "no shapefile (.shp)" if not shapes else f"{len(shapes)} shapefiles"
        raise ShapeProblem("not_one_shapefile", f"The zip holds {found}. Send a zip with exactly one.")
    stem = PurePosixPath(shapes[0].filename).with_suffix("").as_posix().lower()
    wanted = {f"{stem}.{end}": end for end in ("shp", "shx", "dbf", "prj", "cpg")}
    chosen = [(wanted[m.filename.lower()], m) for m in members if m.filename.lower() in wanted]
    _refuse_bombs([m for _, m in chosen], limits)
    return {end: _read_bounded(archive, m) for end, m in chosen}


def _refuse_bombs(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    swollen = any(m.file_size > limits.ratio * max(m.compress_size, 1_000) for m in members)
    if swollen or sum(m.file_size for m in members) > limits.unpacked_bytes:
        raise ShapeProblem("zip_bomb", "Unpacked, this zip would be far too large. It was not opened.")


def _read_bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise ShapeProblem("bad_zip", "The zip file does not hold what its list of contents says.")
    return data
