"""What graded work says about skills, as pure functions of results.

Practice may be repeated: the best score counts, the first is kept beside it. A skill's score
comes from a response model (``estimate``) in which harder tasks say more about those who do
them, newer tasks count more, and hints make a task say less. It is not shown under three tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from countersign.learning.estimate import Observation, estimate, freshness, hint_weight

FEWEST_TASKS = 3
FIRST_SHARE = 0.5
"""A task is worth half of what came of the first try and half of the best one."""


@dataclass(frozen=True, kw_only=True)
class GradedWork:
    """One counting result of one submission, or of one link of a chain, which ``link`` names.
    ``score`` is 0 to 100, ``difficulty`` in logits."""

    submission: UUID
    exercise: UUID
    skills: tuple[str, ...]
    aided: bool
    score: float
    passed: bool
    hints: int
    engine: str
    at: datetime
    difficulty: float = 0.0
    kind: str = ""
    link: str = ""
    whole: bool | None = None  # of a chain: whether all its links passed together

    @property
    def finishes(self) -> bool:
        """Whether the exercise is passed with it."""
        return self.passed if self.whole is None else self.whole


@dataclass(frozen=True, kw_only=True)
class Task:
    """All of a learner's graded work on one exercise, or one link of one, oldest try first."""

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
    difficulty: float = 0.0
    link: str = ""
    finished: bool = False  # the exercise as a whole is passed

    @property
    def share(self) -> float:
        """What the task counts as, 0 to 1."""
        return (FIRST_SHARE * self.first + (1 - FIRST_SHARE) * self.best) / 100

    @property
    def help_weight(self) -> float:
        """What the task says about its learner after the hints that were opened, 0 to 1."""
        return hint_weight(self.hints)

    def observation(self, newest: datetime) -> Observation:
        """The task as the model reads it, beside a newest one."""
        return Observation(
            share=self.share,
            difficulty=self.difficulty,
            weight=self.help_weight * freshness(self.at, newest),
        )


class Band(StrEnum):
    TOO_FEW = "too_few"
    STARTING = "starting"
    GROWING = "growing"
    DEPENDABLE = "dependable"


@dataclass(frozen=True, kw_only=True)
class SkillScore:
    """``score`` is the share of a middling task, 0 to 100, with its 95 % interval; None while
    there are fewer than FEWEST_TASKS tasks."""

    tasks: int
    score: float | None
    band: Band
    low: float = 0.0
    high: float = 100.0


def tasks_of(work: Iterable[GradedWork]) -> list[Task]:
    """One task per exercise, and of a chain one per link, in the order of reaching the best
    score."""
    by_exercise: dict[tuple[UUID, str], list[GradedWork]] = defaultdict(list)
    for piece in sorted(work, key=lambda piece: piece.at):
        by_exercise[piece.exercise, piece.link].append(piece)
    return sorted((_task(tries) for tries in by_exercise.values()), key=lambda task: task.at)


def whole_exercises(tasks: Iterable[Task]) -> list[list[Task]]:
    """The tasks of each exercise together: several where it is a chain."""
    found: dict[UUID, list[Task]] = defaultdict(list)
    for task in tasks:
        found[task.exercise].append(task)
    return list(found.values())


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
        difficulty=best.difficulty,
        link=best.link,
        finished=any(piece.finishes for piece in tries),
    )


def skill_score(tasks: Sequence[Task]) -> SkillScore:
    """What these tasks say together. How fresh each is counts from the newest, so that the same
    results give the same score on any day."""
    if len(tasks) < FEWEST_TASKS:
        return SkillScore(tasks=len(tasks), score=None, band=Band.TOO_FEW)
    newest = max(task.at for task in tasks)
    found = estimate(task.observation(newest) for task in sorted(tasks, key=_place))
    return SkillScore(
        tasks=len(tasks),
        score=found.score,
        band=band_of(found.score),
        low=found.low,
        high=found.high,
    )


def _place(task: Task) -> tuple[datetime, str]:
    """A fixed order, so that the same tasks add up to the same last digit."""
    return task.at, str(task.submission)


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
