from django.apps import AppConfig


class UndercoverConfig(AppConfig):
    name = "targeting.undercover"
    label = "undercover"
    verbose_name = "Step 4 · Undercover operations"

    def ready(self) -> None:
        """Declare the step's papers, and what releasing a picture of a buy could give away."""
        from dmi.evidence import cautions
        from targeting.undercover import actions, letters, selectors  # noqa: F401 - models must be loaded first

        cautions.register(find=selectors.cautions_of_item, keep=actions.keep_answer)
