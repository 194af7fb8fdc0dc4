from django.apps import AppConfig


class UndercoverConfig(AppConfig):
    name = "targeting.undercover"
    label = "undercover"
    verbose_name = "Step 4 · Undercover operations"

    def ready(self) -> None:
        """Declare papers, the layer on the map, the count on the board, and what a released picture could give away."""
        from dmi.evidence import cautions
        from targeting.crime_mapping import selectors as mapping
        from targeting.incident_review import selectors as review
        from targeting.undercover import actions, letters, selectors  # noqa: F401 - models must be loaded first

        mapping.overlays.register_buys(selectors.buy_points)
        review.register_buys(selectors.board_buys)
        cautions.register(find=selectors.cautions_of_item, keep=actions.keep_answer)
