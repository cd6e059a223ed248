"""Keep one part of the site alive: what each container but the web server's runs."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from countersign.operations import heartbeat, parts, work
from countersign.operations.supervisor import Part, Supervisor

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Keep a worker or the dispatcher alive, by its exits and by whether work goes on."
    requires_system_checks: list[str] = []  # they load every page, which keeps nothing alive

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("part", choices=[*parts.QUEUES, "dispatcher"])
        parser.add_argument("--slots", type=int, default=2, help="processes of a worker")
        parser.add_argument("--drain", type=float, default=50, help="seconds to finish in")

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor = Supervisor(
            stands_still=work.stands_still, say=log.warning, drain=options["drain"]
        )
        with supervisor.stopped_at_the_end():
            for part in _parts(options["part"], slots=options["slots"]):
                supervisor.add(part)
            supervisor.keep(heartbeat.beat)


def _parts(name: str, *, slots: int) -> Iterator[Part]:
    if name == "dispatcher":
        yield parts.dispatcher(os.environ)
    else:
        yield from parts.workers(os.environ, queues=[name], slots=slots)
