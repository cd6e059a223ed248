"""Publish in a transaction, deliver after it, at least once.

A subscriber names itself in its app's ``ready()``: ``outbox.subscribe(SubmissionGraded,
handler)``. Handlers are short and may run twice. One that works something out anew from what is
stored says by ``about`` what it looks at: events alike in these fields are told it as one.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from countersign.common import clock, doorbell
from countersign.events.models import Delivery, Event

log = logging.getLogger(__name__)

E = TypeVar("E")
Handler = Callable[[Any], None]

LEASE = timedelta(seconds=60)  # a delivery that died is tried again after this
MOST_TRIES = 10
BATCH = 500


@dataclass(frozen=True)
class _Subscription:
    handler: Handler
    about: tuple[str, ...]


_types: dict[str, type[Any]] = {}
_handlers: dict[str, dict[str, _Subscription]] = defaultdict(dict)


def subscribe(
    event_type: type[E], handler: Callable[[E], None], *, about: tuple[str, ...] = ()
) -> None:
    """Have the handler told of every such event. Naming it twice changes nothing.

    With ``about``, only the newest of the waiting events that are alike in these fields is told,
    and the others count as told with it.
    """
    _types[event_type.__name__] = event_type
    name = f"{handler.__module__}.{handler.__qualname__}"
    _handlers[event_type.__name__][name] = _Subscription(handler, about)


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
    """Tell everyone who is due (of one event, or of all). Answers how many deliveries that were."""
    due = Delivery.objects.filter(
        told_at=None, gave_up_at=None, next_try_at__lte=clock.now()
    ).select_related("event")
    if event_id is not None:
        due = due.filter(event_id=event_id)
    return sum(_tell(alike) for alike in _bundles(due.order_by("pk")[:BATCH]))


def _bundles(due: Iterable[Delivery]) -> Iterable[list[Delivery]]:
    """What one call of a handler covers, in the order of the newest."""
    bundles: dict[tuple[object, ...], list[Delivery]] = {}
    for delivery in due:
        subject = (delivery.handler, *_subject(delivery))
        bundles[subject] = [*bundles.pop(subject, ()), delivery]
    return bundles.values()


def _subject(delivery: Delivery) -> tuple[object, ...]:
    told = _handlers[delivery.event.name].get(delivery.handler)
    if told is None or not told.about:
        return (delivery.event_id,)
    return tuple(delivery.event.payload[field] for field in told.about)


def _tell(alike: list[Delivery]) -> int:
    if not _claim(alike):
        return 0
    newest = alike[-1]
    told = _handlers[newest.event.name].get(newest.handler)
    try:
        if told is not None:  # a handler that no longer exists needs no telling
            told.handler(_event(newest.event))
    except Exception as fault:
        log.exception("%s could not be told of %s", newest.handler, newest.event_id)
        _put_off(alike, fault)
        return 0
    # All were written before the handler looked, also those that someone else is telling now.
    return _rows(alike).update(told_at=clock.now(), fault="")


def _rows(deliveries: Iterable[Delivery]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk__in=[each.pk for each in deliveries], told_at=None)


def _claim(alike: list[Delivery]) -> bool:
    now = clock.now()
    claimed = (
        _rows(alike)
        .filter(next_try_at__lte=now)
        .update(tries=F("tries") + 1, next_try_at=now + LEASE)
    )
    return bool(claimed)


def _put_off(alike: list[Delivery], fault: Exception) -> None:
    for delivery in alike:
        tries = delivery.tries + 1
        _rows([delivery]).update(
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
