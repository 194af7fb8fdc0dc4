from django.apps import AppConfig


class DebriefConfig(AppConfig):
    name = "evaluation.debrief"
    label = "debrief"
    verbose_name = "Evaluation · Debrief"
