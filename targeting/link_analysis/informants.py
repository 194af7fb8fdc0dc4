"""Informants are never on the link chart: not by name, not by number, not as a source."""

from __future__ import annotations

import re

NEVER = "Informants are never on the link chart, by name or by number. Write which report says so."
WORDS = re.compile(r"\binformants?\b|\bconfidential sources?\b|\bC\.?I\.?\s?[-#]?\s?\d", re.IGNORECASE)


def are_meant(text: str) -> bool:
    """Whether these words point to an informant."""
    return WORDS.search(text) is not None
