"""Keep one part of the site alive: what each container but the web server's runs."""

from __future__ import annotations

import logging
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from countersign.operations import heartbeat, parts, work
from countersign.operations.supervisor import Part, Supervisor

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Keep a worker or the dispatcher alive, by its exits and by whether work goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("part", choices=[*parts.QUEUES, "dispatcher"])
        parser.add_argument("--slots", type=int, default=2, help="processes of a worker")
        parser.add_argument("--drain", type=float, default=50, help="seconds to finish in")

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor = Supervisor(
            stands_still=work.stands_still, say=log.warning, drain=options["drain"]
        )
        with supervisor.stopped_at_the_end():
            supervisor.add(_part(options["part"], slots=options["slots"]))
            supervisor.keep(heartbeat.beat)


def _part(name: str, *, slots: int) -> Part:
    if name == "dispatcher":
        return parts.dispatcher(os.environ)
    return parts.worker(os.environ, queues=[name], slots=slots)
