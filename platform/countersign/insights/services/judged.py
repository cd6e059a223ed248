"""One place's judged work, read for the figures about oversight.

The details of verdicts are sealed, since they hold keys. What leaves insights is counts.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from countersign.cohorts.models import Enrolment
from countersign.grading.models import Result, SealedVerdict
from countersign.insights.judging import JudgedTry
from countersign.learning.judgement import KINDS


def judged_tries(enrolment: Enrolment, *, left_out: Collection[UUID]) -> list[JudgedTry]:
    """The first graded try of each exercise of the kinds that judge, the oldest first."""
    first: dict[UUID, Result] = {}
    for result in _results(enrolment):
        first.setdefault(result.submission.attempt.version.exercise_id, result)
    wanted = [result for exercise, result in first.items() if exercise not in left_out]
    sealed = SealedVerdict.objects.in_bulk([result.pk for result in wanted])
    return [
        JudgedTry(
            at=result.submission.received_at,
            took=result.submission.received_at - result.submission.attempt.started_at,
            details=sealed[result.pk].verdict.get("details", {}),
        )
        for result in wanted
    ]


def _results(enrolment: Enrolment) -> list[Result]:
    rows = (
        Result.objects.unscoped()
        .counting()
        .filter(
            submission__attempt__enrolment=enrolment,
            submission__attempt__version__kind__in=KINDS,
            score__isnull=False,
        )
        .defer("shown")
        .select_related("submission__attempt__version")
        .order_by("submission__received_at", "submission__number")
    )
    return list(rows)
