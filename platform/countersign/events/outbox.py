"""Publish in a transaction, deliver after it, at least once.

A subscriber names itself in its app's ``ready()``: ``outbox.subscribe(SubmissionGraded,
handler)``. Handlers are short and may run twice.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from countersign.common import clock, doorbell
from countersign.events.models import Delivery, Event

log = logging.getLogger(__name__)

E = TypeVar("E")
Handler = Callable[[Any], None]

LEASE = timedelta(seconds=60)  # a delivery that died is tried again after this
MOST_TRIES = 10
BATCH = 100

_types: dict[str, type[Any]] = {}
_handlers: dict[str, dict[str, Handler]] = defaultdict(dict)


def subscribe(event_type: type[E], handler: Callable[[E], None]) -> None:
    """Have the handler told of every such event. Naming it twice changes nothing."""
    _types[event_type.__name__] = event_type
    _handlers[event_type.__name__][f"{handler.__module__}.{handler.__qualname__}"] = handler


def publish(event: Any) -> Event:
    """Write the event with the change that it tells of. Needs a transaction.

    ``event`` is a frozen dataclass of UUIDs and plain values.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() belongs into the transaction of the change it tells of")
    assert is_dataclass(event)
    assert not isinstance(event, type)
    name = type(event).__name__
    payload = {key: _plain(value) for key, value in asdict(event).items()}
    row = Event.objects.create(name=name, payload=payload)
    Delivery.objects.bulk_create(
        Delivery(event=row, handler=handler) for handler in _handlers[name]
    )
    transaction.on_commit(lambda: _ring(row.pk), robust=True)
    return row


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _ring(event_id: UUID) -> None:
    from countersign.events.tasks import deliver_event

    doorbell.ring(deliver_event, str(event_id))


def ring_for_due() -> None:
    """Ring once when something waits to be told (the dispatcher's part)."""
    due = Delivery.objects.filter(told_at=None, gave_up_at=None, next_try_at__lte=clock.now())
    if due.exists():
        from countersign.events.tasks import deliver_due

        doorbell.ring(deliver_due)


def deliver(event_id: UUID | None = None) -> int:
    """Tell everyone who is due (of one event, or of all). Answers how many were told."""
    due = Delivery.objects.filter(
        told_at=None, gave_up_at=None, next_try_at__lte=clock.now()
    ).select_related("event")
    if event_id is not None:
        due = due.filter(event_id=event_id)
    return sum(_tell(delivery) for delivery in due.order_by("pk")[:BATCH])


def _tell(delivery: Delivery) -> bool:
    if not _claim(delivery):
        return False
    handler = _handlers[delivery.event.name].get(delivery.handler)
    try:
        if handler is not None:  # a handler that no longer exists needs no telling
            handler(_event(delivery.event))
    except Exception as fault:
        log.exception("%s could not be told of %s", delivery.handler, delivery.event_id)
        _put_off(delivery, fault)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(told_at=clock.now(), fault="")
    return True


def _claim(delivery: Delivery) -> bool:
    now = clock.now()
    claimed = Delivery.objects.filter(
        pk=delivery.pk, told_at=None, tries=delivery.tries, next_try_at__lte=now
    ).update(tries=delivery.tries + 1, next_try_at=now + LEASE)
    return bool(claimed)


def _put_off(delivery: Delivery, fault: Exception) -> None:
    tries = delivery.tries + 1
    row = Delivery.objects.filter(pk=delivery.pk)
    row.update(
        fault=f"{type(fault).__name__}: {fault}"[:2000],
        next_try_at=clock.now() + timedelta(seconds=min(2**tries, 600)),
        gave_up_at=clock.now() if tries >= MOST_TRIES else None,
    )


def _event(row: Event) -> Any:
    event_type = _types[row.name]
    fields = event_type.__dataclass_fields__
    return event_type(
        **{
            key: UUID(value) if "UUID" in str(fields[key].type) else value
            for key, value in row.payload.items()
        }
    )
