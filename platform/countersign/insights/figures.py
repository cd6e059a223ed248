"""A learner's figures in a cohort, as pure functions of graded work.

Everything here is worked out beforehand, one row per learner, so that no page adds up results.
``groups`` decides what may be shown of them to an employer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from countersign.insights.judging import JudgedTry, Judging, judging_of, monday
from countersign.learning.evidence import (
    FEWEST_TASKS,
    GradedWork,
    Task,
    by_skill,
    skill_score,
    tasks_of,
    whole_exercises,
)

ACTIVE_WITHIN = timedelta(days=7)
LOW_SCORE = 40
LOW_IN_A_ROW = 3
FAR_BEHIND = 6
"""May need a hand: so many results in a row under LOW_SCORE, or so many exercises behind pace."""

DEFINITIONS = 2
"""Which definitions figures follow. Raise it with every change: older rows then count as missing
until they are worked out anew, and every export names it."""

PRACTICE = "practice@"
"""How the engine of work begins that the practice model wrote for."""


@dataclass(frozen=True, kw_only=True)
class PersonFigures:
    """One person's work in one cohort. Scores are 0 to 100; None where there is too little.

    ``skills`` and ``unaided`` map a competency to its score with help allowed and without;
    ``with_help`` and ``without_help`` take all competencies together. ``grown`` and
    ``grown_unaided`` map a competency to its score over the first three tasks and over the later
    ones. ``weeks`` maps a Monday to how often work was handed in that week, ``passes`` to how many
    exercises were first passed, ``memos`` to decision memos sent and passed. ``practice`` counts
    the tasks that the practice model wrote for; ``live`` holds the scores without these, where
    there are any. ``judging`` is ``Judging`` as JSON.
    """

    enrolment: str
    tried: int = 0
    passed: int = 0
    passed_first: int = 0
    submissions: int = 0
    hints: int = 0
    low_in_a_row: int = 0
    last_active: str | None = None
    with_help: float | None = None
    without_help: float | None = None
    skills: Mapping[str, float | None] = field(default_factory=dict)
    unaided: Mapping[str, float | None] = field(default_factory=dict)
    grown: Mapping[str, Sequence[float]] = field(default_factory=dict)
    grown_unaided: Mapping[str, Sequence[float]] = field(default_factory=dict)
    weeks: Mapping[str, int] = field(default_factory=dict)
    passes: Mapping[str, int] = field(default_factory=dict)
    memos: Mapping[str, Sequence[int]] = field(default_factory=dict)
    graded: int = 0
    practice: int = 0
    live: Mapping[str, Any] = field(default_factory=dict)
    judging: Mapping[str, Any] = field(default_factory=dict)
    definitions: int = DEFINITIONS

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> PersonFigures:
        return cls(**value)

    def without_practice(self) -> PersonFigures:
        """The same with scores from work that the practice model had no part in."""
        return replace(self, **self.live)

    @cached_property
    def judged(self) -> Judging:
        return Judging.from_json(self.judging)

    @property
    def active_at(self) -> datetime | None:
        return datetime.fromisoformat(self.last_active) if self.last_active else None

    @property
    def first_try_share(self) -> float | None:
        """Share of tried exercises that passed at the first try, 0 to 100."""
        return 100 * self.passed_first / self.tried if self.tried else None

    def is_active(self, now: datetime) -> bool:
        return self.active_at is not None and now - self.active_at <= ACTIVE_WITHIN


def person_figures(
    enrolment: UUID,
    work: Sequence[GradedWork],
    *,
    handed_in: Sequence[datetime],
    tries: int,
    competencies: Mapping[str, str],
    left_out: Collection[UUID] = (),
    judged: Iterable[JudgedTry] = (),
    memos: Collection[UUID] = (),
) -> PersonFigures:
    """Work out one person's figures.

    ``handed_in`` is when work came in, whatever became of it; ``tries`` counts what used an
    attempt; ``competencies`` maps a skill to its competency; ``memos`` are the exercises that ask
    for a decision memo. Exercises in ``left_out`` are in the counts and not in any score, and
    ``judged`` comes without them.
    """
    tasks = tasks_of(work)
    exercises = whole_exercises(tasks)
    shown = [task for task in tasks if task.exercise not in left_out]
    live = [task for task in shown if not task.engine.startswith(PRACTICE)]
    return PersonFigures(
        enrolment=str(enrolment),
        tried=len(exercises),
        passed=sum(each[0].finished for each in exercises),
        passed_first=sum(all(task.passed_first for task in each) for each in exercises),
        submissions=tries,
        hints=sum(each[0].hints for each in exercises),
        low_in_a_row=_low_in_a_row(work),
        last_active=max(handed_in).isoformat() if handed_in else None,
        weeks=_by_week(handed_in),
        passes=_by_week(_first_passes(work)),
        memos=_memos([task for task in tasks if task.exercise in memos]),
        graded=len(shown),
        practice=len(shown) - len(live),
        live=_all_scores(live, competencies) if len(live) < len(shown) else {},
        judging=judging_of(judged).as_json(),
        **_all_scores(shown, competencies),
    )


def _all_scores(tasks: Sequence[Task], competencies: Mapping[str, str]) -> dict[str, Any]:
    """The fields of ``PersonFigures`` that are scores."""
    aided = [task for task in tasks if task.aided]
    unaided = [task for task in tasks if not task.aided]
    return {
        "with_help": skill_score(aided).score,
        "without_help": skill_score(unaided).score,
        "skills": _scores(aided, competencies),
        "unaided": _scores(unaided, competencies),
        "grown": _grown(aided, competencies),
        "grown_unaided": _grown(unaided, competencies),
    }


def _memos(tasks: Iterable[Task]) -> dict[str, list[int]]:
    """Memos sent and passed, by the week of their best try."""
    found: dict[str, list[int]] = {}
    for task in tasks:
        pair = found.setdefault(monday(task.at.date()).isoformat(), [0, 0])
        pair[0] += 1
        pair[1] += task.passed
    return found


def _by_week(moments: Iterable[datetime]) -> dict[str, int]:
    return dict(Counter(monday(moment.date()).isoformat() for moment in moments))


def _low_in_a_row(work: Sequence[GradedWork]) -> int:
    """How many of the newest results in a row are under LOW_SCORE."""
    newest_first = sorted(work, key=lambda piece: piece.at, reverse=True)
    high = (n for n, piece in enumerate(newest_first) if piece.score >= LOW_SCORE)
    return next(high, len(newest_first))


def _first_passes(work: Sequence[GradedWork]) -> list[datetime]:
    """When each exercise was first passed."""
    found: dict[UUID, datetime] = {}
    for piece in work:
        if piece.finishes:
            found[piece.exercise] = min(piece.at, found.get(piece.exercise, piece.at))
    return list(found.values())


def _scores(tasks: Sequence[Task], competencies: Mapping[str, str]) -> dict[str, float | None]:
    return {name: skill_score(found).score for name, found in _grouped(tasks, competencies).items()}


def _grouped(tasks: Sequence[Task], competencies: Mapping[str, str]) -> dict[str, list[Task]]:
    """Each competency's tasks, once each, in their order."""
    grouped: dict[str, dict[UUID, Task]] = {}
    for skill, found in by_skill(tasks).items():
        if skill in competencies:
            grouped.setdefault(competencies[skill], {}).update(
                {task.exercise: task for task in found}
            )
    return {
        name: sorted(found.values(), key=lambda task: (task.at, str(task.submission)))
        for name, found in grouped.items()
    }


def _grown(tasks: Sequence[Task], competencies: Mapping[str, str]) -> dict[str, list[float]]:
    """Start and now, where there are enough tasks for both: no task is in both."""
    found = {}
    for name, of_it in _grouped(tasks, competencies).items():
        start = skill_score(of_it[:FEWEST_TASKS]).score
        now = skill_score(of_it[FEWEST_TASKS:]).score
        if start is not None and now is not None:
            found[name] = [start, now]
    return found


def expected_by(
    today: date, *, starts_on: date | None, ends_on: date | None, exercises: int
) -> int | None:
    """How many exercises a steady pace has passed by today; None without both dates."""
    if starts_on is None or ends_on is None or ends_on <= starts_on:
        return None
    share = (today - starts_on) / (ends_on - starts_on)
    return int(exercises * min(1.0, max(0.0, share)))


class Why(StrEnum):
    """Why someone may need a hand."""

    NOT_STARTED = "not_started"
    QUIET = "quiet"
    BEHIND = "behind"
    LOW = "low"


@dataclass(frozen=True)
class Sign:
    """One reason, with its number: days without work, exercises behind, or results in a row."""

    why: Why
    number: int


def signs(
    figures: PersonFigures, *, joined_at: datetime, expected: int | None, now: datetime
) -> tuple[Sign, ...]:
    """Why this person may need a hand, by fixed rules; empty when none holds."""
    found = []
    silent_since = figures.active_at or joined_at
    if now - silent_since > ACTIVE_WITHIN:
        why = Why.QUIET if figures.active_at else Why.NOT_STARTED
        found.append(Sign(why, (now - silent_since).days))
    if expected is not None and expected - figures.passed >= FAR_BEHIND:
        found.append(Sign(Why.BEHIND, expected - figures.passed))
    if figures.low_in_a_row >= LOW_IN_A_ROW:
        found.append(Sign(Why.LOW, figures.low_in_a_row))
    return tuple(found)
