"""Reading long logs a stretch at a time: from a line on, so that the last stretch costs no more than the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines, newest first, and the lines from which the newer and the older ones go on (None: there are none)."""

    object_list: list[Any]
    newer: int | None
    older: int | None


def stretch(rows: QuerySet[Any], asked: Mapping[str, Any], size: int) -> Stretch:
    """`size` rows older than the number asked for as `before`, or newer than `after`, else the newest.

    The rows' key must be a growing number. What is no number is as if nothing was asked.
    """
    before, after = (_number(asked.get(name)) for name in ("before", "after"))
    if after is not None and before is None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        if len(found) >= size:
            shown = found[:size][::-1]
            return Stretch(shown, shown[0].pk if len(found) > size else None, shown[-1].pk)
    older_than = rows if before is None else rows.filter(pk__lt=before)
    found = list(older_than.order_by("-pk")[: size + 1])
    shown = found[:size]
    newer = shown[0].pk if shown and before is not None else None
    return Stretch(shown, newer, shown[-1].pk if len(found) > size else None)


def _number(text: Any) -> int | None:
    """A whole number that a key can have."""
    given = str(text or "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None
