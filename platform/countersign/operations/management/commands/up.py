"""Run the whole site on this machine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from countersign.operations import up


class Command(BaseCommand):
    help = "Run the whole site on this machine: database, broker, workers and web server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="start without demo people")
        parser.add_argument(
            "--insecure-no-isolation",
            action="store_true",
            help="grade although this machine can't isolate submitted code",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        up.run(
            up.Wishes(
                host=options["host"],
                port=options["port"],
                demo=not options["no_demo"],
                insecure=options["insecure_no_isolation"],
            )
        )
