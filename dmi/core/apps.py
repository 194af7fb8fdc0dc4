from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "dmi.core"
    label = "core"
    verbose_name = "Core"
