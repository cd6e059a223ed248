"""How hard each exercise proved to be, measured from first tries."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db import transaction

from countersign.common import clock
from countersign.grading.models import Result
from countersign.learning.estimate import difficulty_of
from countersign.learning.models import ItemDifficulty


def measured() -> dict[UUID, list[float]]:
    """For each exercise the share, 0 to 1, that everybody reached at their first graded try."""
    rows = (
        Result.objects.unscoped()
        .counting()
        .filter(score__isnull=False)
        .order_by("submission__received_at")
        .values_list(
            "submission__attempt__version__exercise",
            "submission__attempt__enrolment__learner",
            "score",
            "max_score",
        )
    )
    first: dict[tuple[UUID, UUID], float] = {}
    for exercise, learner, score, most in rows:
        first.setdefault((exercise, learner), float(score / most))
    shares: dict[UUID, list[float]] = defaultdict(list)
    for (exercise, _), share in first.items():
        shares[exercise].append(share)
    return shares


@transaction.atomic
def measure() -> int:
    """Measure every exercise anew. Answers how many. Evidence takes the new figures over when it
    is recomputed the next time, so this belongs with a recomputation of everything."""
    now = clock.now()
    found = [
        ItemDifficulty(
            exercise_id=exercise,
            difficulty=difficulty_of(shares),
            tries=len(shares),
            measured_at=now,
        )
        for exercise, shares in measured().items()
    ]
    ItemDifficulty.objects.all().delete()
    ItemDifficulty.objects.bulk_create(found)
    return len(found)
