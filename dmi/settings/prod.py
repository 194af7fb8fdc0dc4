"""A team's own server. Everything that differs between installations comes from the environment; see docs/deploy.md.

A missing or odd value stops the program at its start. No secret has a default.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from dmi.settings import env
from dmi.settings.base import *  # noqa: F403
from dmi.settings.base import CELERY_BROKER_TRANSPORT_OPTIONS, LOGGING, SPELLED_ALIKE, STORAGES

DEBUG = False

# --- secrets ----------------------------------------------------------------------------------------------------------
SHORTEST_SECRET = 50
SECRET_KEY = env.secret("DMI_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.secret("DMI_SECRET_KEY_FALLBACKS", "").split()
if any(len(key) < SHORTEST_SECRET for key in (SECRET_KEY, *SECRET_KEY_FALLBACKS)):
    raise ImproperlyConfigured(f"DMI_SECRET_KEY must have at least {SHORTEST_SECRET} characters.")
DMI_FIELD_KEYS = env.keys("DMI_FIELD_KEYS", key_bytes=32)

# --- who may ask, and from where --------------------------------------------------------------------------------------
ALLOWED_HOSTS = env.words("DMI_ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("DMI_ALLOWED_HOSTS must name the hosts; a star would accept any.")
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]
DMI_TRUSTED_PROXIES = env.networks("DMI_TRUSTED_PROXIES")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^alive/$", r"^ready/$"]
SECURE_HSTS_SECONDS = env.whole_number("DMI_HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("DMI_HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.flag("DMI_HSTS_PRELOAD", default=True)
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True

# --- sign-in ----------------------------------------------------------------------------------------------------------
DMI_REQUIRE_MFA = env.flag("DMI_REQUIRE_MFA", default=True)
DMI_BANNER = env.text("DMI_BANNER", "")
DMI_BANNER_MUST_ACKNOWLEDGE = env.flag("DMI_BANNER_MUST_ACKNOWLEDGE", default=True)
DMI_IDLE_MINUTES = env.whole_number("DMI_IDLE_MINUTES", 15, at_least=1, at_most=30)
DMI_READS_PER_HOUR = env.whole_number("DMI_READS_PER_HOUR", 200, at_least=20, at_most=100_000)
DMI_SESSION_HOURS = env.whole_number("DMI_SESSION_HOURS", 12, at_least=1, at_most=24)
SESSION_COOKIE_AGE = (DMI_SESSION_HOURS + 12) * 3600  # the session guard ends a sign-in earlier, and says so

# --- database ---------------------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": env.text("DMI_DATABASE_NAME", "dmi"),
        "USER": env.text("DMI_DATABASE_USER", "dmi"),
        "PASSWORD": env.secret("DMI_DATABASE_PASSWORD"),
        "HOST": env.text("DMI_DATABASE_HOST"),
        "PORT": env.whole_number("DMI_DATABASE_PORT", 5432, at_least=1, at_most=65535),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "sslmode": env.choice(
                "DMI_DATABASE_SSLMODE", ("disable", "require", "verify-ca", "verify-full"), "verify-full"
            ),
            "connect_timeout": 5,
            "options": SPELLED_ALIKE,
        },
    }
}
if DATABASES["default"]["OPTIONS"]["sslmode"].startswith("verify"):
    DATABASES["default"]["OPTIONS"]["sslrootcert"] = env.text("DMI_DATABASE_CA", "system")

# --- Redis ------------------------------------------------------------------------------------------------------------
_redis = urlsplit(env.text("DMI_REDIS_URL"))
if _redis.scheme not in ("redis", "rediss") or not _redis.hostname or _redis.path.strip("/") or _redis.password:
    raise ImproperlyConfigured("DMI_REDIS_URL must read redis://host:port or rediss://host:port, and nothing more.")
_redis_password = quote(env.secret("DMI_REDIS_PASSWORD"), safe="")
_redis_at = f"{_redis.scheme}://:{_redis_password}@{_redis.netloc}"
_verified = "?ssl_cert_reqs=required" if _redis.scheme == "rediss" else ""
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "dmi.core.cache.ForgetfulRedisCache",
        "LOCATION": f"{_redis_at}/1{_verified}",
        "KEY_PREFIX": "dmi",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
    }
}
CELERY_BROKER_URL = f"{_redis_at}/0{_verified}"
CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": "dmi:"}
CELERY_BEAT_SCHEDULE_FILENAME = env.text("DMI_BEAT_FILE", "/tmp/beat-schedule")  # noqa: S108 - only a cache of times
DMI_JOB_LEASE_SECONDS = env.whole_number("DMI_JOB_LEASE_SECONDS", 60, at_least=10, at_most=3600)
DMI_JOB_RETRY_SECONDS = env.whole_number("DMI_JOB_RETRY_SECONDS", 10, at_least=1, at_most=3600)

# --- files ------------------------------------------------------------------------------------------------------------
STATIC_ROOT = env.text("DMI_STATIC_ROOT", str(ROOT / "var" / "static"))  # noqa: F405
STORAGES = {
    **STORAGES,
    # Collected by the owner of the program and read by the user it runs as: not with the modes of private files.
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
DMI_MEDIA_STORAGE = env.choice("DMI_MEDIA_STORAGE", ("disk", "s3"), "disk")
if DMI_MEDIA_STORAGE == "disk":
    MEDIA_ROOT = env.directory("DMI_MEDIA_ROOT")
    EVIDENCE_ACCEL_PREFIX = env.text("DMI_MEDIA_ACCEL", "")  # "" where no proxy sends the files
else:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.text("DMI_S3_BUCKET"),
            "endpoint_url": env.text("DMI_S3_ENDPOINT", "") or None,
            "region_name": env.text("DMI_S3_REGION", "") or None,
            "access_key": env.secret("DMI_S3_ACCESS_KEY"),
            "secret_key": env.secret("DMI_S3_SECRET_KEY"),
            "addressing_style": env.choice("DMI_S3_ADDRESSING", ("auto", "path", "virtual"), "auto"),
            "default_acl": None,  # the bucket is private; nothing is ever given an address of its own
            "querystring_auth": True,
            "file_overwrite": False,
            "object_parameters": {"CacheControl": "private, no-store"},
        },
    }

# --- mail -------------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("DMI_EMAIL_HOST")
if EMAIL_HOST == "none":
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_PORT = env.whole_number("DMI_EMAIL_PORT", 587, at_least=1, at_most=65535)
    EMAIL_HOST_USER = env.text("DMI_EMAIL_USER", "")
    EMAIL_HOST_PASSWORD = env.secret("DMI_EMAIL_PASSWORD", "")
    _security = env.choice("DMI_EMAIL_SECURITY", ("starttls", "tls", "none"), "starttls")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _security == "starttls", _security == "tls"
    EMAIL_TIMEOUT = 10
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DMI_EMAIL_FROM")

# --- the rest ---------------------------------------------------------------------------------------------------------
TIME_ZONE = env.time_zone("DMI_TIME_ZONE", "America/New_York")
LOGGING = {
    **LOGGING,
    "root": {"handlers": ["console"], "level": env.choice("DMI_LOG_LEVEL", ("DEBUG", "INFO", "WARNING"), "INFO")},
}

env.refuse_unknown(
    also={
        # read by deploy/gunicorn.conf.py
        "DMI_WEB_BIND",
        "DMI_WEB_THREADS",
        "DMI_WEB_WORKERS",
        # without a meaning where files lie in object storage, no mail is sent or the database is not verified
        "DMI_MEDIA_ACCEL",
        "DMI_MEDIA_ROOT",
        "DMI_EMAIL_FROM",
        "DMI_EMAIL_PASSWORD",
        "DMI_EMAIL_PASSWORD_FILE",
        "DMI_EMAIL_PORT",
        "DMI_EMAIL_SECURITY",
        "DMI_EMAIL_USER",
        "DMI_DATABASE_CA",
    }
)
