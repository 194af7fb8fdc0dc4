"""Making copies of an original for list, screen, paper and playing, with nothing hidden left in them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File

from dmi.evidence import cage, intake, limits, storage
from dmi.evidence.kinds import Kind, format_of
from dmi.evidence.models import MediaItem, Role

PICTURE, MOVIE, SOUND, PAPER = "image/jpeg", "video/mp4", "audio/mp4", "application/pdf"
NO_TRACES = (
    "-map_metadata",
    "-1",
    "-map_chapters",
    "-1",
    "-fflags",
    "+bitexact",
    "-flags:v",
    "+bitexact",
    "-flags:a",
    "+bitexact",
)


class CannotMake(Exception):
    """No copies can be made of this original; the text says why in plain words."""


@dataclass(frozen=True, slots=True)
class Made:
    """A copy in the working folder, before it is kept."""

    role: Role
    content_type: str
    path: Path
    width: int | None = None
    height: int | None = None


def make(item: MediaItem, source: Path, out: Path) -> list[Made]:
    """Every copy of an item, written into `out`. Raises CannotMake."""
    try:
        return MAKERS[Kind(item.kind)](item, source, out)
    except cage.TookTooLong as error:
        raise CannotMake("It took too long to make copies of this file.") from error
    except cage.DecoderMissing as error:
        raise CannotMake("ffmpeg is not installed on this server. Tell the administrator.") from error
    except (cage.DecoderFailed, KeyError, ValueError) as error:
        raise CannotMake("This file is damaged: no copies can be made of it.") from error


def _photo(item: MediaItem, source: Path, out: Path) -> list[Made]:
    return _pictures(source, format_of(item.content_type).decoder, out)


def _pictures(source: Path, image_format: str, out: Path) -> list[Made]:
    allowed = limits.current()
    printed = cage.picture(
        "derive", image_format, str(allowed.photo_pixels), str(source), str(out), seconds=allowed.decode_seconds * 3
    )
    made = json.loads(printed)["renditions"]
    return [Made(Role(role), PICTURE, out / m["file"], m["width"], m["height"]) for role, m in made.items()]


def _video(item: MediaItem, source: Path, out: Path) -> list[Made]:
    _whole(item, source)
    frame = _frame(source, min(1.0, (item.seconds or 0) / 2), out / "frame.png")
    preview = out / "preview.mp4"
    cage.ffmpeg(
        "-v", "fatal", *cage.source(source, format_of(item.content_type).decoder),
        "-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn", *NO_TRACES,
        "-vf", "scale='min(1280,iw)':'min(720,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k",
        "-movflags", "+faststart", "-y", str(preview),
        seconds=limits.current().derive_seconds,
    )  # fmt: skip
    return [*_pictures(frame, "PNG", out), Made(Role.PREVIEW, MOVIE, preview)]


def _audio(item: MediaItem, source: Path, out: Path) -> list[Made]:
    _whole(item, source)
    preview = out / "preview.m4a"
    cage.ffmpeg(
        "-v", "fatal", *cage.source(source, format_of(item.content_type).decoder), "-map", "0:a:0", "-vn", "-sn", "-dn",
        *NO_TRACES, "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", "-y", str(preview),
        seconds=limits.current().derive_seconds,
    )  # fmt: skip
    return [Made(Role.PREVIEW, SOUND, preview)]


def _document(item: MediaItem, source: Path, out: Path) -> list[Made]:
    answer = json.loads(cage.papers("derive", str(source), str(out), seconds=limits.current().decode_seconds * 3))
    if "pages" not in answer:
        raise ValueError(answer.get("refused"))
    return [Made(Role.SCREEN, PAPER, out / "screen.pdf")]


MAKERS = {Kind.PHOTO: _photo, Kind.VIDEO: _video, Kind.AUDIO: _audio, Kind.DOCUMENT: _document}


def _whole(item: MediaItem, source: Path) -> None:
    """A recording too long to be decoded whole when it was taken in is decoded whole now."""
    allowed = limits.current()
    if item.byte_size <= allowed.whole_decode_bytes:
        return
    found = format_of(item.content_type)
    if intake.is_cut_short(source, found, item.seconds or 0, seconds=allowed.derive_seconds):
        raise CannotMake("This recording stops before its end. The original is kept as it is.")


def _frame(source: Path, at_seconds: float, to: Path) -> Path:
    cage.ffmpeg(
        "-v", "fatal", "-ss", f"{at_seconds:.3f}", *cage.source(source, "mov"), "-map", "0:V:0", "-frames:v", "1",
        "-map_metadata", "-1", "-f", "image2", "-update", "1", "-y", str(to),
        seconds=limits.current().decode_seconds,
    )  # fmt: skip
    if not to.exists():
        raise ValueError("no picture at that second")
    return to


@contextmanager
def still_of(item: MediaItem, at_seconds: float) -> Iterator[File[Any]]:
    """One picture of a video, as an upload. Raises NotTaken when there is none at that second."""
    with storage.on_disk(item.file) as source, tempfile.TemporaryDirectory(prefix="dmi-") as folder:
        try:
            frame = _frame(source, at_seconds, Path(folder) / "still.png")
        except (cage.DecoderFailed, cage.DecoderMissing, ValueError) as error:
            raise intake.NotTaken(item.original_name, "there is no picture at that second.") from error
        with frame.open("rb") as content:
            yield File(content, name=f"still-{item.code}.png")


@contextmanager
def as_path(upload: File[Any]) -> Iterator[Path]:
    """An upload as a file on disk: where it lies already, or written to a temporary place."""
    waiting = getattr(upload, "temporary_file_path", None)
    if waiting is not None:
        yield Path(waiting())
        return
    with tempfile.NamedTemporaryFile(prefix="dmi-") as copy:
        upload.seek(0)
        for piece in upload.chunks(storage.CHUNK):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)
