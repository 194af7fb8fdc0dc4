from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "callin.outreach"
    label = "outreach"
    verbose_name = "Step 6 · Families and letters"

    def ready(self) -> None:
        """Declare the call-in letter as a kind of paper."""
        from callin.outreach import letters  # noqa: F401 - the policy must be loaded first
