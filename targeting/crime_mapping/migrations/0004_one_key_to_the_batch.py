"""Of every incident its batch, source and case are held by one key instead of three: they have to agree, too."""

import django.db.models.deletion
from django.db import migrations, models

# Checked for each row of an import, so one look instead of three; source and case of a batch are held by its own keys.
HOLD = """
ALTER TABLE crime_mapping_importbatch ADD CONSTRAINT import_batch_of_source_and_case UNIQUE (id, source_id, case_id);
ALTER TABLE crime_mapping_incident ADD CONSTRAINT incident_agrees_with_its_batch
    FOREIGN KEY (batch_id, source_id, case_id) REFERENCES crime_mapping_importbatch (id, source_id, case_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
LET_GO = """
ALTER TABLE crime_mapping_incident DROP CONSTRAINT incident_agrees_with_its_batch;
ALTER TABLE crime_mapping_importbatch DROP CONSTRAINT import_batch_of_source_and_case;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('crime_mapping', '0003_rows_that_need_a_look'),
    ]

    operations = [
        migrations.AlterField(
            model_name='incident',
            name='batch',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='crime_mapping.importbatch'),
        ),
        migrations.AlterField(
            model_name='incident',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.marketcase'),
        ),
        migrations.AlterField(
            model_name='incident',
            name='source',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='crime_mapping.source'),
        ),
        migrations.RunSQL(HOLD, LET_GO),
    ]
