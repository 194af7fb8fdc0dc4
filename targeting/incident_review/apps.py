from django.apps import AppConfig


class IncidentReviewConfig(AppConfig):
    name = "targeting.incident_review"
    label = "incident_review"
    verbose_name = "Step 3 · Incident review"
