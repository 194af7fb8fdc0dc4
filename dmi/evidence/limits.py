"""How large, how long and how many: the limits of what is taken in, each a setting with a default."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.conf import settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one upload; `EVIDENCE_LIMITS` in the settings overrides any of them by name."""

    photo_bytes: int = 25 * MEGABYTE
    photo_pixels: int = 80_000_000
    audio_bytes: int = 500 * MEGABYTE
    video_bytes: int = 2048 * MEGABYTE
    recording_seconds: int = 2 * 60 * 60
    document_bytes: int = 50 * MEGABYTE
    document_pages: int = 500
    files_at_once: int = 30
    decode_seconds: int = 20
    whole_decode_bytes: int = 60 * MEGABYTE
    derive_seconds: int = 30 * 60
    decoder_megabytes: int = 1536


def current() -> Limits:
    """The limits in force. Raises ValueError when the settings name a limit that does not exist."""
    chosen = dict(getattr(settings, "EVIDENCE_LIMITS", {}))
    unknown = set(chosen) - {field.name for field in fields(Limits)}
    if unknown:
        raise ValueError(f"EVIDENCE_LIMITS: no such limit: {', '.join(sorted(unknown))}")
    return Limits(**chosen)


def in_words(count: int) -> str:
    """A number of bytes as people say it: "25 MB"."""
    if count < 1024:
        return f"{count} bytes"
    if count < MEGABYTE:
        return f"{count // 1024} KB"
    return f"{count / MEGABYTE:.0f} MB" if count < 1024 * MEGABYTE else f"{count / MEGABYTE / 1024:.0f} GB"
