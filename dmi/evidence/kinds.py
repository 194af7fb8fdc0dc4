"""The kinds of media and the formats that are taken in: an allow-list, by first bytes and by name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    """What a piece of media is."""

    PHOTO = "photo", "Photograph"
    AUDIO = "audio", "Audio recording"
    VIDEO = "video", "Video recording"
    DOCUMENT = "document", "Document"

    @property
    def article(self) -> str:
        """The kind inside a sentence: "an audio recording"."""
        return f"{'an' if self is Kind.AUDIO else 'a'} {self.label.lower()}"


HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
MOVIE_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4A ", b"M4B ",
                b"qt  ", b"MSNV", b"3gp4", b"3gp5", b"dash")  # fmt: skip
OLD_MOVIE_ATOMS = (b"moov", b"wide", b"mdat", b"free", b"skip")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its bytes begin, how its files may be named, and what examines and decodes it."""

    label: str
    content_type: str
    endings: tuple[str, ...]
    examiner: str
    decoder: str
    byte_limit: str
    starts: tuple[bytes, ...] = ()
    brands: tuple[bytes, ...] = ()

    def announces(self, head: bytes) -> bool:
        """Whether the first bytes of a file announce this format."""
        if self.brands and head[4:8] == b"ftyp":
            return head[8:12] in self.brands
        if self.content_type == "audio/wav":
            return head[:4] == b"RIFF" and head[8:12] == b"WAVE"
        if self.content_type == "video/mp4" and head[4:8] in OLD_MOVIE_ATOMS:
            return True
        return any(head.startswith(start) for start in self.starts)


FORMATS = (
    Format("a JPEG photograph", "image/jpeg", (".jpg", ".jpeg"), "photo", "JPEG", "photo_bytes", (b"\xff\xd8\xff",)),
    Format("a PNG picture", "image/png", (".png",), "photo", "PNG", "photo_bytes", (b"\x89PNG\r\n\x1a\n",)),
    Format("a HEIC photograph", "image/heic", (".heic", ".heif"), "photo", "HEIF", "photo_bytes", brands=HEIF_BRANDS),
    Format("an MP4 or MOV recording", "video/mp4", (".mp4", ".mov", ".m4a", ".m4v"), "recording", "mov", "video_bytes",
           brands=MOVIE_BRANDS),
    Format("a WAV recording", "audio/wav", (".wav",), "recording", "wav", "audio_bytes"),
    Format("an MP3 recording", "audio/mpeg", (".mp3",), "recording", "mp3", "audio_bytes",
           (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
    Format("a PDF document", "application/pdf", (".pdf",), "document", "", "document_bytes", (b"%PDF-",)),
)  # fmt: skip


def format_of(content_type: str) -> Format:
    """The format stored under that content type. Raises KeyError for one that is not taken in."""
    return {form.content_type: form for form in FORMATS}[content_type]
