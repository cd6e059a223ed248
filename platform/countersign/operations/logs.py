"""How the product logs: JSON lines in production, readable lines in development, no secrets.

Django, Celery and gunicorn use the same configuration. Redaction works on the finished text, so
that it covers tracebacks and the arguments of messages too.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

HIDDEN = "[hidden]"
SECRET_NAMES = re.compile(r"(SECRET_KEY|PASSWORD|TOKEN|API_KEY|_URL)\w*$")
SHORTEST_SECRET = 8
SHAPES = [
    re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]+|(?<=\btoken )[\w.~+/=-]{16,}"),
    re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"),
    re.compile(r"(?i)(?<=(?:word|cret|oken|ssid|onid)=)[^\s&;,'\"]+"),
    re.compile(r"(?<=/)(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{24,}(?=[/\s?\"']|$)"),
]
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configuration(*, as_json: bool, level: str = "INFO") -> dict[str, object]:
    """A `logging.config.dictConfig` for every process of the product."""
    form = "json" if as_json else "plain"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "countersign.operations.logs.JsonLines"},
            "plain": {"()": "countersign.operations.logs.PlainLines"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level},
            "django.server": {"handlers": [], "propagate": True},
            "celery": {"level": level},
            "kombu": {"level": "WARNING"},
            "httpx2": {"level": "WARNING"},
        },
    }


class PlainLines(logging.Formatter):
    """For a person at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line; what was passed as ``extra`` becomes fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _moment(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info:
            line["traceback"] = redact(self.formatException(record.exc_info))
        extras = {key: value for key, value in vars(record).items() if key not in STANDARD}
        line.update({key: _plain(value) for key, value in extras.items()})
        return json.dumps(line, ensure_ascii=True)


def redact(text: str) -> str:
    """The text with each secret of the environment, and all that is shaped like one, hidden."""
    for secret in _SECRETS:
        text = text.replace(secret, HIDDEN)
    for shape in SHAPES:
        text = shape.sub(HIDDEN, text)
    return text


def secrets_of(environment: Mapping[str, str]) -> list[str]:
    """Every secret that the environment names, longest first."""
    found = {secret for name in environment for secret in _secrets_in(name, environment[name])}
    return sorted((one for one in found if len(one) >= SHORTEST_SECRET), key=len, reverse=True)


def _secrets_in(name: str, value: str) -> Iterable[str]:
    if not SECRET_NAMES.search(name):
        return []
    if name.endswith("_FILE"):
        value = _content(value)
    if "://" in value:
        password = urlsplit(value).password or ""
        return [password, unquote(password)]
    return [] if "_URL" in name else [part.strip() for part in value.split(",")]


def _content(path: str) -> str:
    """Settings complain about a file that can't be read; the log has nothing to hide then."""
    file = Path(path)
    return file.read_text("utf-8").strip() if os.access(file, os.R_OK) else ""


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(str(value))


def _moment(created: float) -> str:
    return datetime.fromtimestamp(created, UTC).isoformat(timespec="milliseconds")


_SECRETS = secrets_of(os.environ)
