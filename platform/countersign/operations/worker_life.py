"""What a Celery worker does besides its tasks: it opens its sandbox and shows that it lives."""

from __future__ import annotations

import logging
from typing import Any

from celery import Celery, bootsteps
from celery.app.utils import Settings
from django.db import DatabaseError, close_old_connections

from countersign.grading import services as grading
from grader.sandbox.base import SandboxUnavailable

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds
GRADING = "grading"
NO_SANDBOX, RESTS = "no sandbox", "rests"
"""How the note of a worker begins that takes no work."""
# A worker has its broker answer each second, if only that there is nothing (BRPOP). kombu waits
# for that in its event loop, where no socket timeout counts: an answer that never comes is noticed
# by its health check alone, by default after up to 51 seconds. Every 5 seconds makes that 11.
# Its other commands get more time than a ring, whose second would be a lost connection, and a
# pause of up to half a minute before the next try, whenever the broker's machine is busy.
LISTENING = {"socket_timeout": 5, "socket_connect_timeout": 5, "health_check_interval": 5}


def prepare(app: Celery, conf: Settings) -> None:
    """Make this process's application that of a worker. Called before it connects."""
    listen_patiently(conf)
    app.steps["consumer"].add(Pulse)


def listen_patiently(conf: Settings) -> None:
    """Wait longer for the broker than who only rings, and notice when it is gone for good."""
    conf.broker_transport_options = {**conf.broker_transport_options, **LISTENING}


class Pulse(bootsteps.StartStopStep):
    """Shows that the worker lives, from the loop that takes its messages: one that stands still
    shows nothing. The first beat says that it is ready, sandbox and all."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **_: Any) -> None:
        self.beating: Any = None
        self.note = ""

    def start(self, consumer: Any) -> None:
        """Called whenever the worker has connected to its broker."""
        if GRADING in consumer.app.amqp.queues.consume_from:
            self.note = _sandbox()
        self._beat(consumer.hostname)
        self.beating = consumer.timer.call_repeatedly(EVERY, self._beat, (consumer.hostname,))

    def stop(self, consumer: Any) -> None:
        """Called when the connection is lost, and at the end."""
        if self.beating is not None:
            self.beating.cancel()

    def _beat(self, worker: str) -> None:
        try:
            close_old_connections()
            grading.beat(worker, str(grading.fitness) or self.note)
        except DatabaseError:
            log.exception("%s can't show that it lives; trying again", worker)


def _sandbox() -> str:
    """Open it now, so that the first learner doesn't wait for it. Answers how it isolates."""
    try:
        return f"isolation: {grading.open_tools().sandbox.isolation.value}"
    except SandboxUnavailable as refusal:
        log.warning("No sandbox: %s", refusal)
        return f"{NO_SANDBOX}: {refusal}"
