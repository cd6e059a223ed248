"""The doorbell. Tasks take ids, may run twice, and hold nothing the database doesn't."""

from uuid import UUID

from celery import shared_task

from countersign.grading import services
from countersign.grading.services import build_checks, probing


@shared_task
def grade_fast(run_id: str) -> None:
    """Grade a run that a learner waits for."""
    services.grade_run(UUID(run_id))


@shared_task
def grade_bulk(run_id: str) -> None:
    """Grade a run that nobody waits for."""
    services.grade_run(UUID(run_id))


@shared_task
def run_probe(probe_id: str) -> None:
    """Try an input that a learner typed into the probe box."""
    probing.run(UUID(probe_id))


@shared_task
def run_build_checks(run_id: str) -> None:
    """Run the checks that a learner chose while they build."""
    build_checks.run(UUID(run_id))
