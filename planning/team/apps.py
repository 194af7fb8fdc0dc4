from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "planning.team"
    label = "team"
    verbose_name = "Planning · Team and readiness"

    def ready(self) -> None:
        """Declare the kinds of paper the team prints."""
        from planning.team import letters  # noqa: F401 - models must be loaded first
