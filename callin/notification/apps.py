from django.apps import AppConfig


class NotificationConfig(AppConfig):
    name = "callin.notification"
    label = "notification"
    verbose_name = "Step 7 · Call-in"

    def ready(self) -> None:
        """Declare the kinds of paper of the call-in."""
        from callin.notification.letters import kinds  # noqa: F401 - the policy must be loaded first
