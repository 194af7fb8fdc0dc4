"""Tests: the private services, with a database and key prefixes of their own for each slot and each test process."""

from __future__ import annotations

import os
import re

from django.core.exceptions import ImproperlyConfigured

from dmi.settings.dev import *  # noqa: F403
from dmi.settings.dev import CACHES, CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, SPELLED_ALIKE, VAR

SLOT = os.environ.get("DMI_TEST_SLOT", "main")
if not re.fullmatch(r"[a-z0-9_]{1,30}", SLOT):
    raise ImproperlyConfigured(f"DMI_TEST_SLOT must be 1 to 30 of a-z, 0-9 and _; it is {SLOT!r}.")
PROCESS = f"{SLOT}-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

DEBUG = False
DATABASES["default"] |= {
    # A real worker started by a test works on the database that test made.
    "NAME": os.environ.get("DMI_TEST_DATABASE", "dmi"),
    "TEST": {"NAME": f"test_dmi_{SLOT}"},
    "CONN_MAX_AGE": 0,
    # Emptying the append-only tables between tests is maintenance.
    "OPTIONS": {"options": f"{SPELLED_ALIKE} -c dmi.maintenance=on"},
}
CACHES["default"]["KEY_PREFIX"] = f"test:{PROCESS}"
CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": f"test:{PROCESS}:"}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "test" / f"beat-{PROCESS}")
MEDIA_ROOT = VAR / "test" / f"media-{PROCESS}"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ACCOUNT_RATE_LIMITS = False
DMI_JOB_RETRY_SECONDS = 0
