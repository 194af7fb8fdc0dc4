"""What a file really is: by its first bytes, by its name, and by decoding it. The three must agree."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path, PurePath

from dmi.evidence import cage, limits
from dmi.evidence.kinds import FORMATS, Format, Kind

log = logging.getLogger(__name__)

TAKEN_KINDS = "Photographs (JPEG, PNG, HEIC), video (MP4, MOV), audio (M4A, MP3, WAV) and PDF documents are taken in."
DAMAGED = "this recording is damaged or stops before its end. Copy it again from the device."
NO_DECODER = (
    "audio and video cannot be checked on this server, because ffmpeg is not installed. Tell the administrator."
)


class NotTaken(Exception):
    """The file was refused; the text says why in plain words and names the file."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True, slots=True)
class Finding:
    """What the examination found: the kind, the format and the measures of a sound file."""

    kind: Kind
    format: Format
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    pages: int | None = None


def examine(path: Path, *, name: str, size: int, kind: str = "") -> Finding:
    """Examine a file on disk. Raises NotTaken in plain words."""
    shown = shown_name(name)
    if not size:
        raise NotTaken(shown, "this file is empty.")
    with path.open("rb") as file:
        found = recognise(file.read(64))
    if found is None:
        raise NotTaken(shown, f"this is not a kind of file that is taken in. {TAKEN_KINDS}")
    _names_agree(found, shown)
    _not_too_large(found, shown, size)
    finding = EXAMINERS[found.examiner](path, found, shown, size)
    if kind and finding.kind != kind:
        raise NotTaken(shown, f"this is {finding.kind.article}, but {Kind(kind).article} was expected here.")
    return finding


def shown_name(name: str) -> str:
    """The last part of a file's name without control characters, for messages and the record."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[:120] or "unnamed file"


def recognise(head: bytes) -> Format | None:
    """The format the first bytes announce, or None."""
    for candidate in FORMATS:
        if candidate.announces(head):
            return candidate
    return None


def _names_agree(found: Format, name: str) -> None:
    ending = PurePath(name).suffix.lower()
    if ending not in found.endings:
        said = f"its name ends in {ending}" if ending else "its name has no ending"
        raise NotTaken(name, f"{said}, but its content is {found.label}. Check where the file comes from.")


def _not_too_large(found: Format, name: str, size: int) -> None:
    most = getattr(limits.current(), found.byte_limit)
    if size > most:
        raise NotTaken(name, f"this file has {limits.in_words(size)}; at most {limits.in_words(most)} are taken in.")


def _photo(path: Path, found: Format, name: str, size: int) -> Finding:
    allowed = limits.current()
    try:
        answer = json.loads(
            cage.picture("check", found.decoder, str(allowed.photo_pixels), str(path), seconds=allowed.decode_seconds)
        )
    except (cage.DecoderFailed, ValueError) as error:
        log.info("picture refused: %s", error)
        answer = {"refused": "broken"}
    if answer.get("refused") == "pixels":
        millions = allowed.photo_pixels // 1_000_000
        raise NotTaken(name, f"this picture claims more than {millions} million pixels, so it was not opened.")
    if answer.get("refused"):
        raise NotTaken(name, "this picture is damaged or stops before its end. Copy it again from the camera.")
    return Finding(Kind.PHOTO, found, width=answer["width"], height=answer["height"])


def _recording(path: Path, found: Format, name: str, size: int) -> Finding:
    try:
        finding = _probe(path, found, name)
        _decodes(path, finding, name, size)
    except cage.DecoderMissing as error:
        raise NotTaken(name, NO_DECODER) from error
    except cage.TookTooLong as error:
        raise NotTaken(
            name, "this recording took too long to check. Copy it again, or save it in a common format."
        ) from error
    except (cage.DecoderFailed, ValueError, KeyError) as error:
        log.info("recording refused: %s", error)
        raise NotTaken(name, DAMAGED) from error
    return finding


def _probe(path: Path, found: Format, name: str) -> Finding:
    allowed = limits.current()
    printed = cage.ffprobe(
        "-v", "error", "-print_format", "json", "-show_format", "-show_streams", *cage.source(path, found.decoder),
        seconds=allowed.decode_seconds,
    )  # fmt: skip
    told = json.loads(printed)
    moving = [s for s in told["streams"] if s.get("codec_type") == "video" and not _is_cover(s)]
    sound = [s for s in told["streams"] if s.get("codec_type") == "audio"]
    if not moving and not sound:
        raise NotTaken(name, "there is neither picture nor sound in this file.")
    seconds = float(told["format"]["duration"])
    if seconds > allowed.recording_seconds:
        most = allowed.recording_seconds // 60
        raise NotTaken(name, f"this recording is {seconds / 60:.0f} minutes long; at most {most} are taken in.")
    if not moving:
        return Finding(Kind.AUDIO, found, seconds=seconds)
    width, height = int(moving[0]["width"]), int(moving[0]["height"])
    if width * height > allowed.photo_pixels:
        raise NotTaken(name, "the pictures of this video are too large to be opened.")
    return Finding(Kind.VIDEO, found, width=width, height=height, seconds=seconds)


def _is_cover(stream: dict[str, object]) -> bool:
    disposition = stream.get("disposition")
    return isinstance(disposition, dict) and bool(disposition.get("attached_pic"))


def _decodes(path: Path, finding: Finding, name: str, size: int) -> None:
    """A short recording is decoded whole; a long one at its start and end, and whole in the job that follows."""
    allowed = limits.current()
    if finding.format.content_type == "audio/wav" and _wav_is_cut(path, size):
        raise NotTaken(name, DAMAGED)
    if size <= allowed.whole_decode_bytes:
        if is_cut_short(path, finding.format, finding.seconds or 0, seconds=allowed.decode_seconds * 3):
            raise NotTaken(name, DAMAGED)
        return
    start = played_seconds(path, finding.format, "-t", "2", seconds=allowed.decode_seconds)
    end = played_seconds(path, finding.format, seconds=allowed.decode_seconds, before=("-sseof", "-3"))
    if not start or not end:
        raise NotTaken(name, DAMAGED)


def _wav_is_cut(path: Path, size: int) -> bool:
    """Whether a WAV file is shorter than its own header says (0 and the highest number mean: not known)."""
    with path.open("rb") as file:
        told = int.from_bytes(file.read(8)[4:], "little")
    return told not in (0, 0xFFFFFFFF) and told + 8 > size


def is_cut_short(path: Path, found: Format, claimed: float, *, seconds: int) -> bool:
    """Whether decoding ends clearly before the length the file claims."""
    return played_seconds(path, found, seconds=seconds) < claimed - max(1.0, claimed * 0.02)


def played_seconds(path: Path, found: Format, *after: str, seconds: int, before: tuple[str, ...] = ()) -> float:
    """Decode picture and sound into nothing and say how many seconds came out."""
    printed = cage.ffmpeg(
        "-v", "fatal", "-progress", "pipe:1", *before, *cage.source(path, found.decoder), *after,
        "-map", "0:V:0?", "-map", "0:a:0?", "-sn", "-dn", "-f", "null", "-",
        seconds=seconds,
    )  # fmt: skip
    times = [line.partition("=")[2] for line in printed.splitlines() if line.startswith("out_time_us=")]
    return max((int(time) / 1_000_000 for time in times if time.lstrip("-").isdigit()), default=0.0)


def _document(path: Path, found: Format, name: str, size: int) -> Finding:
    allowed = limits.current()
    try:
        answer = json.loads(cage.papers("check", str(path), seconds=allowed.decode_seconds))
    except (cage.DecoderFailed, ValueError) as error:
        log.info("document refused: %s", error)
        answer = {"refused": "broken"}
    if answer.get("refused") == "locked":
        raise NotTaken(name, "this PDF is locked with a password. Save it without one.")
    if answer.get("refused") or not answer["pages"]:
        raise NotTaken(name, "this PDF is damaged or stops before its end. Save or scan it again.")
    if answer["pages"] > allowed.document_pages:
        raise NotTaken(name, f"this PDF has {answer['pages']:,} pages; at most {allowed.document_pages} are taken in.")
    return Finding(Kind.DOCUMENT, found, pages=answer["pages"])


EXAMINERS = {"photo": _photo, "recording": _recording, "document": _document}
