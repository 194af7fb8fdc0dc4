"""Every history table is append-only, whichever app it belongs to."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from simple_history.models import HistoricalChanges

from dmi.audit import triggers

pytestmark = pytest.mark.django_db

HISTORIES = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, HistoricalChanges))


def test_there_are_history_tables():
    assert "cases_historicalmarketcase" in HISTORIES


@pytest.mark.parametrize("table", HISTORIES)
def test_each_history_table_has_both_triggers_always_on(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        found = dict(cursor.fetchall())
    assert found[triggers.ROW_TRIGGER] == "A"
    assert found[triggers.TABLE_TRIGGER] == "A"


def test_a_history_row_cannot_be_changed_or_deleted(django_user_model):
    ames = django_user_model.objects.create_user("t-ames-history", full_name="T. Ames")
    assert ames.history.count() >= 1
    for statement in ("UPDATE accounts_historicaluser SET full_name = 'x'", "DELETE FROM accounts_historicaluser"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_table_whose_guard_was_taken_off_is_named_and_guarded_again_by_the_next_migrate():
    table = "cases_historicalmarketcase"
    with connection.cursor() as cursor:
        cursor.execute(triggers.release_sql(table))
    assert triggers.unguarded_tables() == [table]
    triggers.install()
    assert triggers.unguarded_tables() == []


def test_a_trigger_that_is_merely_switched_off_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE audit_auditevent DISABLE TRIGGER {triggers.ROW_TRIGGER}")
    assert triggers.unguarded_tables() == ["audit_auditevent"]


def test_a_table_is_emptied_whole_only_under_maintenance():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL dmi.maintenance = 'off'")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_historicalmarketcase")
    with triggers.maintenance(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_historicalmarketcase")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('dmi.maintenance', true)")
        assert cursor.fetchone()[0] == "off"


def test_somebody_who_does_not_own_the_table_cannot_empty_it_even_under_maintenance():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE dmi_test_writer")
        cursor.execute("GRANT ALL ON cases_historicalmarketcase TO dmi_test_writer")
        cursor.execute("SET LOCAL ROLE dmi_test_writer")
    with (
        triggers.maintenance(),
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE cases_historicalmarketcase")
