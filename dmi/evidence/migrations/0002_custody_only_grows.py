"""The database's own guard: lines of the custody log are added, never changed or removed; an original stays what it is."""

from django.db import migrations

from dmi.audit import triggers

KEEP = """
CREATE OR REPLACE FUNCTION dmi_original_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.file, NEW.sha256, NEW.byte_size, NEW.case_id) IS DISTINCT FROM (OLD.file, OLD.sha256, OLD.byte_size, OLD.case_id) THEN
        RAISE EXCEPTION 'dmi: an original never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dmi_original_stays BEFORE UPDATE ON evidence_mediaitem
    FOR EACH ROW EXECUTE FUNCTION dmi_original_stays();
ALTER TABLE evidence_mediaitem ENABLE ALWAYS TRIGGER dmi_original_stays;
"""
LET_GO = "DROP TRIGGER IF EXISTS dmi_original_stays ON evidence_mediaitem; DROP FUNCTION IF EXISTS dmi_original_stays();"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("audit", "0002_append_only")]

    operations = [migrations.RunSQL(KEEP, LET_GO), triggers.protect_table("evidence_custodyevent")]
