from django.apps import AppConfig


class CrimeMappingConfig(AppConfig):
    name = "targeting.crime_mapping"
    label = "crime_mapping"
    verbose_name = "Step 1 · Crime mapping"
