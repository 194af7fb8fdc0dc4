from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "followup.support"
    label = "support"
    verbose_name = "Step 9 · Follow-up"
