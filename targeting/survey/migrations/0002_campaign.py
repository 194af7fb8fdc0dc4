import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import dmi.core.fields
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


def lock_up_names(apps, schema_editor):
    """What was kept in clear is kept encrypted, in the record and in a new row of its history."""
    source, history = apps.get_model("survey", "TipSource"), apps.get_model("survey", "HistoricalTipSource")
    for record in source.objects.all():
        record.full_name, record.reached_at = record.name, record.contact
        record.save(update_fields=["full_name", "reached_at"])
        same = {
            field.attname: getattr(record, field.attname)
            for field in source._meta.concrete_fields
            if field.attname not in ("name", "contact")
        }
        history.objects.create(
            history_date=django.utils.timezone.now(), history_type="~", name="", contact="",
            history_change_reason="locked up", **same,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('places', '0002_trigram'),
        ('survey', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='interview',
            options={'ordering': ('-held_on', 'officer_name', 'id')},
        ),
        migrations.AddField(
            model_name='communityreply',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=2),
        ),
        migrations.AddField(
            model_name='communityreply',
            name='once',
            field=models.UUIDField(editable=False, help_text='Stops a second press from counting.', null=True, unique=True),
        ),
        migrations.AddField(
            model_name='historicalcommunityreply',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=2),
        ),
        migrations.AddField(
            model_name='historicalcommunityreply',
            name='once',
            field=models.UUIDField(db_index=True, editable=False, help_text='Stops a second press from counting.', null=True),
        ),
        migrations.AddField(
            model_name='historicalnomination',
            name='known',
            field=models.CharField(blank=True, choices=[('', 'Not said'), ('seen', 'Saw it'), ('report', 'From a report or arrest'), ('supervised', 'From supervision'), ('told', 'Was told')], max_length=10, verbose_name='how it is known'),
        ),
        migrations.AddField(
            model_name='historicalnomination',
            name='role',
            field=models.CharField(blank=True, choices=[('', 'Not said'), ('seller', 'Sells in the street'), ('helper', 'Runs, holds or looks out'), ('house', 'Sells from a house'), ('supplier', 'Supplies others')], max_length=10, verbose_name='what he or she does'),
        ),
        migrations.AddField(
            model_name='historicalnomination',
            name='seen_on',
            field=models.DateField(blank=True, null=True, verbose_name='last seen dealing'),
        ),
        migrations.AddField(
            model_name='historicaltipsource',
            name='full_name',
            field=dmi.core.fields.EncryptedTextField(default='', max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicaltipsource',
            name='reached_at',
            field=dmi.core.fields.EncryptedTextField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name='nomination',
            name='known',
            field=models.CharField(blank=True, choices=[('', 'Not said'), ('seen', 'Saw it'), ('report', 'From a report or arrest'), ('supervised', 'From supervision'), ('told', 'Was told')], max_length=10, verbose_name='how it is known'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='role',
            field=models.CharField(blank=True, choices=[('', 'Not said'), ('seller', 'Sells in the street'), ('helper', 'Runs, holds or looks out'), ('house', 'Sells from a house'), ('supplier', 'Supplies others')], max_length=10, verbose_name='what he or she does'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='seen_on',
            field=models.DateField(blank=True, null=True, verbose_name='last seen dealing'),
        ),
        migrations.AddField(
            model_name='tipsource',
            name='full_name',
            field=dmi.core.fields.EncryptedTextField(default='', max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='tipsource',
            name='reached_at',
            field=dmi.core.fields.EncryptedTextField(blank=True, max_length=160),
        ),
        migrations.AlterField(
            model_name='communityreply',
            name='answers',
            field=models.JSONField(blank=True, default=dict, help_text='Question code to answer, as given.'),
        ),
        migrations.AlterField(
            model_name='historicalcommunityreply',
            name='answers',
            field=models.JSONField(blank=True, default=dict, help_text='Question code to answer, as given.'),
        ),
        migrations.AlterField(
            model_name='historicalinterview',
            name='answers',
            field=models.JSONField(blank=True, default=dict, help_text='Question code to answer, as given.'),
        ),
        migrations.AlterField(
            model_name='interview',
            name='answers',
            field=models.JSONField(blank=True, default=dict, help_text='Question code to answer, as given.'),
        ),
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('group', models.CharField(choices=[('street', 'Street officers'), ('probation', 'Probation and parole officers'), ('vice', 'Vice and narcotics officers')], max_length=12)),
                ('officer_name', models.CharField(max_length=120, verbose_name='officer')),
                ('officer_unit', models.CharField(blank=True, max_length=120, verbose_name='unit or beat')),
                ('how', models.CharField(choices=[('in_person', 'In person'), ('roll_call', 'At roll call'), ('phone', 'By telephone'), ('message', 'By message'), ('paper', 'On paper')], default='in_person', max_length=10, verbose_name='asked how')),
                ('asked_on', models.DateField(default=django.utils.timezone.localdate)),
                ('declined_on', models.DateField(blank=True, null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=300, verbose_name='reason given')),
                ('case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interview', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ask', to='survey.interview')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('group', 'officer_name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='CommunityLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('place', models.CharField(help_text="A meeting, a church, a street. Never one resident's name.", max_length=120, verbose_name='where it is handed out')),
                ('handed_to', models.PositiveIntegerField(blank=True, null=True, verbose_name='about how many people get it')),
                ('opened_on', models.DateField(default=django.utils.timezone.localdate, editable=False)),
                ('expires_on', models.DateField(verbose_name='works until')),
                ('per_day', models.PositiveSmallIntegerField(default=100, help_text='More than this in one day is more likely a machine than a neighborhood.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='most answers in a day')),
                ('token', dmi.core.fields.EncryptedTextField(editable=False)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-opened_on', 'place', 'id'),
            },
        ),
        migrations.AddField(
            model_name='communityreply',
            name='link',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='survey.communitylink'),
        ),
        migrations.AddField(
            model_name='historicalcommunityreply',
            name='link',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.communitylink'),
        ),
        migrations.CreateModel(
            name='HistoricalAddressMention',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('why', models.CharField(max_length=400, verbose_name='what was said')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interview', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.interview')),
                ('place', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='places.place')),
                ('reply', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.communityreply')),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical address mention',
                'verbose_name_plural': 'historical address mentions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAsk',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('group', models.CharField(choices=[('street', 'Street officers'), ('probation', 'Probation and parole officers'), ('vice', 'Vice and narcotics officers')], max_length=12)),
                ('officer_name', models.CharField(max_length=120, verbose_name='officer')),
                ('officer_unit', models.CharField(blank=True, max_length=120, verbose_name='unit or beat')),
                ('how', models.CharField(choices=[('in_person', 'In person'), ('roll_call', 'At roll call'), ('phone', 'By telephone'), ('message', 'By message'), ('paper', 'On paper')], default='in_person', max_length=10, verbose_name='asked how')),
                ('asked_on', models.DateField(default=django.utils.timezone.localdate)),
                ('declined_on', models.DateField(blank=True, null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=300, verbose_name='reason given')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interview', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.interview')),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical ask',
                'verbose_name_plural': 'historical asks',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCommunityLink',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('place', models.CharField(help_text="A meeting, a church, a street. Never one resident's name.", max_length=120, verbose_name='where it is handed out')),
                ('handed_to', models.PositiveIntegerField(blank=True, null=True, verbose_name='about how many people get it')),
                ('opened_on', models.DateField(default=django.utils.timezone.localdate, editable=False)),
                ('expires_on', models.DateField(verbose_name='works until')),
                ('per_day', models.PositiveSmallIntegerField(default=100, help_text='More than this in one day is more likely a machine than a neighborhood.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='most answers in a day')),
                ('token', dmi.core.fields.EncryptedTextField(editable=False)),
                ('token_hash', models.CharField(db_index=True, editable=False, max_length=64)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical community link',
                'verbose_name_plural': 'historical community links',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalQuestionSet',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('group', models.CharField(choices=[('street', 'Street officers'), ('probation', 'Probation and parole officers'), ('vice', 'Vice and narcotics officers'), ('community', 'Community members')], max_length=12, verbose_name='asked of')),
                ('number', models.PositiveSmallIntegerField(editable=False, verbose_name='version')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='in use since')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical question set',
                'verbose_name_plural': 'historical question sets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalReminder',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('how', models.CharField(choices=[('in_person', 'In person'), ('roll_call', 'At roll call'), ('phone', 'By telephone'), ('message', 'By message'), ('paper', 'On paper')], default='in_person', max_length=10, verbose_name='reminded how')),
                ('reminded_on', models.DateField(default=django.utils.timezone.localdate)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('ask', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.ask')),
                ('case', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical reminder',
                'verbose_name_plural': 'historical reminders',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LinkUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('used_on', models.DateField()),
                ('address_hash', models.CharField(max_length=64)),
                ('times', models.PositiveSmallIntegerField(default=0)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survey.communitylink')),
            ],
        ),
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('group', models.CharField(choices=[('street', 'Street officers'), ('probation', 'Probation and parole officers'), ('vice', 'Vice and narcotics officers'), ('community', 'Community members')], max_length=12, verbose_name='asked of')),
                ('number', models.PositiveSmallIntegerField(editable=False, verbose_name='version')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='in use since')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('group', '-number'),
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('screen', models.PositiveSmallIntegerField(default=1, help_text='On a phone the questions of one screen are shown together.')),
                ('code', models.SlugField(help_text='Stored with each answer. Keep it when the words change and the meaning does not.', max_length=30)),
                ('kind', models.CharField(choices=[('line', 'One line'), ('text', 'Several lines'), ('one', 'One of the choices'), ('many', 'Any of the choices'), ('safe', 'Very unsafe to very safe'), ('agree', 'Strongly disagree to strongly agree'), ('yes_no', 'Yes or no')], default='text', max_length=10, verbose_name='answered by')),
                ('words', models.CharField(max_length=200, verbose_name='question')),
                ('words_es', models.CharField(blank=True, max_length=200, verbose_name='question in Spanish')),
                ('hint', models.CharField(blank=True, max_length=200)),
                ('hint_es', models.CharField(blank=True, max_length=200, verbose_name='hint in Spanish')),
                ('choices', models.TextField(blank=True, help_text='One a line: code | English | Spanish. For the kinds with choices only.', max_length=2000)),
                ('topic', models.CharField(blank=True, choices=[('', 'No baseline'), ('fear', 'Fear'), ('awareness', 'Awareness of the effort'), ('justice', 'How police treat people')], max_length=12, verbose_name='baseline topic')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='survey.questionset')),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='HistoricalQuestion',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('screen', models.PositiveSmallIntegerField(default=1, help_text='On a phone the questions of one screen are shown together.')),
                ('code', models.SlugField(help_text='Stored with each answer. Keep it when the words change and the meaning does not.', max_length=30)),
                ('kind', models.CharField(choices=[('line', 'One line'), ('text', 'Several lines'), ('one', 'One of the choices'), ('many', 'Any of the choices'), ('safe', 'Very unsafe to very safe'), ('agree', 'Strongly disagree to strongly agree'), ('yes_no', 'Yes or no')], default='text', max_length=10, verbose_name='answered by')),
                ('words', models.CharField(max_length=200, verbose_name='question')),
                ('words_es', models.CharField(blank=True, max_length=200, verbose_name='question in Spanish')),
                ('hint', models.CharField(blank=True, max_length=200)),
                ('hint_es', models.CharField(blank=True, max_length=200, verbose_name='hint in Spanish')),
                ('choices', models.TextField(blank=True, help_text='One a line: code | English | Spanish. For the kinds with choices only.', max_length=2000)),
                ('topic', models.CharField(blank=True, choices=[('', 'No baseline'), ('fear', 'Fear'), ('awareness', 'Awareness of the effort'), ('justice', 'How police treat people')], max_length=12, verbose_name='baseline topic')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question_set', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.questionset')),
            ],
            options={
                'verbose_name': 'historical question',
                'verbose_name_plural': 'historical questions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='communityreply',
            name='question_set',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='survey.questionset'),
        ),
        migrations.AddField(
            model_name='historicalcommunityreply',
            name='question_set',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.questionset'),
        ),
        migrations.AddField(
            model_name='historicalinterview',
            name='question_set',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='survey.questionset'),
        ),
        migrations.AddField(
            model_name='interview',
            name='question_set',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='survey.questionset'),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('how', models.CharField(choices=[('in_person', 'In person'), ('roll_call', 'At roll call'), ('phone', 'By telephone'), ('message', 'By message'), ('paper', 'On paper')], default='in_person', max_length=10, verbose_name='reminded how')),
                ('reminded_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='survey.ask')),
                ('case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('reminded_on',),
            },
        ),
        migrations.CreateModel(
            name='AddressMention',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('why', models.CharField(max_length=400, verbose_name='what was said')),
                ('case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.marketcase')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interview', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='survey.interview')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='places.place')),
                ('reply', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='survey.communityreply')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('created_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('interview__isnull', True), ('reply__isnull', False)), models.Q(('interview__isnull', False), ('reply__isnull', True)), _connector='OR'), name='mention_has_one_source'), models.UniqueConstraint(fields=('interview', 'place'), name='address_once_an_interview'), models.UniqueConstraint(fields=('reply', 'place'), name='address_once_a_reply')],
            },
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('officer_name', ''), _negated=True), name='ask_names_the_officer'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('declined_on__isnull', True), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='declined_with_a_reason', violation_error_message='Write why the officer did not answer.'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(('declined_on__isnull', True), ('interview__isnull', True), _connector='OR'), name='answered_or_declined'),
        ),
        migrations.AddConstraint(
            model_name='communitylink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on__gte', models.F('opened_on'))), name='link_expires_after_it_opens', violation_error_message='The last day cannot lie before today.'),
        ),
        migrations.AddConstraint(
            model_name='linkuse',
            constraint=models.UniqueConstraint(fields=('link', 'used_on', 'address_hash'), name='link_use_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='questionset',
            constraint=models.UniqueConstraint(fields=('group', 'number'), name='question_set_number_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('question_set', 'code'), name='question_code_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choices__gt', ''), ('kind__in', ('one', 'many'))), models.Q(('kind__in', ('one', 'many')), _negated=True), _connector='OR'), name='question_choices_where_needed', violation_error_message='Write the choices, one a line.'),
        ),
        migrations.RunPython(lock_up_names, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='historicaltipsource',
            name='contact',
        ),
        migrations.RemoveField(
            model_name='historicaltipsource',
            name='name',
        ),
        migrations.RemoveField(
            model_name='tipsource',
            name='contact',
        ),
        migrations.RemoveField(
            model_name='tipsource',
            name='name',
        ),
    ]
