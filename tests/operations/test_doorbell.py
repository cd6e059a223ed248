"""A broker in trouble costs a submission next to nothing."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from countersign.common import doorbell
from countersign.grading.tasks import grade_fast
from countersign.operations import processes, valkey


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[tuple[valkey.Place, processes.Process]]:
    at = valkey.place(tmp_path)
    process = processes.start(valkey.command(at, lasting=False), log=tmp_path / "log")
    valkey.wait_until_up(at, process)
    yield at, process
    process.send_signal(signal.SIGCONT)
    processes.stop(process, within=5)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kombu.utils.functional.sleep", lambda _: pytest.fail("it waited"))


def _ring(url: str) -> None:
    bell = Celery("bell", broker=url, set_as_current=False)
    bell.config_from_object("django.conf:settings", namespace="CELERY")
    bell.conf.update(broker_url=url)
    with bell:
        bell.send_task("countersign.grading.tasks.grade_fast", args=["1"], retry=False)


def test_a_ring_arrives_in_its_queue(broker: tuple[valkey.Place, processes.Process]) -> None:
    at, _ = broker

    _ring(at.url)

    assert at.client().llen("grading") == 1
    assert at.client().llen("default") == 0


def test_a_broker_that_is_gone_is_given_up_at_once() -> None:
    with pytest.raises(OperationalError):
        _ring("redis+socket:///nowhere/valkey.sock")


def test_a_broker_that_is_frozen_is_given_up(
    broker: tuple[valkey.Place, processes.Process],
) -> None:
    at, process = broker
    process.send_signal(signal.SIGSTOP)

    with pytest.raises(OperationalError, match="Timeout"):
        _ring(at.url)


def test_within_a_hush_nobody_is_rung_for(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[tuple[str, ...]] = []
    monkeypatch.setattr(grade_fast, "apply_async", lambda args, retry: rung.append(args))

    with doorbell.hushed():
        doorbell.ring(grade_fast, "within")
    doorbell.ring(grade_fast, "after")

    assert rung == [("after",)]
