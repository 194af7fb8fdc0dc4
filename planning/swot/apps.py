from django.apps import AppConfig


class SwotConfig(AppConfig):
    name = "planning.swot"
    label = "swot"
    verbose_name = "Planning · SWOT analysis"

    def ready(self) -> None:
        """Declare the kinds of paper the board prints."""
        from planning.swot import letters  # noqa: F401 - models must be loaded first
