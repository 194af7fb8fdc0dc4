from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "dmi.evidence"
    label = "evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        """Say at start-up when this server cannot read audio and video."""
        from dmi.evidence import checks  # noqa: F401 - registers the check
