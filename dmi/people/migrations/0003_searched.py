"""People are found by any part of a name, street name or address: an index of the letters, three by three."""

from django.db import migrations

MAKE = """
CREATE FUNCTION people_searched(full_name text, aliases text[], home_address text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT full_name || E'\\n' || array_to_string(aliases, E'\\n') || E'\\n' || home_address $$;
CREATE INDEX person_searched_trigram ON people_person
    USING gin (upper(people_searched(full_name, aliases, home_address)) gin_trgm_ops);
"""
UNMAKE = """
DROP INDEX person_searched_trigram;
DROP FUNCTION people_searched(text, text[], text);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_mergers"), ("core", "0001_extensions")]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
