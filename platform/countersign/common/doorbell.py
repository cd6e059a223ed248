"""Ring a worker. The database holds the work; a bell that isn't heard is rung again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from celery import Task
from django.conf import settings

log = logging.getLogger(__name__)

_hushed: ContextVar[bool] = ContextVar("hushed", default=False)


def ring(task: Task[Any, Any], *args: str) -> bool:
    """Send a task. False where no broker is set or it is away; never raises, never retries."""
    if not settings.BROKER_URL or _hushed.get():
        return False
    try:
        task.apply_async(args=args, retry=False)
    except Exception as fault:
        log.warning("The broker is away (%s); %s waits.", type(fault).__name__, task.name)
        return False
    return True


@contextmanager
def hushed() -> Iterator[None]:
    """Within the block nobody is rung for: whoever makes much work at once does it there too."""
    token = _hushed.set(True)
    try:
        yield
    finally:
        _hushed.reset(token)
