"""Grade from the database alone: no broker, no Celery. For small sites and for trouble."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from countersign.events import outbox
from countersign.grading import services
from countersign.grading.services import beside, build_checks, probing

log = logging.getLogger(__name__)

IDLE = 0.25  # seconds between looks when nothing waits


class Command(BaseCommand):
    help = "Grade waiting work by asking the database, without a broker."
    requires_system_checks: list[str] = []  # they load every page, which grades nothing

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            try:
                services.set_aside()
                busy = (
                    services.grade_next()
                    or probing.run_next()
                    or build_checks.run_next()
                    or beside.take_next()
                    or bool(outbox.deliver())
                )
            except DatabaseError:
                log.exception("The database didn't answer; trying again")
                close_old_connections()
                busy = False
                stop.wait(2)
            if not busy:
                stop.wait(IDLE)
