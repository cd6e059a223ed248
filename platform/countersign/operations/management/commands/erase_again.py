"""After a restore: erase whom the backup brought back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from countersign.operations import erasure


class Command(BaseCommand):
    help = "After a restore: erase again whom the erasure log names and the backup brought back."

    def handle(self, *args: Any, **options: Any) -> None:
        if not erasure.log_file().exists():
            self.stdout.write(f"There is no erasure log at {erasure.log_file()}: nobody to erase.")
            return
        again = erasure.replay()
        self.stdout.write(f"{again} of those that the log names were back, and are erased again.")
