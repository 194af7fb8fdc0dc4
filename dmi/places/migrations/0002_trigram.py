"""Places are found by any spelling of their address: an index of its letters, three by three."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("core", "0001_extensions")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX places_address_trigram ON places_place USING gin (normalised_address gin_trgm_ops);",
            "DROP INDEX IF EXISTS places_address_trigram;",
        )
    ]
