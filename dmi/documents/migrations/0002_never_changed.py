"""The database's own guard: the ledger of deliveries only grows, and frozen facts are never changed (only purged)."""

from django.db import migrations

from dmi.audit import triggers

FREEZE = """
CREATE OR REPLACE FUNCTION dmi_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'dmi: % is frozen, UPDATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER dmi_never_changed BEFORE UPDATE ON documents_frozenfacts
    FOR EACH ROW EXECUTE FUNCTION dmi_never_changed();
ALTER TABLE documents_frozenfacts ENABLE ALWAYS TRIGGER dmi_never_changed;
"""
UNFREEZE = "DROP TRIGGER IF EXISTS dmi_never_changed ON documents_frozenfacts; DROP FUNCTION IF EXISTS dmi_never_changed();"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(FREEZE, UNFREEZE),
        triggers.protect_table("documents_delivery"),
    ]
