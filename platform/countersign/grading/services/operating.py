"""What the operator sees of grading: who works, what was set aside. No learner's work, no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from countersign.common import clock
from countersign.grading.models import Result, Run, RunState

LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class WorkerAtWork:
    """A worker process that took runs lately."""

    name: str
    runs: int
    last_at: datetime


def workers_lately() -> list[WorkerAtWork]:
    """Who took runs within the last hour, the newest first."""
    rows = (
        Run.objects.unscoped()
        .filter(claimed_at__gt=clock.now() - LATELY)
        .exclude(worker="")
        .order_by()
        .values("worker")
        .annotate(runs=Count("pk"), last=Max("claimed_at"))
        .order_by("-last")[:20]
    )
    return [WorkerAtWork(row["worker"], row["runs"], row["last"]) for row in rows]


def isolation_lately() -> list[tuple[str, int]]:
    """How the last hundred results were isolated, by how many."""
    newest = list(
        Result.objects.unscoped().order_by("-made_at").values_list("isolation", flat=True)[:100]
    )
    return sorted(((each, newest.count(each)) for each in set(newest)), key=lambda pair: -pair[1])


def all_set_aside() -> QuerySet[Run]:
    """Every run that was set aside and that nobody has run again since, newest first."""
    newer = (
        Run.objects.unscoped()
        .by_the_grader()
        .filter(submission=OuterRef("submission"), number__gt=OuterRef("number"))
    )
    rows: QuerySet[Run] = (
        Run.objects.unscoped()
        .by_the_grader()
        .filter(~Exists(newer), state=RunState.FAULT)
        .select_related(
            "submission__attempt__version", "submission__attempt__enrolment__cohort__organisation"
        )
        .order_by("-finished_at")
    )
    return rows


def find_set_aside(run_id: UUID) -> Run | None:
    """One of them, or None when it has been seen to."""
    return all_set_aside().filter(pk=run_id).first()
