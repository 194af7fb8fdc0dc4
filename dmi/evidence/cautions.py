"""What releasing an item could give away. A step that knows registers how to find it, and keeps the reason given.

The store of evidence knows items, not buys; the step that shows an item with a record of its own knows who could be
recognized by day and place. It registers two functions from its `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from dmi.evidence.models import MediaItem


class Caution(Protocol):
    """One thing that could be worked out, in plain words."""

    text: str


Find = Callable[["MediaItem", Collection[str]], Sequence[Any]]
Keep = Callable[..., None]

_sources: list[tuple[Find, Keep]] = []


def register(*, find: Find, keep: Keep) -> None:
    """Ask `find(item, rights)` before a release, and give the reason to `keep(item=, can=, reason=, actor=)`."""
    if (find, keep) not in _sources:
        _sources.append((find, keep))


def of(item: MediaItem, can: Collection[str]) -> list[str]:
    """In words, what releasing the item could give away, as far as a holder of these rights may know."""
    return [caution.text for find, _ in _sources for caution in find(item, can)]


def answer(*, item: MediaItem, can: Collection[str], reason: str, actor: Any) -> None:
    """Each source keeps the reason, in the compartment it belongs to."""
    for _, keep in _sources:
        keep(item=item, can=can, reason=reason, actor=actor)
