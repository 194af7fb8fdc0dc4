from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "dmi.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        """The clock looks at copies and labels too."""
        from dmi.documents import watch  # noqa: F401 - models must be loaded first
