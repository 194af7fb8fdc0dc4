"""What changed: after each commit, a new stamp for the table a record was written to, in the case it belongs to.

Whoever keeps an answer computed from records keeps the stamps it was computed under, and drops it when one differs.
Nothing that must be right rests on it: no right and no act is decided by a kept answer.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction

KEEP_SECONDS = 300
STAMP_SECONDS = 2 * KEEP_SECONDS  # a stamp outlives every answer that was kept before it was set
EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Change:
    """A record was written to the table, in one case or (None) outside any."""

    table: str
    case_id: uuid.UUID | None

    def __call__(self) -> None:
        """Set the new stamp; run by the database connection once the write is committed."""
        cache.set(_key(self.table, self.case_id), uuid.uuid4().hex, STAMP_SECONDS)


def tell(table: str, case_id: uuid.UUID | None = None) -> None:
    """A record is being written to `table` in this transaction.

    Once for each transaction is enough: what would undo the earlier telling undoes this write too.
    """
    change = Change(table, case_id)
    if all(entry[1] != change for entry in connection.run_on_commit):
        transaction.on_commit(change, robust=True)


def is_pending() -> bool:
    """Whether this transaction wrote records that nobody else sees yet: answers are then neither read nor kept."""
    return any(isinstance(entry[1], Change) for entry in connection.run_on_commit)


def stamps(tables: Iterable[str], case_id: uuid.UUID) -> dict[str, tuple[Any, Any]]:
    """Each table's stamps, of this case and of records outside any case; None where nothing was written lately."""
    keys = {table: (_key(table, case_id), _key(table, None)) for table in tables}
    found = cache.get_many([key for pair in keys.values() for key in pair])
    return {table: (found.get(own), found.get(everywhere)) for table, (own, everywhere) in keys.items()}


def _key(table: str, case_id: uuid.UUID | None) -> str:
    return f"changed:{table}:{case_id or EVERYWHERE}"
