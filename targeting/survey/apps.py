from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SurveyConfig(AppConfig):
    name = "targeting.survey"
    label = "survey"
    verbose_name = "Step 2 · Survey"

    def ready(self) -> None:
        """Declare the papers, and have the standard questions written once the tables exist."""
        from targeting.survey import actions, letters  # noqa: F401 - models must be loaded first

        post_migrate.connect(actions.install, sender=self)
