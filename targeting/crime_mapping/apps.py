from django.apps import AppConfig


class CrimeMappingConfig(AppConfig):
    name = "targeting.crime_mapping"
    label = "crime_mapping"
    verbose_name = "Step 1 · Crime mapping"

    def ready(self) -> None:
        """Declare the step's kinds of paper."""
        from targeting.crime_mapping import letters  # noqa: F401 - the policy must be loaded first
