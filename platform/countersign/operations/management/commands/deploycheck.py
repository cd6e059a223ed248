"""Is this configuration fit for people?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from countersign.operations import deployment


class Command(BaseCommand):
    help = "Check the configuration before people sign in; exit 1 when something is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = deployment.checks()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(check) for check in found], indent=2))
        else:
            for check in found:
                mark = "ok " if check.is_good else "-> "
                self.stdout.write(f"{mark} {check.name:<18} {check.says}")
        if not all(check.is_good for check in found):
            sys.exit(1)
