"""What every installation shares. Anything read from the environment is in `dev`, `test` or `prod`."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"

DEBUG = False
ROOT_URLCONF = "dmi.urls"
WSGI_APPLICATION = "dmi.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"

# --- applications -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "dmi.core",
    "dmi.geo",
    "dmi.accounts",
    "dmi.audit",
    "dmi.jobs",
    "dmi.cases",
    "dmi.people",
    "dmi.places",
    "dmi.directory",
    "dmi.meetings",
    "dmi.evidence",
    "dmi.documents",
    "planning.team",
    "planning.swot",
    "targeting.crime_mapping",
    "targeting.survey",
    "targeting.incident_review",
    "targeting.link_analysis",
    "targeting.undercover",
    "community.mobilization",
    "callin.outreach",
    "callin.notification",
    "followup.enforcement",
    "followup.support",
    "evaluation.assessment",
    "evaluation.debrief",
    "demo",
    "dmi.accounts.apps.CasebookAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.gis",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "guardian",
    "simple_history",
    "csp",
    "django_htmx",
    "django_filters",
    "leaflet",
]

MIDDLEWARE = [
    "dmi.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dmi.middleware.PrivateByDefault",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dmi.accounts.middleware.SessionGuard",
    "dmi.accounts.middleware.FactorGuard",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dmi.accounts.context.sign_in",
                "dmi.cases.context.case_chrome",
            ]
        },
    }
]
FORM_RENDERER = "dmi.core.renderers.UswdsRenderer"

# --- data -------------------------------------------------------------------------------------------------------------
ATOMIC_REQUESTS = False
SPELLED_ALIKE = "-c pg_trgm.word_similarity_threshold=0.45"  # how like a name must be to be found by another spelling
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / "media"
MEDIA_URL = ""  # private files have no address of their own: a view sends them after the guard
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
STATIC_URL = "/static/"
STATIC_ROOT: Path | str | None = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]

# --- sign-in ----------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dmi.accounts.passwords.PassphraseValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "dmi.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "dmi.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# django-axes counts failures by account; a whole department may sit behind one address.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login": "120/m/ip", "login_failed": "60/m/ip"}

MFA_ADAPTER = "dmi.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "dmi.accounts.forms.FactorForm",
    "reauthenticate": "dmi.accounts.forms.FactorAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "DMI casebook"
MFA_TOTP_TOLERANCE = 1

AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = None
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "dmi.accounts.lockout.canonical_name"
AXES_LOCKOUT_CALLABLE = "dmi.accounts.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "login"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

# Sessions lie in the database: nobody is signed out when Redis goes away.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 24 * 3600  # longer than DMI_SESSION_HOURS: the session guard ends a sign-in, and says so
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"

DMI_REQUIRE_MFA = True
DMI_BANNER = ""
DMI_BANNER_MUST_ACKNOWLEDGE = True
DMI_IDLE_MINUTES = 15
DMI_SESSION_HOURS = 12
DMI_READS_PER_HOUR = 200
DMI_TRUSTED_PROXIES: list[IPv4Network | IPv6Network] = []

# --- what the browser may do ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str] | str] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"  # Django checks the referer of a form sent over TLS

# --- background work --------------------------------------------------------------------------------------------------
DMI_JOB_LEASE_SECONDS = 60
DMI_JOB_RETRY_SECONDS = 10
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB, looked at after each job: a large import leaves nothing behind
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A web request that rings the bell must not hang when Redis is away.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {"socket_connect_timeout": 2, "visibility_timeout": 3600}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "jobs-scan": {"task": "jobs.scan", "schedule": timedelta(seconds=15), "options": {"expires": 15}},
    "audit-seal": {"task": "audit.seal", "schedule": timedelta(seconds=60), "options": {"expires": 60}},
    "audit-watch": {"task": "audit.watch", "schedule": timedelta(seconds=60), "options": {"expires": 60}},
    "audit-verify": {"task": "audit.verify", "schedule": crontab(hour=8, minute=30)},
    "accounts-expire": {"task": "accounts.expire_proposals", "schedule": timedelta(hours=1)},
}

# --- checks and logs --------------------------------------------------------------------------------------------------
SILENCED_SYSTEM_CHECKS = [
    # GDAL older than 3.9 cannot be barred from opening files; no text, raster or file of a user is ever handed to it.
    "gis.W001",
    # Locking by address would lock out everybody behind one office network.
    "axes.W006",
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        # It reports every missing glyph on every pass.
        "weasyprint": {"level": "ERROR"},
    },
}
LEAFLET_CONFIG = {"NO_GLOBALS": False, "RESET_VIEW": False, "TILES": [], "ATTRIBUTION_PREFIX": ""}
