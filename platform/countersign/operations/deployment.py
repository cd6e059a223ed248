"""What an operator has to get right before people sign in: one check each, with what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from countersign import env
from countersign.operations import valkey
from countersign.operations.health import Check

SHORTEST_KEY = 50


def checks() -> list[Check]:
    """Every check; one that isn't good says what to set."""
    return [check() for check in CHECKS]


def _judge(name: str, problem: str | None) -> Check:
    return Check(name=name, is_good=problem is None, says=problem or "ok")


def _debug() -> Check:
    return _judge(
        "DEBUG", "Unset DEBUG: it shows the program to visitors." if settings.DEBUG else None
    )


def _secret_key() -> Check:
    short = len(settings.SECRET_KEY) < SHORTEST_KEY
    return _judge("SECRET_KEY", f"Use {SHORTEST_KEY} random characters." if short else None)


def _address() -> Check:
    if not settings.HTTPS:
        return _judge("SITE_URL", "Give the https:// address; sign-ins travel readable without.")
    host = urlsplit(settings.SITE_URL).hostname
    if host not in settings.ALLOWED_HOSTS:
        return _judge("SITE_URL", f"Add {host} to ALLOWED_HOSTS.")
    return _judge("SITE_URL", None)


def _hosts() -> Check:
    any_host = "*" in settings.ALLOWED_HOSTS
    return _judge("ALLOWED_HOSTS", "Name the hosts instead of *." if any_host else None)


def _database() -> Check:
    if connection.vendor == "sqlite":
        return _judge("DATABASE_URL", "SQLite serves one machine and some 50 learners; set it.")
    try:
        plan = MigrationExecutor(connection).loader.graph.leaf_nodes()
        missing = MigrationExecutor(connection).migration_plan(plan)
    except DatabaseError as fault:
        return _judge("DATABASE_URL", f"The database doesn't answer: {type(fault).__name__}.")
    return _judge("DATABASE_URL", "Run manage.py migrate." if missing else None)


def _broker() -> Check:
    if not env.text("BROKER_URL"):
        return _judge("BROKER_URL", "Name a Redis or Valkey server.")
    try:
        with valkey.client(settings.BROKER_URL) as broker:
            policy = broker.config_get("maxmemory-policy").get("maxmemory-policy")
    except redis.RedisError as fault:
        return _judge("BROKER_URL", f"The broker doesn't answer: {type(fault).__name__}.")
    evicts = policy not in {"noeviction", None}
    return _judge("BROKER_URL", "Set maxmemory-policy noeviction." if evicts else None)


def _cache() -> Check:
    several = env.number("WEB_PROCESSES", 1) > 1
    alone = several and not env.text("CACHE_URL")
    return _judge("CACHE_URL", "Share it: sign-in limits count per process." if alone else None)


def _email() -> Check:
    nowhere = not env.text("EMAIL_URL")
    return _judge("EMAIL_URL", "Without it mail is written to a folder." if nowhere else None)


def _static() -> Check:
    if not settings.STATIC_ROOT:
        return _judge("STATIC_ROOT", "Name a folder and run manage.py collectstatic.")
    there = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    return _judge("STATIC_ROOT", None if there else "Run manage.py collectstatic.")


def _isolation() -> Check:
    insecure = settings.GRADING_INSECURE
    return _judge("GRADING_INSECURE", "Unset it: learners' code runs loose." if insecure else None)


CHECKS: tuple[Callable[[], Check], ...] = (
    _debug,
    _secret_key,
    _address,
    _hosts,
    _database,
    _broker,
    _cache,
    _email,
    _static,
    _isolation,
)
