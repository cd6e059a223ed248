"""Read settings from the environment, and say clearly what is wrong with a value.

Every name may also be given as ``NAME_FILE``, a file that holds the value (container secrets).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The value of NAME or the content of the file NAME_FILE names; giving both is an error."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name, default)
    if name in os.environ:
        raise ImproperlyConfigured(f"Give {name} or {name}_FILE, not both.")
    try:
        return Path(file).read_text("utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which can't be read.") from error


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off; anything else is an error."""
    value = text(name).strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write true or false.")


def number(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number of at least ``minimum``."""
    value = text(name).strip()
    if not value:
        return default
    if not value.isdigit() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from {minimum} up.")
    return int(value)


def one_of(name: str, default: str, *, among: set[str]) -> str:
    """One of a few words."""
    value = text(name, default).strip().lower() or default
    if value not in among:
        raise ImproperlyConfigured(f"{name} is {value!r}; write {' or '.join(sorted(among))}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str, *, otherwise: Path) -> dict[str, object]:
    """A Django DATABASES entry from ``postgresql://…`` or ``sqlite:///path``.

    A PostgreSQL socket folder is given as ``?host=/folder``; other query parameters become
    connection options. Without a URL it is SQLite in the folder ``otherwise``.
    """
    if not url:
        return sqlite(otherwise / "countersign.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}; use postgresql:// or sqlite://."
        )
    options: dict[str, str] = {"connect_timeout": "5", **dict(parse_qsl(parts.query))}
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, object]:
    """SQLite as this product needs it: WAL, and every transaction takes the write lock at once.

    A deferred transaction that reads and then writes fails with "database is locked" without
    waiting; IMMEDIATE waits its turn.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "CONN_MAX_AGE": 60,
        "TEST": {"NAME": path.with_name("test.sqlite3")},
    }


def cache(url: str) -> dict[str, object]:
    """A Django CACHES entry from ``redis://…`` or ``unix:///socket``; else this process's memory.

    Rate limits live here: with more than one web process they need a shared one.
    """
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured("CACHE_URL begins with neither redis://, rediss:// nor unix://.")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }


@dataclass(frozen=True, kw_only=True)
class Email:
    """How mail leaves: by SMTP, or as one file a message into a folder."""

    backend: str = "django.core.mail.backends.smtp.EmailBackend"
    folder: Path | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def email(url: str, *, otherwise: Path) -> Email:
    """From ``smtp://``, ``smtp+tls://`` (STARTTLS) or ``smtps://user:password@host:port``.

    Without a URL each message becomes a file in the folder ``otherwise``.
    """
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return Email(backend=backend, folder=otherwise)
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL: write smtp://, smtp+tls:// or smtps:// and a host.")
    return Email(
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )
