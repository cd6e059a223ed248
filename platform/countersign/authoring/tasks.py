"""The doorbell of the checks. It may ring twice; the database says whether there is work."""

from uuid import UUID

from celery import shared_task

from countersign.authoring.services import checking


@shared_task
def run_checks(checking_id: str) -> None:
    """Do the checks of a manuscript."""
    checking.run(UUID(checking_id))
