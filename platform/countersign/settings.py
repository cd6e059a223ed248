"""One settings file; the environment decides. docs/operating.md lists every name."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from countersign import env
from countersign.operations import embedded, logs

ROOT = Path(__file__).resolve().parents[2]
VAR = embedded.folder(ROOT)
BRAND = "Countersign"
CURRICULUM = Path(env.text("CURRICULUM_DIR", str(ROOT / "curriculum")))

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY") or embedded.secret_key(VAR)
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "Set SECRET_KEY or SECRET_KEY_FILE (50 random characters), or DEBUG=true to try it out."
        )
    SECRET_KEY = "for-development-only-" + "x" * 40
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

# Where the site is reached, and by whom its headers are believed.
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL if HTTPS else "")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

INSTALLED_APPS = [
    "countersign.web",  # first: its templates replace those of the libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "countersign.audit",
    "countersign.events",
    "countersign.accounts",
    "countersign.organisations",
    "countersign.llm",
    "countersign.exercises",
    "countersign.courses",
    "countersign.cohorts",
    "countersign.submissions",
    "countersign.grading",
    "countersign.regrades",
    "countersign.coaching",
    "countersign.authoring",
    "countersign.learning",
    "countersign.insights",
    "countersign.credentials",
    "countersign.operations",
    "countersign.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers, and tokens in pages are masked
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "countersign.accounts.lifetime.SessionLifetime",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "countersign.urls"
WSGI_APPLICATION = "countersign.wsgi.application"
ASGI_APPLICATION = "countersign.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "countersign.web.places.for_templates",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), otherwise=VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache(env.text("CACHE_URL"))}

# The broker is a doorbell: messages carry ids, the database holds the work. A broker that is away
# costs a submission at most a second, and the dispatcher rings again.
BROKER_URL = env.text("BROKER_URL", embedded.broker_url(VAR))
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {  # by the task's name, which begins with the module it lives in
    "countersign.grading.*": {"queue": "grading"},
    "countersign.authoring.*": {"queue": "grading"},  # authors' code runs where learners' does
    "countersign.coaching.*": {"queue": "llm"},
    "countersign.llm.*": {"queue": "llm"},
}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "visibility_timeout": 300,
}

# How much one learner may hand in, and how much is graded at once on this site.
SUBMISSION_LIMITS = {
    "unfinished": env.number("SUBMISSIONS_UNFINISHED", 2, minimum=1),
    "an_hour": env.number("SUBMISSIONS_AN_HOUR", 60, minimum=1),
    "a_day": env.number("SUBMISSIONS_A_DAY", 300, minimum=1),
}
# How long a page's question for a result waits for one that is about to be written.
RESULT_WAIT = env.number("RESULT_WAIT_MS", 300) / 1000
GRADING_SLOTS = env.number("GRADING_SLOTS", 2, minimum=1)
GRADING_INSECURE = env.flag("GRADING_INSECURE")

# A language model, if there is one: any server that speaks OpenAI's chat completions. A role
# without a model is played by rules, or is not there. Only workers of the queue `llm` get the key.
LLM_PROVIDER = env.one_of("LLM_PROVIDER", "openai", among={"openai", "practice", "scripted"})
LLM_SCRIPT = env.text("LLM_SCRIPT")
OPENAI_BASE_URL = env.text("OPENAI_BASE_URL") or "https://api.openai.com/v1"
OPENAI_API_KEY = env.text("OPENAI_API_KEY")
LLM_MODELS = {
    role: env.text(f"LLM_{role.upper()}_MODEL") or env.text("LLM_MODEL")
    for role in ("generator", "coach", "judge")
}
LLM_PRIVATE_HOSTS = env.words("LLM_PRIVATE_HOSTS")
LLM_VAULT_KEYS = env.words("LLM_VAULT_KEYS")
LLM_DEADLINE = env.number("LLM_DEADLINE_SECONDS", 45, minimum=5)
LLM_SLOTS = env.number("LLM_SLOTS", 2, minimum=1)
# What models may cost: calls and tokens of a learner a day, of a cohort and of the site a month.
LLM_LIMITS = {
    "learner": (
        env.number("LLM_LEARNER_CALLS_A_DAY", 150),
        env.number("LLM_LEARNER_TOKENS_A_DAY", 300_000),
    ),
    "cohort": (
        env.number("LLM_COHORT_CALLS_A_MONTH", 20_000),
        env.number("LLM_COHORT_TOKENS_A_MONTH", 40_000_000),
    ),
    "site": (
        env.number("LLM_SITE_CALLS_A_MONTH", 100_000),
        env.number("LLM_SITE_TOKENS_A_MONTH", 200_000_000),
    ),
}

# Signing in: e-mail and password, a second factor on offer.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "countersign.web.public.adapter.Adapter"
ACCOUNT_SIGNUP_FORM_CLASS = "countersign.web.public.name_form.NameForm"
ACCOUNT_FORMS = {
    name: f"countersign.web.public.account_forms.{form}"
    for name, form in {
        "login": "SignIn",
        "signup": "SignUp",
        "reset_password": "AskForReset",
        "reset_password_from_key": "ChooseNewPassword",
        "change_password": "ChangePassword",
        "add_email": "ChangeAddress",
        "reauthenticate": "ConfirmPassword",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = env.one_of(
    "EMAIL_VERIFICATION", "optional", among={"optional", "mandatory"}
)
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{BRAND}: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,10/15m/key"}
MFA_ADAPTER = "countersign.web.public.adapter.SecondFactorAdapter"
MFA_FORMS = {
    name: f"countersign.web.public.second_factor_forms.{form}"
    for name, form in {
        "authenticate": "EnterCode",
        "reauthenticate": "ConfirmCode",
        "activate_totp": "FirstCode",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = BRAND
MFA_TOTP_TOLERANCE = 1

# Sessions: in the database, over eight hours after the last page. `__Host-` needs https.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "countersign.web.errors.csrf_failure"

# What a browser is told.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# What comes in: a form holds a few files' worth of text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# What goes out.
EMAIL = env.email(env.text("EMAIL_URL"), otherwise=VAR / "mail")
EMAIL_BACKEND = EMAIL.backend
EMAIL_FILE_PATH = EMAIL.folder
EMAIL_HOST = EMAIL.host
EMAIL_PORT = EMAIL.port
EMAIL_HOST_USER = EMAIL.user
EMAIL_HOST_PASSWORD = EMAIL.password
EMAIL_USE_TLS = EMAIL.starttls
EMAIL_USE_SSL = EMAIL.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"{BRAND} <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Whom visitors write to about access, privacy and weaknesses; the pages name it where it is set.
CONTACT_EMAIL = env.text("CONTACT_EMAIL")

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["countersign.api.parsers.StrictJSONParser"],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "countersign.api.permissions.InScope",
    ],
    "DEFAULT_AUTHENTICATION_CLASSES": ["countersign.api.authentication.TokenAuthentication"],
    "DEFAULT_PAGINATION_CLASS": "countersign.api.pagination.Pages",
    "EXCEPTION_HANDLER": "countersign.api.faults.answer_fault",
    "STRICT_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": BRAND,
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Files of the page. A release collects them once into STATIC_ROOT, with hashed names; elsewhere
# they are served from where they lie.
STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT") or None
STATIC_COLLECTED = STATIC_ROOT is not None
_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": _STATIC
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR / "media"
ERASURE_LOG = env.text("ERASURE_LOG") or str(VAR / "erased.log")

LOGGING = logs.configuration(
    as_json=env.flag("LOG_JSON", default=not DEBUG), level=env.text("LOG_LEVEL", "INFO")
)
