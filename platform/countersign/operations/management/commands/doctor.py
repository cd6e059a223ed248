"""How well does this machine isolate what learners hand in?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grader import cli


class Command(BaseCommand):
    help = "Try the walls around submitted code on this machine (also: python -m grader doctor)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(cli.main(["doctor", *(["--json"] if options["json"] else [])]))
