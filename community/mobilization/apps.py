from django.apps import AppConfig


class MobilizationConfig(AppConfig):
    name = "community.mobilization"
    label = "mobilization"
    verbose_name = "Step 5 · Mobilize the community"
