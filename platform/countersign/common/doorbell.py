"""Ring a worker. The database holds the work; a bell that isn't heard is rung again."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task
from django.conf import settings

log = logging.getLogger(__name__)


def ring(task: Task[Any, Any], *args: str) -> bool:
    """Send a task. False where no broker is set or it is away; never raises, never retries."""
    if not settings.BROKER_URL:
        return False
    try:
        task.apply_async(args=args, retry=False)
    except Exception as fault:
        log.warning("The broker is away (%s); %s waits.", type(fault).__name__, task.name)
        return False
    return True
