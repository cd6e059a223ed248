"""What graded work says about skills, as pure functions of results.

Practice may be repeated: the best score counts, the first is kept beside it. A skill's score
is a mean of its tasks in which the newest count most, and is not shown under three tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

FEWEST_TASKS = 3
FADING = 0.85
"""Each older task counts this much of the next newer one."""


@dataclass(frozen=True, kw_only=True)
class GradedWork:
    """One counting result of one submission. ``score`` is 0 to 100."""

    submission: UUID
    exercise: UUID
    skills: tuple[str, ...]
    aided: bool
    score: float
    passed: bool
    hints: int
    engine: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Task:
    """All of a learner's graded work on one exercise, oldest try first."""

    exercise: UUID
    skills: tuple[str, ...]
    aided: bool
    best: float
    first: float
    passed: bool
    passed_first: bool
    tries: int
    tries_until_passed: int | None
    hints: int
    engine: str
    submission: UUID  # the one with the best score, the earliest of equals
    at: datetime  # when the best was reached


class Band(StrEnum):
    TOO_FEW = "too_few"
    STARTING = "starting"
    GROWING = "growing"
    DEPENDABLE = "dependable"


@dataclass(frozen=True, kw_only=True)
class SkillScore:
    """``score`` is 0 to 100 and None while there are fewer than FEWEST_TASKS tasks."""

    tasks: int
    score: float | None
    band: Band


def tasks_of(work: Iterable[GradedWork]) -> list[Task]:
    """One task per exercise, in the order of reaching the best score."""
    by_exercise: dict[UUID, list[GradedWork]] = defaultdict(list)
    for piece in sorted(work, key=lambda piece: piece.at):
        by_exercise[piece.exercise].append(piece)
    return sorted((_task(tries) for tries in by_exercise.values()), key=lambda task: task.at)


def _task(tries: Sequence[GradedWork]) -> Task:
    best = max(tries, key=lambda piece: piece.score)
    until = next((n for n, piece in enumerate(tries, 1) if piece.passed), None)
    return Task(
        exercise=best.exercise,
        skills=best.skills,
        aided=best.aided,
        best=best.score,
        first=tries[0].score,
        passed=until is not None,
        passed_first=tries[0].passed,
        tries=len(tries),
        tries_until_passed=until,
        hints=max(piece.hints for piece in tries),
        engine=best.engine,
        submission=best.submission,
        at=best.at,
    )


def skill_score(tasks: Sequence[Task]) -> SkillScore:
    """Mean of best scores weighted FADING**k, k = 0 for the newest task."""
    if len(tasks) < FEWEST_TASKS:
        return SkillScore(tasks=len(tasks), score=None, band=Band.TOO_FEW)
    newest_first = sorted(tasks, key=lambda task: task.at, reverse=True)
    weights = [FADING**k for k in range(len(newest_first))]
    total = sum(weight * task.best for weight, task in zip(weights, newest_first, strict=True))
    score = round(total / sum(weights), 1)
    return SkillScore(tasks=len(tasks), score=score, band=band_of(score))


def band_of(score: float) -> Band:
    """The word for a score: starting under 50, growing under 75, dependable from there."""
    if score < 50:
        return Band.STARTING
    return Band.GROWING if score < 75 else Band.DEPENDABLE


def by_skill(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Each skill with the tasks that name it."""
    found: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        for skill in task.skills:
            found[skill].append(task)
    return dict(found)
