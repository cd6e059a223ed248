"""What results say about skills."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from countersign.learning.evidence import Band, GradedWork, skill_score, tasks_of

START = datetime(2026, 9, 1, tzinfo=UTC)


def work(score: float, *, exercise: UUID | None = None, day: int = 0) -> GradedWork:
    return GradedWork(
        submission=uuid4(),
        exercise=exercise or uuid4(),
        skills=("read.trace",),
        aided=True,
        score=score,
        passed=score == 100,
        hints=0,
        engine="code@1",
        at=START + timedelta(days=day),
    )


scores = st.floats(min_value=0, max_value=100, allow_nan=False)


def test_the_best_try_counts_and_the_first_is_kept() -> None:
    exercise = uuid4()
    tries = [work(score, exercise=exercise, day=day) for day, score in enumerate((40, 100, 60))]
    (task,) = tasks_of(tries)
    assert (task.best, task.first, task.tries, task.tries_until_passed) == (100, 40, 3, 2)
    assert task.passed
    assert not task.passed_first


def test_two_tasks_are_too_few_to_say() -> None:
    found = skill_score(tasks_of([work(100), work(100)]))
    assert found.score is None
    assert found.band is Band.TOO_FEW


def test_the_newest_task_counts_most() -> None:
    old_good = tasks_of([work(100, day=0), work(50, day=1), work(50, day=2)])
    new_good = tasks_of([work(50, day=0), work(50, day=1), work(100, day=2)])
    old, new = skill_score(old_good).score, skill_score(new_good).score
    assert old is not None
    assert new is not None
    assert new > old


@given(st.lists(scores, min_size=3, max_size=20))
def test_a_skill_lies_between_its_worst_and_best_task(values: list[float]) -> None:
    score = skill_score(tasks_of([work(value, day=day) for day, value in enumerate(values)])).score
    assert score is not None
    assert min(values) - 0.1 <= score <= max(values) + 0.1


@given(st.lists(scores, min_size=3, max_size=12), st.randoms())
def test_the_order_of_reading_changes_nothing(values: list[float], shuffled: object) -> None:
    pieces = [work(value, day=day) for day, value in enumerate(values)]
    other = list(pieces)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert skill_score(tasks_of(pieces)) == skill_score(tasks_of(other))
