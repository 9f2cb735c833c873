"""Settings of On Record, read from the environment; every variable is listed in the README.

`manage.py` runs in development mode, `claims.wsgi` and `claims.asgi` in production mode, unless
`ON_RECORD_MODE` says otherwise. Production refuses to start without `SECRET_KEY` and
`ALLOWED_HOSTS`; development answers on loopback addresses only.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django
import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from claims.api.guide import GUIDE
from corpus.quantities.base import KINDS

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent
DATA = Path(env.str("ON_RECORD_DATA", str(ROOT / ".data")))
MODE = env.str("ON_RECORD_MODE", "development")
if MODE not in {"development", "production"}:
    raise ImproperlyConfigured(f"ON_RECORD_MODE is {MODE!r}; use development or production.")
PRODUCTION = MODE == "production"
DATA.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """Return SECRET_KEY, or in development a key made once and kept beside the database."""
    given: str = env.str("SECRET_KEY", "")
    if given:
        return given
    if PRODUCTION:
        raise ImproperlyConfigured("Production mode needs SECRET_KEY: a long random text.")
    path = DATA / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()


def _database() -> dict[str, Any]:
    """Return the database of DATABASE_URL, with what each engine needs to be safe and quick."""
    database: dict[str, Any] = env.db_url("DATABASE_URL", f"sqlite:///{DATA / 'on_record.sqlite3'}")
    engine = database["ENGINE"].rpartition(".")[2]
    if engine not in {"sqlite3", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL: only sqlite:// and postgres:// are supported.")
    if engine == "postgresql" and find_spec("psycopg") is None:
        raise ImproperlyConfigured("PostgreSQL needs its driver: pip install -e '.[postgres]'")
    if engine == "sqlite3":
        database["CONN_MAX_AGE"] = (
            None  # opening the file and its cache anew costs more than a page
        )
        database["OPTIONS"] = {
            # Readers beside one writer, and a writer that waits instead of failing: in deferred
            # mode half the writes of four writers fail at once with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-64000;"
                "PRAGMA mmap_size=2000000000;"  # rows looked up one by one come twice as quickly
            ),
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
        options = database.setdefault("OPTIONS", {})
        options.setdefault("connect_timeout", 10)
        # A row looked up by an index costs little more than the next one: no disk turns any more.
        # By its own measure PostgreSQL reads small tables through for every single row. Most
        # questions take milliseconds: to compile them, or to begin helpers, takes longer, and
        # files are written no quicker than they are sent.
        told = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"
        options.setdefault("options", told)
    return database


SECRET_KEY = _secret_key()
DEBUG = not PRODUCTION and env.bool("DEBUG", True)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Production mode needs ALLOWED_HOSTS: host names, comma-separated.")

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "claims",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
]

MIDDLEWARE = [
    "claims.logs.log_requests",
    "django.middleware.security.SecurityMiddleware",
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if PRODUCTION else []),  # runserver does it
    "claims.middleware.security_headers",
    "claims.middleware.cross_origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "claims.middleware.way_of_change",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "claims.limits.ReadLimit",
]

ROOT_URLCONF = "claims.urls"
WSGI_APPLICATION = "claims.wsgi.application"
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
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # the form of an article's boundaries has up to 1,000 lines
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", 20_000_000)
READ_SECONDS = env.int("READ_SECONDS", 10)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["claims.sign_in.GuardedBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
SIGN_IN_TRIES = env.int("SIGN_IN_TRIES", 5)
SIGN_IN_MINUTES = env.int("SIGN_IN_MINUTES", 15)

_MAIL = env.email_url("EMAIL_URL", "smtp://localhost:25" if PRODUCTION else "consolemail://")
_MAIL_SECONDS = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "on-record@localhost")
if django.VERSION >= (6, 1):  # which gives up EMAIL_… for MAILERS, that none before it knows
    _OPTIONS = {
        "host": _MAIL["EMAIL_HOST"],
        "port": _MAIL["EMAIL_PORT"],
        "username": _MAIL["EMAIL_HOST_USER"],
        "password": _MAIL["EMAIL_HOST_PASSWORD"],
        "use_tls": _MAIL.get("EMAIL_USE_TLS", False),
        "use_ssl": _MAIL.get("EMAIL_USE_SSL", False),
        "timeout": _MAIL_SECONDS,
    }
    _SMTP = _MAIL["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    MAILERS = {"default": {"BACKEND": _MAIL["EMAIL_BACKEND"], "OPTIONS": _OPTIONS if _SMTP else {}}}
else:
    vars().update(_MAIL)
    EMAIL_TIMEOUT = _MAIL_SECONDS

CONTACT = env.str("CONTACT", "")

SECOND_EDITOR = env.list("SECOND_EDITOR", default=[])
if unknown := set(SECOND_EDITOR) - {"all", "persons", *KINDS}:
    raise ImproperlyConfigured(
        f"SECOND_EDITOR: {', '.join(sorted(unknown))}? Give all, persons, or kinds of figures: "
        f"{', '.join(KINDS)}."
    )

SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)\Z"]  # a supervisor asks without the proxy
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

if PRODUCTION:  # in development Django's own log of the server, for people
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "claims.logs.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "claims": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING"},  # none that sends mail
            "django.request": {"level": "ERROR"},  # what was refused has its line already
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttles.ReadThrottle"],
    "EXCEPTION_HANDLER": "claims.api.problems.handler",
    "NUM_PROXIES": env.int("NUM_PROXIES", 0),
}
API_RATES = {
    "read": {
        "anonymous": env.str("THROTTLE_ANONYMOUS", "120/min,3000/hour,30000/day"),
        "user": env.str("THROTTLE_USER", "1200/min,30000/hour,300000/day"),
    },
    "export": {
        "anonymous": env.str("THROTTLE_EXPORT_ANONYMOUS", "20/hour,60/day"),
        "user": env.str("THROTTLE_EXPORT", "60/hour,400/day"),
    },
    "extract": {
        "anonymous": env.str("THROTTLE_EXTRACT_ANONYMOUS", "6/min,60/hour,200/day"),
        "user": env.str("THROTTLE_EXTRACT", "60/min,600/hour,5000/day"),
    },
    "write": {"anonymous": "60/min", "user": env.str("THROTTLE_WRITE", "300/min,6000/hour")},
}
EXTRACT_FOR_EVERYBODY = env.bool("EXTRACT_FOR_EVERYBODY", False)
if env.str("CACHE_URL", ""):
    CACHES = {"default": env.cache_url("CACHE_URL")}
elif PRODUCTION:  # several processes, which count the requests of a caller together
    _SHARED = {"BACKEND": "claims.shared_cache.SharedFiles", "LOCATION": DATA / "cache"}
    CACHES = {"default": _SHARED | {"OPTIONS": {"MAX_ENTRIES": 20_000}}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REST_KNOX = {"AUTO_REFRESH": False, "TOKEN_TTL": None}
DATA_LICENCE = env.str("DATA_LICENCE", "CC0-1.0")

SPECTACULAR_SETTINGS = {
    "TITLE": "On Record",
    "DESCRIPTION": GUIDE,
    "VERSION": "1",
    "ENUM_NAME_OVERRIDES": {
        "SpeakerKind": "claims.models.Speaker.Kind",
        "OutletKind": "claims.models.Outlet.Kind",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.links.lead_on",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
