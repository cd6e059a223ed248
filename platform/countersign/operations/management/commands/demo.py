"""Make the demo, once."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from countersign.operations import demo, demo_signins


class Command(BaseCommand):
    help = "Make demo people, cohorts and a history of really graded work. Twice is once."

    def handle(self, *args: Any, **options: Any) -> None:
        if demo.exists():
            return
        graded = demo.make(self._progress)
        demo_signins.remember(demo.SIGN_INS)
        self._progress("")
        self.stdout.write(f"Demo: {graded} submissions were handed in and graded.")

    def _progress(self, line: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{line}", ending="")
            self.stderr.flush()
