"""A worker goes on taking work whatever happens to its connection to the broker."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from celery import Celery

from countersign.operations import parts, processes, valkey
from tests.operations.watching import comes_true

ROOT = Path(__file__).resolve().parents[2]
AWAY = 2.5
"""Seconds; longer than a ring may take, as a broker on a busy machine is at times."""
SOON = 45.0
"""Seconds, for a slow machine: a connection that died without a word is noticed after 16 at most.
By default it would be up to 51, and more while another command waits on the same dead end."""

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


class Line:
    """A unix socket that leads to another; what is open can be silenced without being closed."""

    def __init__(self, at: Path, to: Path) -> None:
        self.to = to
        self.silenced = threading.Event()
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(at))
        self.door.listen()
        threading.Thread(target=self._answer, daemon=True).start()

    def silence(self) -> None:
        """Whatever is said on the connections open now is heard by nobody; new ones work."""
        self.silenced.set()
        self.silenced = threading.Event()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(str(self.to))
                for one, other in ((near, far), (far, near)):
                    carry = (one, other, self.silenced)
                    threading.Thread(target=self._carry, args=carry, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, silenced: threading.Event) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                if not silenced.is_set():
                    other.sendall(said)
        if not silenced.is_set():
            with suppress(OSError):
                other.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Listening:
    """A worker of ours, and a broker of its own at the end of a line."""

    at: valkey.Place
    line: Line
    broker: processes.Process
    folder: Path
    rung: list[Path] = field(default_factory=list)

    def takes_work(self) -> bool:
        """Ring as the dispatcher does, again and again; is what is rung for done soon?"""
        with Celery("ringer", broker=self.at.url, set_as_current=False) as bell:
            return comes_true(lambda: self._ring(bell), within=SOON)

    def _ring(self, bell: Celery) -> bool:
        self.rung.append(self.folder / str(uuid4()))
        bell.send_task("bells.leave", args=[str(self.rung[-1])], queue="default")
        return comes_true(self.rung[-1].exists, within=1)

    @property
    def said(self) -> str:
        return (self.folder / "worker.log").read_text("utf-8")


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    at = valkey.place(tmp_path / "broker")
    broker = processes.start(valkey.command(at, lasting=False), log=tmp_path / "broker.log")
    valkey.wait_until_up(at, broker)
    line = Line(tmp_path / "line.sock", at.socket)
    worker = processes.start(
        parts.worker_command("tests.operations.bells", queues=["default"], name="listener"),
        environment={
            **os.environ,
            "BROKER_URL": f"redis+socket://{tmp_path / 'line.sock'}",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
        },
        log=tmp_path / "worker.log",
    )
    made = Listening(at, line, broker, tmp_path)
    assert comes_true(lambda: worker.poll() is not None or made.takes_work(), within=120), made.said
    yield made
    broker.send_signal(signal.SIGCONT)
    processes.stop(worker, broker, within=5)
    line.door.close()


def _cut(listening: Listening) -> None:
    listening.at.client().client_kill_filter(_type="normal")


def _silence(listening: Listening) -> None:
    listening.line.silence()


def _be_away(listening: Listening) -> None:
    listening.broker.send_signal(signal.SIGSTOP)
    time.sleep(AWAY)
    listening.broker.send_signal(signal.SIGCONT)


def _forget(listening: Listening) -> None:
    listening.at.client().flushall()


@pytest.mark.parametrize("trouble", [_cut, _silence, _be_away, _forget])
def test_a_worker_takes_work_after_trouble_with_its_broker(
    listening: Listening, trouble: Callable[[Listening], None]
) -> None:
    trouble(listening)

    assert listening.takes_work(), listening.said
