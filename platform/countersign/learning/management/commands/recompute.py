"""Write all evidence anew from results, or check that it agrees."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countersign.cohorts.models import Enrolment
from countersign.learning.services import differences, recompute
from countersign.learning.services.difficulty import measure


class Command(BaseCommand):
    help = (
        "Measure how hard exercises are and recompute every skill profile; --check only compares."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare, change nothing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        wrong = rows = places = 0
        if not check:
            measure()
        for enrolment in Enrolment.objects.unscoped().iterator():
            places += 1
            if check:
                wrong += differences(enrolment)
            else:
                rows += recompute(enrolment)
        if check and wrong:
            raise CommandError(f"{wrong} rows differ from a recomputation.")
        done = "agree with their results" if check else f"have {rows} rows of evidence"
        self.stdout.write(f"{places} places {done}.")
