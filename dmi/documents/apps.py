from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "dmi.documents"
    label = "documents"
    verbose_name = "Documents"
