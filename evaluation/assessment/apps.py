from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "evaluation.assessment"
    label = "assessment"
    verbose_name = "Evaluation · Assessment"
