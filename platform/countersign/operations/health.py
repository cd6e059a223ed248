"""Is this site ready to serve? One check per thing it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from countersign.grading.services import health as grading_health
from countersign.operations import valkey


@dataclass(frozen=True, kw_only=True)
class Check:
    """``says`` is for the operator: no addresses, no secrets."""

    name: str
    is_good: bool
    says: str = "ok"


def checks() -> list[Check]:
    """Every check, in the order in which to look at them."""
    return [check() for check in CHECKS]


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        return Check(name="database", is_good=False, says=type(fault).__name__)
    return Check(name="database", is_good=True)


def _broker() -> Check:
    try:
        with valkey.client(settings.BROKER_URL) as broker:
            broker.ping()
    except redis.RedisError as fault:
        return Check(name="broker", is_good=False, says=type(fault).__name__)
    return Check(name="broker", is_good=True)


def _dispatcher() -> Check:
    try:
        lives = grading_health().dispatcher_lives
    except DatabaseError as fault:
        return Check(name="dispatcher", is_good=False, says=type(fault).__name__)
    return Check(name="dispatcher", is_good=lives, says="ok" if lives else "not seen lately")


def _grading() -> Check:
    try:
        queue = grading_health()
    except DatabaseError as fault:
        return Check(name="grading", is_good=False, says=type(fault).__name__)
    says = "work waits and nobody takes it" if queue.is_stalled else "ok"
    return Check(name="grading", is_good=not queue.is_stalled, says=says)


CHECKS: tuple[Callable[[], Check], ...] = (_database, _broker, _dispatcher, _grading)
