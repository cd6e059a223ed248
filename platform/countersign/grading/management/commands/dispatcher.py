"""Ring for what waits, twice a second, until told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from countersign.grading import services

log = logging.getLogger(__name__)

ROUND = 0.5  # seconds


class Command(BaseCommand):
    help = "Ring for work that waits (any number of dispatchers may run)."
    requires_system_checks: list[str] = []  # they load every page, which rings for nothing

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            try:
                services.dispatch()
            except DatabaseError:
                log.exception("The database didn't answer; trying again")
                close_old_connections()
                stop.wait(2)
            stop.wait(ROUND)
