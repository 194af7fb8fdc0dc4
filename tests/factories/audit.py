"""Events of the audit log for tests."""

from __future__ import annotations

from typing import Any

from django.db import connection

from dmi.audit import actions
from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb


def event(**given: Any) -> AuditEvent:
    """One event as the database stamped it."""
    written = actions.record(**({"actor": None, "verb": Verb.CASE_OPENED} | given))
    written.refresh_from_db()
    return written


def tamper(statement: str, *values: Any) -> None:
    """Change the log the way only somebody with the database in hand could: with its triggers switched off."""
    with connection.cursor() as cursor:
        for switch in ("DISABLE", None, "ENABLE ALWAYS"):
            if switch is None:
                cursor.execute(statement, values)
                continue
            for table in ("audit_auditevent", "audit_auditseal"):
                for trigger in ("dmi_append_only_rows", "dmi_append_only_table"):
                    cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER {trigger}")
