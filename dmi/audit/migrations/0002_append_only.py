"""The triggers of the audit log: the database stamps and hashes each row, and refuses to change or remove any."""

from django.db import migrations

from dmi.audit import triggers

# Written out here and read back by dmi/audit/canonical.py: a new way to spell out a row is a new migration.
STAMP = """
CREATE OR REPLACE FUNCTION dmi_audit_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    NEW.xid := pg_current_xact_id()::text::bigint;
    NEW.cluster := (SELECT system_identifier FROM pg_control_system());
    NEW.row_hash := (
        SELECT encode(sha256(convert_to(
            string_agg(coalesce(octet_length(value)::text || ':' || value, '-'), '' ORDER BY place), 'UTF8')), 'hex')
        FROM unnest(ARRAY[
            NEW.id::text, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            NEW.cluster::text, NEW.xid::text, NEW.actor_id::text, NEW.verb::text, NEW.outcome::text,
            NEW.case_id::text, NEW.subject_type::text, NEW.subject_id::text, NEW.facts::text, NEW.reason::text,
            host(NEW.address), NEW.session_hash::text
        ]) WITH ORDINALITY AS spelled(value, place));
    RETURN NEW;
END $$;
CREATE TRIGGER dmi_audit_stamp BEFORE INSERT ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION dmi_audit_stamp();
ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER dmi_audit_stamp;
"""
UNSTAMP = "DROP TRIGGER IF EXISTS dmi_audit_stamp ON audit_auditevent; DROP FUNCTION IF EXISTS dmi_audit_stamp();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(triggers.FUNCTION, triggers.DROP_FUNCTION),
        triggers.protect_table("audit_auditevent"),
        triggers.protect_table("audit_auditseal"),
        migrations.RunSQL(STAMP, UNSTAMP),
    ]
