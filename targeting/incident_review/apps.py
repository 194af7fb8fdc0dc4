from django.apps import AppConfig


class IncidentReviewConfig(AppConfig):
    name = "targeting.incident_review"
    label = "incident_review"
    verbose_name = "Step 3 · Incident review"

    def ready(self) -> None:
        """Declare the papers of the review."""
        from targeting.incident_review import letters  # noqa: F401
