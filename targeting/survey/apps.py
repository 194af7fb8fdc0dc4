from django.apps import AppConfig


class SurveyConfig(AppConfig):
    name = "targeting.survey"
    label = "survey"
    verbose_name = "Step 2 · Survey"
