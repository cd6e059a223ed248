"""What a default worker does for the site itself."""

from __future__ import annotations

from celery import shared_task

from countersign.operations import erasure


@shared_task
def erase_due_people() -> None:
    """Erase whom it is time for; running it twice erases nobody twice."""
    erasure.erase_due()
