"""Collects the static files while the image is built: production settings, with values made up for the moment."""

import os
import secrets
from base64 import b64encode

MADE_UP = {
    "DJANGO_SETTINGS_MODULE": "dmi.settings.prod",
    "DMI_SECRET_KEY": secrets.token_urlsafe(64),
    "DMI_FIELD_KEYS": f"build:{b64encode(secrets.token_bytes(32)).decode()}",
    "DMI_ALLOWED_HOSTS": "build.invalid",
    "DMI_TRUSTED_PROXIES": "192.0.2.1",
    "DMI_DATABASE_HOST": "build.invalid",
    "DMI_DATABASE_PASSWORD": secrets.token_urlsafe(16),
    "DMI_REDIS_URL": "redis://build.invalid:6379",
    "DMI_REDIS_PASSWORD": secrets.token_urlsafe(16),
    "DMI_EMAIL_HOST": "none",
}

if __name__ == "__main__":
    os.environ.update(MADE_UP)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", "collectstatic", "--no-input", "--verbosity", "0"])
