"""Settings of every process: web, worker, beat and commands. What differs between places comes by environment."""

import contextlib
import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from config import environment

BASE_DIR = environment.ROOT
VAR_DIR = environment.var_dir()

# Without DATABASE_URL the house runs on its embedded server with invented people: demo mode.
DEMO = environment.flag("BYGDEMAT_DEMO", default="DATABASE_URL" not in os.environ)
DEBUG = environment.flag("BYGDEMAT_DEBUG")


def _secret_key() -> str:
    """SECRET_KEY from the environment, else one kept in var/ (readable by its owner only)."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = Path(VAR_DIR) / "secret_key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # the first of several starting processes wins
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "*" if DEMO else "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "config.site",
    "orders",
    "kitchens",
    "market",
    "suppliers",
    "config.ground",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.site.compression.PagesCompressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.ground.doors.arrival_middleware",
    "config.ground.doors.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.site.roles.nav_middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.ground.doors.RefusalMiddleware",
]

ROOT_URLCONF = "config.site.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["config.site.tight.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.site.frame.frame",
            ],
        },
    },
]

DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "ground.User"
AUTHENTICATION_BACKENDS = ["config.ground.sign_in.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "config" / "site" / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True  # forms read "1 234,50"; see the format modules for why pages do not group
FORMAT_MODULE_PATH = ["config.site.formats"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "config.ground.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = environment.flag("SECURE_COOKIES", default=not DEMO)
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY") else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Mail and documents leave through the outbox: file (var/outbox), console or smtp.
OUTBOX_TRANSPORT = os.environ.get("OUTBOX_TRANSPORT", "file")
OUTBOX_DIR = VAR_DIR / "outbox"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "bygdemat@vingaker.example")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10  # seconds for each step of a mail's delivery

CELERY_BROKER_URL = environment.broker(os.environ.get("REDIS_URL"))
CELERY_RESULT_BACKEND = None  # what a job did stands in ground's job runs
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# kombu looks for lost messages every interval × throttle seconds; its defaults add up to 100 s.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "config.ground.api.signing.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.ground.api.parsing.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "config.ground.api.schema.HouseSchema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS tells nothing; the API's document does
    "EXCEPTION_HANDLER": "config.ground.problems.exception_handler",
    "DEFAULT_PAGINATION_CLASS": "config.ground.paging.NewestFirst",
    "PAGE_SIZE": 100,
    "COERCE_DECIMAL_TO_STRING": True,
}
API_MOST_BYTES = 2 * 1024 * 1024  # an order of a thousand lines with their notes is half of it
SPECTACULAR_SETTINGS = {
    "TITLE": "Bygdemat",
    "DESCRIPTION": (
        "A municipality's kitchens order food from farms, under agreements. Money is SEK excl. VAT and mass kg, both "
        "as text with a point; days are YYYY-MM-DD and instants carry their offset. Every error is one shape, Problem "
        "(RFC 9457); a write may carry an Idempotency-Key and is then done once, however often it is sent."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,  # a PATCH here names all that it changes
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.ground.api.schema.closed_bodies",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AgreementKind": "market.models.Agreement.Kind",
        "Allergen": "market.api.asked.ALLERGENS",
        "CallOffState": "orders.models.CallOff.State",
        "CertificateKind": "suppliers.api.told.KINDS",
        "ListVariant": "market.api.lists.KINDS",
        "MappingKind": "market.api.keeping.KINDS",
        "KitchenKind": "kitchens.models.Kitchen.Kind",
        "RunState": "market.models.SupplierRun.State",
        "WeighingKind": "orders.models.Weighing.Kind",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"hide_keys": {"()": "config.ground.logs.HideKeys"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hide_keys"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
