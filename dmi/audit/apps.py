from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "dmi.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Guard every history table after each migrate."""
        from dmi.audit import triggers

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="dmi.audit.triggers")
