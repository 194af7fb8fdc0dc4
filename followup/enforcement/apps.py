from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "followup.enforcement"
    label = "enforcement"
    verbose_name = "Step 8 · Enforcement"
