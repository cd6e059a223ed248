"""What goes wrong again and again isn't tried for ever: an exercise pauses, a worker rests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest

from countersign.common import clock
from countersign.grading import services
from countersign.grading.services import breaker, work
from countersign.grading.services.breaker import IN_A_ROW, Fitness, paused
from countersign.grading.services.queue import MOST_CLAIMS
from countersign.submissions.models import Submission
from grader.sandbox.base import HarnessBroken
from tests.cast import Cast
from tests.work import claimed, graded, hand_in, newest_run


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    yield
    work.fitness.faults.clear()
    work.fitness.rests_until = 0.0


def _set_aside(people: Cast, times: int = 1) -> Submission:
    for _ in range(times):
        submission = hand_in(people.ada_place, people.version)
        for _ in range(MOST_CLAIMS):
            services.give_back(claimed(newest_run(submission)), fault="HarnessBroken: no frame")
    return submission


def test_an_exercise_whose_runs_are_all_set_aside_pauses(people: Cast) -> None:
    _set_aside(people, IN_A_ROW - 1)
    assert paused() == {}

    _set_aside(people)

    assert set(paused()) == {people.version.pk}


def test_work_for_a_paused_exercise_waits_and_is_neither_claimed_nor_rung_for(
    people: Cast,
) -> None:
    _set_aside(people, IN_A_ROW)

    run = newest_run(hand_in(people.ada_place, people.version))

    assert services.claim(run.pk, worker="test") is None
    with clock.pretend(clock.now() + timedelta(minutes=5)):
        assert services.dispatch() == 0
        assert not services.health().is_stalled, "a restarted worker would not help"


def test_a_run_that_somebody_asked_for_again_goes_through_and_ends_the_pause(
    people: Cast,
) -> None:
    submission = _set_aside(people, IN_A_ROW)

    services.run_again(submission=submission, actor=people.olu)
    again = services.grade_run(newest_run(submission).pk)

    assert again is not None
    assert paused() == {}


def test_a_result_between_two_faults_keeps_an_exercise_open(people: Cast) -> None:
    _set_aside(people, IN_A_ROW - 1)
    graded(people.ada_place, people.version)

    _set_aside(people)

    assert paused() == {}


def test_a_worker_rests_after_faults_with_several_exercises() -> None:
    fitness = Fitness()
    for _ in range(IN_A_ROW):
        assert not fitness.rests
        fitness.met_fault(uuid4(), "HarnessBroken")

    assert fitness.rests
    assert str(fitness) == "rests after 5 faults in a row, the last: HarnessBroken"


def test_one_broken_exercise_does_not_tire_a_worker() -> None:
    fitness, version = Fitness(), uuid4()
    for _ in range(2 * IN_A_ROW):
        fitness.met_fault(version, "HarnessBroken")

    assert not fitness.rests


def test_a_rested_worker_takes_one_run_to_see(monkeypatch: pytest.MonkeyPatch) -> None:
    fitness = Fitness()
    for _ in range(IN_A_ROW):
        fitness.met_fault(uuid4(), "HarnessBroken")
    monkeypatch.setattr(breaker, "REST", 0.0)
    fitness.rests_until = 0.0
    assert not fitness.rests

    monkeypatch.undo()
    fitness.met_fault(uuid4(), "HarnessBroken")

    assert fitness.rests


def test_a_worker_that_rests_leaves_work_to_the_others(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    for _ in range(IN_A_ROW):
        work.fitness.met_fault(uuid4(), "HarnessBroken")

    assert services.grade_run(newest_run(submission).pk) is None
    assert newest_run(submission).claims == 0


def test_a_fault_counts_against_the_worker_that_met_it(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    with patch.object(work, "_judge", side_effect=HarnessBroken("no frame")):
        services.grade_run(newest_run(submission).pk)

    assert work.fitness.faults == [(people.version.pk, "HarnessBroken")]
