"""PostgreSQL extensions the tables of later apps rely on."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Trigram search for names and addresses; ranges in constraints."""

    initial = True
    dependencies = []
    run_before = [("people", "0001_initial"), ("places", "0001_initial"), ("directory", "0001_initial")]
    operations = [TrigramExtension(), BtreeGistExtension()]
