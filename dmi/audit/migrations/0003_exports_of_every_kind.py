from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('audit', '0002_append_only')]

    operations = [
        migrations.AddField(
            model_name='exportrequest',
            name='kind',
            field=models.SlugField(default='audit_log', max_length=40),
            preserve_default=False,
        ),
    ]
