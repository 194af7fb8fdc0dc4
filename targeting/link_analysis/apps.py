from django.apps import AppConfig


class LinkAnalysisConfig(AppConfig):
    name = "targeting.link_analysis"
    label = "link_analysis"
    verbose_name = "Step 3 · Link analysis"

    def ready(self) -> None:
        """Declare the link chart as a kind of paper and of export."""
        from targeting.link_analysis import exports, letters  # noqa: F401 - the policy must be loaded first
