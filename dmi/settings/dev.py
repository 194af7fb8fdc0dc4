"""A workstation or a demonstration: private PostgreSQL and Redis under `var/`, no second factor asked for.

The keys below are public and protect nothing; `prod` accepts none without a value of its own.
"""

from __future__ import annotations

from dmi.settings import env
from dmi.settings.base import *  # noqa: F403
from dmi.settings.base import CELERY_BROKER_TRANSPORT_OPTIONS, SPELLED_ALIKE, VAR

# `var/run` is the directory of the sockets, or a link to it when the path is too long for a socket.
RUN = (VAR / "run").resolve()

DEBUG = env.flag("DMI_DEBUG", default=False)
SECRET_KEY = "for-development-and-demonstration-only-this-key-is-public"  # noqa: S105
DMI_FIELD_KEYS = {"dev": "ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMhISE="}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]

DATABASE = env.text("DMI_DATABASE", "dmi")
DATABASES = {
    "default": {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": DATABASE,
        "USER": "app",
        "HOST": str(RUN),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": SPELLED_ALIKE},
    }
}
CACHES = {
    "default": {
        "BACKEND": "dmi.core.cache.ForgetfulRedisCache",
        "LOCATION": f"unix://{RUN}/redis.sock?db=1",
        "KEY_PREFIX": DATABASE,
    }
}
CELERY_BROKER_URL = f"redis+socket://{RUN}/redis.sock?virtual_host=0"
CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": "dmi:"}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")

STATIC_ROOT = None  # files are served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "casebook@localhost"

DMI_REQUIRE_MFA = False
DMI_BANNER_MUST_ACKNOWLEDGE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
