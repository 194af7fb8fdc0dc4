from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "callin.outreach"
    label = "outreach"
    verbose_name = "Step 6 · Families and letters"
