"""Talk to the configured model and say what works."""

from __future__ import annotations

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from countersign.llm.check import findings
from countersign.llm.connections import Role


class Command(BaseCommand):
    help = "Try the configured language model and say what works. Exit 1 when something doesn't."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", choices=[role.value for role in Role], help="only this one")
        parser.add_argument("--organisation", type=UUID, help="try this organisation's own model")

    def handle(self, *args: Any, **options: Any) -> None:
        roles = [Role(options["role"])] if options["role"] else list(Role)
        works = True
        for role in roles:
            for finding in findings(role, options["organisation"]):
                self.stdout.write(f"{'ok ' if finding.works else 'NO '} {finding.says}")
                works = works and finding.works
        if not works:
            sys.exit(1)
