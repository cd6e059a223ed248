"""A page that asks for a result is kept for a moment when the result is about to be written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from countersign.grading import services
from countersign.grading.services.following import settles_within
from countersign.submissions.models import State, Submission
from tests.cast import Cast
from tests.work import claimed, hand_in, run_of, verdict

Meanwhile = Callable[[Callable[[], object]], list[float]]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Have something happen while somebody waits; answers the list of the waits."""

    def happens(what: Callable[[], object]) -> list[float]:
        waits: list[float] = []

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            what()

        monkeypatch.setattr("countersign.grading.services.following.time.sleep", sleep)
        return waits

    return happens


def _grade(submission: Submission) -> None:
    services.settle(claimed(run_of(submission)), verdict())


def test_a_result_written_while_the_page_waits_is_seen(people: Cast, meanwhile: Meanwhile) -> None:
    submission = hand_in(people.ada_place, people.version)
    meanwhile(lambda: _grade(submission))

    assert settles_within(submission, seconds=60)


def test_a_result_that_takes_longer_is_not_waited_for(people: Cast, meanwhile: Meanwhile) -> None:
    submission = hand_in(people.ada_place, people.version)
    meanwhile(lambda: pytest.fail("it waited"))

    assert not settles_within(submission, seconds=0)


def test_work_behind_that_of_others_is_not_waited_for(people: Cast, meanwhile: Meanwhile) -> None:
    hand_in(people.zoe_place, people.version)
    submission = hand_in(people.ada_place, people.version)
    meanwhile(lambda: pytest.fail("it waited"))

    assert not settles_within(submission, seconds=60)


def test_a_result_that_is_there_needs_no_waiting(people: Cast, meanwhile: Meanwhile) -> None:
    submission = hand_in(people.ada_place, people.version)
    _grade(submission)
    submission = Submission.objects.unscoped().get(pk=submission.pk)
    meanwhile(lambda: pytest.fail("it waited"))

    assert not settles_within(submission, seconds=60)
    assert submission.state == State.GRADED
