"""What results say about skills."""

from __future__ import annotations

from dataclasses import replace
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
def test_a_skill_lies_between_nothing_and_everything(values: list[float]) -> None:
    found = skill_score(tasks_of([work(value, day=day) for day, value in enumerate(values)]))
    assert found.score is not None
    assert 0 <= found.low <= found.score <= found.high <= 100


@given(st.lists(scores, min_size=3, max_size=12))
def test_a_better_result_never_lowers_a_skill(values: list[float]) -> None:
    worse = skill_score(tasks_of([work(value, day=day) for day, value in enumerate(values)]))
    raised = [100.0, *values[1:]]
    better = skill_score(tasks_of([work(value, day=day) for day, value in enumerate(raised)]))
    assert worse.score is not None
    assert better.score is not None
    assert better.score >= worse.score - 0.1


def test_the_same_results_say_more_on_harder_tasks() -> None:
    easy, hard = (
        [replace(work(80, day=day), difficulty=each) for day in range(4)] for each in (-1.0, 1.0)
    )
    low, high = (skill_score(tasks_of(each)).score for each in (easy, hard))
    assert low is not None
    assert high is not None
    assert high > low


def test_a_task_done_with_every_hint_says_less() -> None:
    free = skill_score(tasks_of([work(100, day=day) for day in range(3)]))
    helped = skill_score(tasks_of([replace(work(100, day=day), hints=3) for day in range(3)]))
    assert free.score is not None
    assert helped.score is not None
    assert helped.score < free.score
    assert helped.high - helped.low > free.high - free.low


def test_the_first_try_counts_beside_the_best() -> None:
    slow = [
        work(score, exercise=exercise, day=day)
        for exercise in (uuid4(), uuid4(), uuid4())
        for day, score in enumerate((0, 100))
    ]
    swift = [work(100, day=day) for day in range(3)]
    late, early = (skill_score(tasks_of(each)).score for each in (slow, swift))
    assert late is not None
    assert early is not None
    assert late < early


@given(st.lists(scores, min_size=3, max_size=12), st.randoms())
def test_the_order_of_reading_changes_nothing(values: list[float], shuffled: object) -> None:
    pieces = [work(value, day=day) for day, value in enumerate(values)]
    other = list(pieces)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert skill_score(tasks_of(pieces)) == skill_score(tasks_of(other))
