"""The accounts app, and the admin site that stands behind our own sign-in."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "dmi.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listen to sign-in, sign-out and changes of factors; the clock looks at clearances and seats."""
        from dmi.accounts import administrators, receivers, watch  # noqa: F401 - models must be loaded first


class CasebookAdminConfig(admin_apps.AdminConfig):
    """The Django admin with accounts and reference lists only."""

    default = False
    default_site = "dmi.accounts.admin_site.CasebookAdminSite"
