from django.apps import AppConfig


class UndercoverConfig(AppConfig):
    name = "targeting.undercover"
    label = "undercover"
    verbose_name = "Step 4 · Undercover operations"
