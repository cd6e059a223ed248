"""A cohort's figures as pure functions, with the rules about small groups and consent.

Two rules decide what an employer may see. A person is named only while they share their
progress. An average needs at least five people, and none is given while one to four of its
people are private: with everyone else named, it could be worked out by subtraction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from countersign.learning.evidence import Band, Task, band_of, by_skill, skill_score

FEWEST_PEOPLE = 5
ACTIVE_WITHIN = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class PersonFigures:
    """One person's work in one cohort. Scores are 0 to 100; None where there is too little.

    ``skills`` and ``unaided`` map a competency to its score with help allowed and without.
    """

    enrolment: str
    tried: int
    passed: int
    passed_first: int
    submissions: int
    hints: int
    last_active: str | None
    skills: Mapping[str, float | None] = field(default_factory=dict)
    unaided: Mapping[str, float | None] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> PersonFigures:
        return cls(**value)

    @property
    def active_at(self) -> datetime | None:
        return datetime.fromisoformat(self.last_active) if self.last_active else None

    @property
    def first_try_share(self) -> float | None:
        """Share of tried exercises that passed at the first try, 0 to 100."""
        return 100 * self.passed_first / self.tried if self.tried else None


def person_figures(
    enrolment: UUID,
    tasks: Sequence[Task],
    *,
    submissions: int,
    last_active: datetime | None,
    competencies: Mapping[str, str],
) -> PersonFigures:
    """Work out one person's figures. ``competencies`` maps a skill to its competency."""
    return PersonFigures(
        enrolment=str(enrolment),
        tried=len(tasks),
        passed=sum(task.passed for task in tasks),
        passed_first=sum(task.passed_first for task in tasks),
        submissions=submissions,
        hints=sum(task.hints for task in tasks),
        last_active=last_active.isoformat() if last_active else None,
        skills=_scores([task for task in tasks if task.aided], competencies),
        unaided=_scores([task for task in tasks if not task.aided], competencies),
    )


def _scores(tasks: Sequence[Task], competencies: Mapping[str, str]) -> dict[str, float | None]:
    grouped: dict[str, dict[UUID, Task]] = {}
    for skill, found in by_skill(tasks).items():
        if skill in competencies:
            grouped.setdefault(competencies[skill], {}).update(
                {task.exercise: task for task in found}
            )
    return {name: skill_score(list(found.values())).score for name, found in grouped.items()}


@dataclass(frozen=True)
class Person:
    """A person for the page: figures, and whether they may be named now."""

    name: str
    figures: PersonFigures
    shares_progress: bool
    shares_work: bool = False


@dataclass(frozen=True)
class Average:
    """``value`` is None when it may not be shown; ``why`` then says so in a word:
    ``too_few`` or ``private``. ``people`` is how many it stands for."""

    value: float | None
    people: int
    why: str = ""


def average(people: Sequence[Person], of: Callable[[PersonFigures], float | None]) -> Average:
    """The mean over everyone who has the figure, if the rules of this module allow it."""
    having = [(person, of(person.figures)) for person in people]
    known = [(person, value) for person, value in having if value is not None]
    private = sum(not person.shares_progress for person, _ in known)
    if len(known) < FEWEST_PEOPLE:
        return Average(None, len(known), "too_few")
    if 0 < private < FEWEST_PEOPLE:
        return Average(None, len(known), "private")
    return Average(round(sum(value for _, value in known) / len(known), 1), len(known))


@dataclass(frozen=True)
class CompetencyFigure:
    """A competency over the whole cohort, with help allowed and without."""

    title: str
    aided: Average
    unaided: Average

    @property
    def band(self) -> Band:
        value = self.unaided.value if self.unaided.value is not None else self.aided.value
        return Band.TOO_FEW if value is None else band_of(value)


@dataclass(frozen=True)
class Overview:
    """What an employer sees of a cohort."""

    people: int
    sharing: int
    active: int
    exercises: int
    passed: Average
    first_try: Average
    competencies: tuple[CompetencyFigure, ...]
    named: tuple[Person, ...]
    quiet: tuple[Person, ...]  # named people without activity for a week

    @property
    def private(self) -> int:
        return self.people - self.sharing


def overview(
    people: Sequence[Person], *, exercises: int, competencies: Sequence[str], now: datetime
) -> Overview:
    """The cohort's figures as an employer may see them at this moment."""
    named = tuple(person for person in people if person.shares_progress)
    return Overview(
        people=len(people),
        sharing=len(named),
        active=sum(_is_active(person.figures, now) for person in people),
        exercises=exercises,
        passed=average(people, lambda figures: float(figures.passed)),
        first_try=average(people, lambda figures: figures.first_try_share),
        competencies=tuple(
            CompetencyFigure(
                title,
                average(people, lambda figures, t=title: figures.skills.get(t)),  # type: ignore[misc]
                average(people, lambda figures, t=title: figures.unaided.get(t)),  # type: ignore[misc]
            )
            for title in competencies
        ),
        named=tuple(sorted(named, key=lambda person: person.name.casefold())),
        quiet=tuple(person for person in named if not _is_active(person.figures, now)),
    )


def _is_active(figures: PersonFigures, now: datetime) -> bool:
    return figures.active_at is not None and now - figures.active_at <= ACTIVE_WITHIN
