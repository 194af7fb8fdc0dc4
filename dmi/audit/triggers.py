"""The database's own guard: rows of the audit log and of every history table are added, never changed or removed.

A refused statement raises IntegrityError ("dmi: ... is append-only"). Emptying a table whole (TRUNCATE, as `flush`
does) is open only to the table's owner in a session that has said `SET dmi.maintenance = 'on'`; changing or deleting
single rows is open to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.migrations.operations import RunSQL
from django.db.models import Model
from simple_history.models import HistoricalChanges

ROW_TRIGGER = "dmi_append_only_rows"
TABLE_TRIGGER = "dmi_append_only_table"

FUNCTION = """
CREATE OR REPLACE FUNCTION dmi_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('dmi.maintenance', true) = 'on'
       AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'dmi: % is append-only, % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
DROP_FUNCTION = "DROP FUNCTION IF EXISTS dmi_append_only() CASCADE;"

GUARDED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  AND (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled = 'A' AND t.tgname = ANY(%s)) = %s
"""


def protect_sql(table: str) -> str:
    """The statements that make `table` append-only."""
    name = connection.ops.quote_name(table)
    return (
        f"DROP TRIGGER IF EXISTS {ROW_TRIGGER} ON {name};"
        f"CREATE TRIGGER {ROW_TRIGGER} BEFORE UPDATE OR DELETE ON {name}"
        f" FOR EACH ROW EXECUTE FUNCTION dmi_append_only();"
        f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {ROW_TRIGGER};"
        f"DROP TRIGGER IF EXISTS {TABLE_TRIGGER} ON {name};"
        f"CREATE TRIGGER {TABLE_TRIGGER} BEFORE TRUNCATE ON {name}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION dmi_append_only();"
        f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {TABLE_TRIGGER};"
    )


def release_sql(table: str) -> str:
    """The statements that take the guard off `table` again, for a migration run backwards."""
    name = connection.ops.quote_name(table)
    return "".join(f"DROP TRIGGER IF EXISTS {trigger} ON {name};" for trigger in (ROW_TRIGGER, TABLE_TRIGGER))


def protect_table(table: str) -> RunSQL:
    """A migration operation that makes `table` append-only; the function itself comes with audit's own migration."""
    return RunSQL(protect_sql(table), release_sql(table))


def guarded_tables() -> list[str]:
    """Every table that must be append-only: each model's history, and each model that says `is_append_only`."""
    models = apps.get_models(include_auto_created=True)
    guarded = [model for model in models if issubclass(model, HistoricalChanges) or _is_append_only(model)]
    return sorted(model._meta.db_table for model in guarded)


def _is_append_only(model: type[Model]) -> bool:
    return getattr(model, "is_append_only", False)


def unguarded_tables() -> list[str]:
    """Tables that ought to be append-only and exist, but whose triggers are missing or switched off."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        triggers = [ROW_TRIGGER, TABLE_TRIGGER]
        cursor.execute(GUARDED, [triggers, len(triggers)])
        guarded = {name for (name,) in cursor.fetchall()}
    return [table for table in guarded_tables() if table in existing and table not in guarded]


def install(**kwargs: object) -> None:
    """After every migrate: guard each history table found, so that no app can forget it."""
    missing = unguarded_tables()
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(FUNCTION + "".join(protect_sql(table) for table in missing))


@contextmanager
def maintenance() -> Iterator[None]:
    """Let this session empty guarded tables whole, e.g. to rebuild an invented city; only their owner can."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('dmi.maintenance', true), '')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('dmi.maintenance', 'on', false)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('dmi.maintenance', %s, false)", [before])
