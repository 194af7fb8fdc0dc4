"""A row of the log as bytes, for checking: spelled out just as the stamping trigger did when the row was written.

The trigger's side stands in migration 0002. The two must agree; a test writes rows and checks them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

COLUMNS = (
    "event.id::text",
    "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
    "cluster::text",
    "xid::text",
    "actor_id::text",
    "verb::text",
    "outcome::text",
    "case_id::text",
    "subject_type::text",
    "subject_id::text",
    "facts::text",
    "reason::text",
    "host(address)",
    "session_hash::text",
)


def digest(values: Iterable[str | None]) -> str:
    """The hash of a row's `COLUMNS`: each value as "length:bytes", a missing one as "-"."""
    joined = bytearray()
    for value in values:
        if value is None:
            joined += b"-"
            continue
        encoded = value.encode()
        joined += str(len(encoded)).encode() + b":" + encoded
    return hashlib.sha256(joined).hexdigest()
