"""The doorbell of the queue ``llm``."""

from uuid import UUID

from celery import shared_task

from countersign.llm import jobs


@shared_task
def perform_job(job_id: str) -> None:
    """Do this job if it still waits. May run twice."""
    jobs.work(UUID(job_id))
