"""Work is really graded, in a real sandbox; only the faults of ours are acted."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from countersign.grading import services
from countersign.grading.models import Run, RunState
from countersign.grading.services import work
from countersign.submissions.models import State
from grader.sandbox.base import HarnessBroken, SandboxUnavailable
from tests.cast import RIGHT, WRONG, Cast
from tests.work import hand_in, newest_run, run_of

ENDINGS = {
    "right": (RIGHT, State.GRADED, "passed"),
    "wrong": (WRONG, State.GRADED, "failed"),
    "raises": ("def price(age):\n    return 1 / 0\n", State.GRADED, "failed"),
    "does not parse": ("def price(age:\n", State.INVALID, "invalid"),
    "empty": ("", State.INVALID, "invalid"),
    "blank": ("  \n\n", State.INVALID, "invalid"),
    "too large": ("#" * (300 * 1024), State.INVALID, "invalid"),
    "hangs": ("def price(age):\n    while True: pass\n", State.TIMED_OUT, "timed_out"),
    "eats memory": (
        "def price(age):\n    return len([0] * 10**10)\n",
        State.OUT_OF_MEMORY,
        "out_of_memory",
    ),
    "floods": (
        "def price(age):\n    while True: print('x' * 1000)\n",
        State.OUTPUT_LIMIT,
        "output_limit",
    ),
}


@pytest.fixture(autouse=True)
def a_sandbox_of_our_own() -> Iterator[None]:
    yield
    work.close_tools()


@pytest.mark.parametrize("name", ENDINGS)
def test_each_kind_of_work_ends_in_its_own_state(people: Cast, name: str) -> None:
    code, state, status = ENDINGS[name]
    submission = hand_in(people.ada_place, people.version, code)
    result = services.grade_run(run_of(submission).pk)
    submission.refresh_from_db()
    assert result is not None
    assert (submission.state, result.status) == (state, status)


def test_the_result_says_what_judged_it_and_how_it_was_isolated(people: Cast) -> None:
    result = services.grade_run(run_of(hand_in(people.ada_place, people.version)).pk)
    assert result is not None
    assert result.engine
    assert result.isolation not in ("", "none")


def test_nobody_grades_what_is_graded(people: Cast) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    services.grade_run(run.pk)
    assert services.grade_run(run.pk) is None


def test_a_worker_without_a_broker_finds_its_work(people: Cast) -> None:
    hand_in(people.ada_place, people.version)
    assert services.grade_next()
    assert not services.grade_next()


def test_without_a_sandbox_work_waits_and_nothing_is_counted(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    with patch.object(work, "open_tools", side_effect=SandboxUnavailable("nothing isolates here")):
        assert services.grade_run(run_of(submission).pk) is None
    run = newest_run(submission)
    assert (run.state, run.claims) == (RunState.QUEUED, 0)
    assert "nothing isolates here" in run.fault


def test_our_broken_harness_is_never_a_verdict(people: Cast) -> None:
    submission = hand_in(people.ada_place, people.version)
    with patch.object(work, "_judge", side_effect=HarnessBroken("a frame was lost")):
        assert services.grade_run(run_of(submission).pk) is None
    run = newest_run(submission)
    assert run.state == RunState.QUEUED
    assert not submission.results.exists()
    Run.objects.unscoped().update(next_hint_at=run.queued_at)
    assert services.grade_run(run.pk) is not None


def test_learner_code_never_sees_our_settings(people: Cast) -> None:
    spy = (
        "import os, sys\n"
        "print(dict(os.environ), [name for name in sys.modules if 'django' in name])\n"
        "def price(age):\n    return 5\n"
    )
    result = services.grade_run(run_of(hand_in(people.ada_place, people.version, spy)).pk)
    assert result is not None
    assert "SECRET" not in str(result.shown)
    assert "django" not in result.verdict.output
