"""The doorbell of the outbox."""

from uuid import UUID

from celery import shared_task

from countersign.events import outbox


@shared_task
def deliver_event(event_id: str) -> None:
    """Tell the handlers of one event. May run twice."""
    outbox.deliver(UUID(event_id))


@shared_task
def deliver_due() -> None:
    """Tell everyone who is due. May run twice, beside itself."""
    outbox.deliver()
