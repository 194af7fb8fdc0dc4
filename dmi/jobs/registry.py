"""Which function does which kind of job, and what such a function may say back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from dmi.jobs.models import Job


class Cancelled(Exception):
    """Somebody cancelled the job; the handler stops and everything it wrote is rolled back."""


class Refused(Exception):
    """The job cannot succeed however often it is tried; the text, in plain words, is shown to the person."""


class LeaseLost(Exception):
    """Another worker has taken the job over; what this one wrote is rolled back."""


class Beat(Protocol):
    """Handed to a handler: renews the lease, shows progress, raises Cancelled when somebody cancelled."""

    def __call__(self, done: int | None = None, what: str | None = None, total: int | None = None) -> None: ...


Handler = Callable[[Job, Beat], dict[str, Any]]
_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind. Raises ValueError for a kind already taken."""

    def register(function: Handler) -> Handler:
        if kind in _handlers and _handlers[kind] is not function:
            raise ValueError(f"two handlers for jobs of kind {kind!r}")
        _handlers[kind] = function
        return function

    return register


def is_known(kind: str) -> bool:
    """Whether some function does jobs of this kind."""
    return kind in _handlers


def find(kind: str) -> Handler:
    """The function that does jobs of this kind; raises KeyError for an unknown kind."""
    return _handlers[kind]
