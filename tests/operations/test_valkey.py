"""The broker of one machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from countersign.operations import processes, valkey


@pytest.fixture
def started() -> Iterator[list[processes.Process]]:
    running: list[processes.Process] = []
    yield running
    processes.stop(*running, within=5)


def _start(at: valkey.Place) -> processes.Process:
    process = processes.start(valkey.command(at, lasting=True), log=at.folder / "log")
    valkey.wait_until_up(at, process)
    return process


def test_what_was_rung_in_survives_a_killed_broker(
    tmp_path: Path, started: list[processes.Process]
) -> None:
    at = valkey.place(tmp_path)
    broker = _start(at)
    at.client().lpush("grading", "a run")
    broker.kill()
    broker.wait()

    started.append(_start(at))

    assert at.client().lrange("grading", 0, -1) == ["a run"]


def test_nothing_listens_on_the_network(tmp_path: Path, started: list[processes.Process]) -> None:
    at = valkey.place(tmp_path)

    started.append(_start(at))

    assert at.client().config_get("port") == {"port": "0"}
    assert at.socket.stat().st_mode & 0o077 == 0
    assert at.folder.stat().st_mode & 0o077 == 0


def test_a_long_path_moves_the_socket(tmp_path: Path) -> None:
    at = valkey.place(tmp_path / ("long" * 30))

    assert len(str(at.socket)) < 100
    at.socket.parent.rmdir()


def test_a_machine_without_any_broker_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(valkey, "_packaged", lambda: None)
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(valkey.NoBroker, match="apt-get install redis-server"):
        valkey.server()


def test_a_broker_that_cannot_start_is_an_error(tmp_path: Path) -> None:
    at = valkey.place(tmp_path)
    process = processes.start(["false"])

    with pytest.raises(valkey.NoBroker):
        valkey.wait_until_up(at, process)
