"""Check that released prompts are unchanged, or lock new ones."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from countersign.coaching import prompts


class Command(BaseCommand):
    help = "Check the numbered prompts against prompts.lock; --lock adds new ones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lock", action="store_true", help="lock prompts that are new")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["lock"]:
            for name in prompts.lock_new():
                self.stdout.write(f"locked {name}")
        faults = prompts.faults()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write(f"prompts: {len(prompts.locked())} locked, unchanged")
