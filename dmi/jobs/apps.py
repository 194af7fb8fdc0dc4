from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "dmi.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        """Import every app's `jobs` module, so that its handlers are registered."""
        autodiscover_modules("jobs")
        from dmi.jobs import watch  # noqa: F401 - the clock looks at waiting jobs too
