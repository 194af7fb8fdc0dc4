from django.apps import AppConfig


class UndercoverConfig(AppConfig):
    name = "targeting.undercover"
    label = "undercover"
    verbose_name = "Step 4 · Undercover operations"

    def ready(self) -> None:
        """Declare the step's papers, its layer on the map, and what releasing a picture of a buy could give away."""
        from dmi.evidence import cautions
        from targeting.crime_mapping import selectors as mapping
        from targeting.undercover import actions, letters, selectors  # noqa: F401 - models must be loaded first

        mapping.overlays.register_buys(selectors.buy_points)
        cautions.register(find=selectors.cautions_of_item, keep=actions.keep_answer)
