"""What the steps answered, kept until a record they read changes.

Each step's answer is kept with the tables it read, seen while it read them. A record written to one of these, by
anybody, ends the keeping at its commit. A step that reads a table whose writes nobody tells is asked every
time. Answers hold counts and codes only; what a reader may see of them is decided afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from functools import cache as once
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection, models

from dmi.cases import selectors, steps
from dmi.cases.progress import Progress
from dmi.core import changes
from dmi.core.models import Tracked

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

WORD = re.compile(r"[a-z][a-z0-9_]+")
ASIDE = "aside"
SHAPE = "-".join(Progress.__slots__)  # an answer kept by another version of the program is not read


@dataclass(slots=True)
class Reading:
    """The tables that were read; `is_told` while every write to them tells of itself."""

    tables: set[str] = field(default_factory=set)
    is_told: bool = True

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note the tables of one query on its way to the database."""
        for word in set(WORD.findall(str(sql))) & _tables().keys():
            told = _tables()[word]
            self.tables |= told
            self.is_told &= bool(told)
        return execute(sql, params, many, context)

    def watch(self) -> AbstractContextManager[None]:
        """Note every query in this block."""
        return connection.execute_wrapper(self)


@once
def _tables() -> dict[str, frozenset[str]]:
    """Every table: the tables whose stamps tell of writes to it; none where nobody tells."""
    return {model._meta.db_table: _told(model) for model in apps.get_models(include_auto_created=True)}


def _told(model: type[models.Model]) -> frozenset[str]:
    """A tracked row tells of itself and its history; others when their model names, as `told_by`, who does it."""
    row = getattr(model, "instance_type", model)
    if names := getattr(row, "told_by", ()):
        return frozenset(apps.get_model(row._meta.app_label, name)._meta.db_table for name in names)
    return frozenset({row._meta.db_table} if issubclass(row, Tracked) else ())


def answers(case: MarketCase, today: date) -> tuple[dict[str, Progress], frozenset[str]]:
    """What the steps say about their elements, and which elements are set aside; no query while kept.

    Inside a transaction that wrote records everybody is asked: what is not committed is neither read from here nor
    kept. Raises UnknownElement and ValueError like `steps.collect`.
    """
    asked: dict[str, Callable[[], Any]] = {
        label: steps.asking(path, case, today) for label, path in steps.DOORS.items()
    }
    asked[ASIDE] = lambda: frozenset(selectors.set_aside(case))
    found = _all_live(asked) if changes.is_pending() else _kept_or_live(asked, case, today)
    aside = found.pop(ASIDE)
    return steps.joined(found), aside


def _all_live(asked: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    return {label: ask() for label, ask in asked.items()}


def _kept_or_live(asked: dict[str, Callable[[], Any]], case: MarketCase, today: date) -> dict[str, Any]:
    keys = {label: f"stations:{SHAPE}:{case.pk}:{case.version}:{today}:{label}" for label in asked}
    stored = cache.get_many(keys.values())
    known = {table for kept in stored.values() for table in kept["under"]}
    now = changes.stamps(known, case.pk)
    found: dict[str, Any] = {}
    old: dict[str, Callable[[], Any]] = {}
    for label, ask in asked.items():
        kept = stored.get(keys[label])
        if kept and all(now[table] == stamp for table, stamp in kept["under"].items()):
            found[label] = kept["answer"]
        else:
            old[label] = ask
    return found | (_ask_and_keep(old, keys, case) if old else {})


def _ask_and_keep(old: dict[str, Callable[[], Any]], keys: dict[str, str], case: MarketCase) -> dict[str, Any]:
    """Ask, and keep under the stamps that stood before: what is written meanwhile ends the keeping again."""
    before = changes.stamps({table for told in _tables().values() for table in told}, case.pk)
    found: dict[str, Any] = {}
    fresh: dict[str, Any] = {}
    for label, ask in old.items():
        reading = Reading()
        with reading.watch():
            found[label] = ask()
        if reading.is_told:
            fresh[keys[label]] = {"answer": found[label], "under": {table: before[table] for table in reading.tables}}
    if fresh:
        cache.set_many(fresh, changes.KEEP_SECONDS)
    return found
