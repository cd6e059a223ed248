"""Parts are kept alive, by their exits and by whether work goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from countersign.operations import supervisor as supervising
from countersign.operations.supervisor import Part, Supervisor
from tests.operations.watching import alive, comes_true


@dataclass
class Site:
    """A supervisor, what it said, and whether work stands still."""

    stuck: bool = False
    said: list[str] = field(default_factory=list)
    keeper: Supervisor = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = Supervisor(stands_still=lambda: self.stuck, say=self.said.append)

    def start(self, *command: str, does_work: bool = False) -> supervising.Kept:
        part = Part(name="part", command=command, environment=os.environ, does_work=does_work)
        return self.keeper.add(part)

    def looks_until(self, question: object) -> bool:
        def ask() -> bool:
            self.keeper.look()
            return bool(question())  # type: ignore[operator]

        return comes_true(ask)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(supervising, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(supervising, "SHORTEST_PAUSE", 0.05)
    made = Site()
    made.keeper.patience = 0.0
    yield made
    made.keeper.stop()


def test_a_part_that_ends_is_started_again(site: Site) -> None:
    part = site.start("sleep", "60")
    first = part.process.pid

    part.process.kill()

    assert site.looks_until(lambda: part.lives and part.process.pid != first)
    assert "part ended with -9" in site.said[0]


def test_a_part_that_keeps_ending_is_started_less_and_less_often(site: Site) -> None:
    part = site.start("false")
    pauses: list[float] = []

    def three_pauses() -> bool:
        if part.pause not in pauses:
            pauses.append(part.pause)
        return len(pauses) == 3

    assert site.looks_until(three_pauses)
    assert pauses == sorted(pauses)
    assert pauses[-1] >= 2 * pauses[0]


def test_a_pause_never_grows_beyond_its_limit(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "LONGEST_PAUSE", 0.1)
    part = site.start("false")

    assert site.looks_until(lambda: len(site.said) == 5)
    assert part.pause == 0.1


def test_a_worker_that_lives_and_does_nothing_is_started_anew(site: Site) -> None:
    worker = site.start("sleep", "60", does_work=True)
    first = worker.process.pid

    site.stuck = True

    assert site.looks_until(lambda: worker.process.pid != first)
    assert not alive(first)
    assert site.said == ["Work waits and nobody takes it; starting the workers anew"]


def test_other_parts_stay_when_work_stands_still(site: Site) -> None:
    web, worker = site.start("sleep", "60"), site.start("sleep", "60", does_work=True)
    first, before = web.process.pid, worker.process.pid
    site.stuck = True

    assert site.looks_until(lambda: worker.process.pid != before)

    assert web.process.pid == first


def test_patience_grows_while_starting_anew_does_not_help(site: Site) -> None:
    worker = site.start("sleep", "60", does_work=True)
    first = worker.process.pid
    site.keeper.patience = 0.01
    site.stuck = True
    assert site.looks_until(lambda: worker.process.pid != first)
    assert site.keeper.patience == 0.02

    site.stuck = False

    assert site.looks_until(lambda: site.keeper.patience == supervising.PATIENCE)


def test_a_worker_is_not_judged_while_it_starts(site: Site) -> None:
    site.keeper.patience = 1000.0
    worker = site.start("sleep", "60", does_work=True)
    first = worker.process.pid
    site.stuck = True

    site.keeper.look()

    assert worker.process.pid == first
    assert site.said == []


def test_stopping_leaves_nothing(site: Site) -> None:
    pids = [site.start("sleep", "60").process.pid for _ in range(3)]

    site.keeper.stop()

    assert not any(alive(pid) for pid in pids)
