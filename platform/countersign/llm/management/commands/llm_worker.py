"""Do what needs a model's key by asking the database alone: no broker, no Celery."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from countersign.llm import jobs

log = logging.getLogger(__name__)

IDLE = 0.5  # seconds between looks when nothing waits


class Command(BaseCommand):
    help = "Do work that needs a language model, without a broker. Never give graders this key."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            try:
                busy = jobs.work_next()
            except DatabaseError:
                log.exception("The database didn't answer; trying again")
                close_old_connections()
                busy = False
                stop.wait(2)
            if not busy:
                stop.wait(IDLE)
