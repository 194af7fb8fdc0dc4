"""One canonical spelling for a sign-in name, so that no variant of it escapes a lock."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """The canonical form of a typed name: Unicode-normalized, case-folded, without surrounding space."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()
