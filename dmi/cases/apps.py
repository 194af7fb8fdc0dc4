from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "dmi.cases"
    label = "cases"
    verbose_name = "Markets"
