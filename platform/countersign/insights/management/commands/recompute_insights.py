"""Work every learner's figures out anew, or check that they agree with the results."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countersign.cohorts.models import Cohort, Enrolment
from countersign.insights.services import close, differences, refresh_learner


class Command(BaseCommand):
    help = "Recompute the figures that rosters and overviews show; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare, change nothing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        wrong = places = 0
        for enrolment in Enrolment.objects.unscoped().iterator():
            places += 1
            if check:
                wrong += differences(enrolment)
            else:
                refresh_learner(enrolment)
        if not check:
            for cohort in Cohort.objects.unscoped().iterator():
                close(cohort)
        if wrong:
            raise CommandError(f"{wrong} of {places} learners’ figures differ from their results.")
        done = "agree with their results" if check else "have fresh figures"
        self.stdout.write(f"{places} places {done}.")
