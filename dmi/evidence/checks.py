"""What the server needs to read evidence, told at start-up."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from dmi.evidence import cage, limits


@register()
def evidence_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn when ffmpeg is missing; refuse limits that do not exist."""
    found: list[CheckMessage] = []
    if not cage.has_ffmpeg():
        found.append(
            Warning(
                "ffmpeg is not installed, so audio and video cannot be taken in.",
                hint="Install ffmpeg.",
                id="evidence.W001",
            )
        )
    try:
        limits.current()
    except (ValueError, TypeError) as error:
        found.append(Error(str(error), id="evidence.E001"))
    return found
