"""What happened is told, at least once, and only if it happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from countersign.common import clock
from countersign.events import outbox
from countersign.events.models import Delivery, Event


@dataclass(frozen=True)
class KettleBoiled:
    kettle: UUID
    degrees: int


@pytest.fixture
def told() -> list[KettleBoiled]:
    return []


@pytest.fixture(autouse=True)
def listeners(told: list[KettleBoiled]) -> Iterator[None]:
    def tell(event: KettleBoiled) -> None:
        told.append(event)

    outbox.subscribe(KettleBoiled, tell)
    yield
    outbox._handlers.pop("KettleBoiled")


@pytest.mark.django_db
def test_a_change_is_told_with_its_own_types(told: list[KettleBoiled]) -> None:
    event = KettleBoiled(kettle=uuid4(), degrees=100)
    outbox.publish(event)
    outbox.deliver()
    assert told == [event]


@pytest.mark.django_db
def test_nobody_is_told_twice(told: list[KettleBoiled]) -> None:
    outbox.publish(KettleBoiled(kettle=uuid4(), degrees=100))
    outbox.deliver()
    outbox.deliver()
    assert len(told) == 1


@pytest.mark.django_db
def test_a_rolled_back_change_is_never_told(told: list[KettleBoiled]) -> None:
    with pytest.raises(ValueError, match="cold"), transaction.atomic():
        outbox.publish(KettleBoiled(kettle=uuid4(), degrees=20))
        raise ValueError("cold")
    outbox.deliver()
    assert told == []
    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_a_handler_that_fails_is_told_again_later() -> None:
    tries: list[int] = []

    def fragile(event: KettleBoiled) -> None:
        tries.append(event.degrees)
        if len(tries) == 1:
            raise RuntimeError("the lid fell off")

    outbox._handlers.pop("KettleBoiled")
    outbox.subscribe(KettleBoiled, fragile)
    outbox.publish(KettleBoiled(kettle=uuid4(), degrees=100))
    outbox.deliver()
    assert "the lid fell off" in Delivery.objects.get().fault
    outbox.deliver()
    assert len(tries) == 1
    with clock.pretend(clock.now() + timedelta(seconds=5)):
        outbox.deliver()
    assert len(tries) == 2
    assert Delivery.objects.get().told_at is not None


@pytest.mark.django_db
def test_one_failing_handler_does_not_silence_the_others(told: list[KettleBoiled]) -> None:
    def broken(event: KettleBoiled) -> None:
        raise RuntimeError("broken")

    outbox.subscribe(KettleBoiled, broken)
    outbox.publish(KettleBoiled(kettle=uuid4(), degrees=100))
    outbox.deliver()
    assert len(told) == 1


@pytest.mark.django_db
def test_a_hopeless_delivery_is_given_up_and_kept() -> None:
    def broken(event: KettleBoiled) -> None:
        raise RuntimeError("broken")

    outbox._handlers.pop("KettleBoiled")
    outbox.subscribe(KettleBoiled, broken)
    outbox.publish(KettleBoiled(kettle=uuid4(), degrees=100))
    moment = clock.now()
    for _ in range(outbox.MOST_TRIES):
        moment += timedelta(minutes=11)
        with clock.pretend(moment):
            outbox.deliver()
    assert Delivery.objects.get().gave_up_at is not None


@pytest.mark.django_db(transaction=True)
def test_publishing_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        outbox.publish(KettleBoiled(kettle=uuid4(), degrees=100))


@pytest.fixture
def recounted(told: list[KettleBoiled]) -> list[KettleBoiled]:
    """What a handler was told that looks at the kettle alone."""
    heard: list[KettleBoiled] = []

    def recount(event: KettleBoiled) -> None:
        heard.append(event)

    outbox.subscribe(KettleBoiled, recount, about=("kettle",))
    return heard


@pytest.mark.django_db
def test_events_alike_in_what_a_handler_looks_at_are_told_it_as_one(
    recounted: list[KettleBoiled],
) -> None:
    first, second = uuid4(), uuid4()
    for kettle, degrees in ((first, 90), (second, 95), (first, 100)):
        outbox.publish(KettleBoiled(kettle=kettle, degrees=degrees))

    outbox.deliver()

    assert [(event.kettle, event.degrees) for event in recounted] == [(second, 95), (first, 100)]
    assert not Delivery.objects.filter(told_at=None).exists()


@pytest.mark.django_db
def test_a_handler_that_looks_at_the_event_itself_is_told_of_each(
    told: list[KettleBoiled], recounted: list[KettleBoiled]
) -> None:
    kettle = uuid4()
    for degrees in (90, 100):
        outbox.publish(KettleBoiled(kettle=kettle, degrees=degrees))

    outbox.deliver()

    assert [event.degrees for event in told] == [90, 100]


@pytest.mark.django_db
def test_when_one_telling_covers_several_a_fault_puts_all_of_them_off() -> None:
    def trip(event: KettleBoiled) -> None:
        raise RuntimeError("no socket")

    outbox.subscribe(KettleBoiled, trip, about=("kettle",))
    kettle = uuid4()
    for degrees in (90, 100):
        outbox.publish(KettleBoiled(kettle=kettle, degrees=degrees))

    outbox.deliver()

    late = Delivery.objects.filter(told_at=None, fault__contains="no socket")
    assert late.filter(next_try_at__gt=clock.now()).count() == 2
