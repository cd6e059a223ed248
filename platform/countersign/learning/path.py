"""A learner's way through a course: what is done, and what comes next.

Pure functions of a course's outline and of the exercises that were passed and tried. An exercise
counts by its identity, so that a new version of a passed one stays done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from countersign.courses.models import Course, ExercisePlace, Lesson, Module


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The exercises (by identity) that were passed, and those with any counted try."""

    passed: frozenset[UUID] = frozenset()
    tried: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stop on the way: a lesson, or one of its exercises (then ``place`` is set)."""

    module: Module
    lesson: Lesson
    place: ExercisePlace | None = None

    @property
    def slug(self) -> str:
        return self.place.slug if self.place else self.lesson.slug

    @property
    def title(self) -> str:
        return self.place.version.title if self.place else self.lesson.title

    @property
    def minutes(self) -> int:
        return self.place.version.minutes if self.place else self.lesson.minutes

    @property
    def exercise(self) -> UUID | None:
        return self.place.version.exercise_id if self.place else None


@dataclass(frozen=True, kw_only=True)
class UnitStanding:
    """How far a learner is in one unit. ``done`` of ``total`` exercises are passed."""

    module: Module
    number: int
    done: int
    total: int
    next: Step | None

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done == self.total


@dataclass(frozen=True, kw_only=True)
class CourseStanding:
    """How far a learner is in a course; ``next`` is None when every exercise is passed."""

    course: Course
    units: tuple[UnitStanding, ...]
    next: Step | None

    @property
    def done(self) -> int:
        return sum(unit.done for unit in self.units)

    @property
    def total(self) -> int:
        return sum(unit.total for unit in self.units)

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done == self.total


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Why a unit isn't open yet: its day has not come, or the unit before isn't finished."""

    opens_on: date | None = None
    waits_for: Module | None = None


def closed(
    modules: Sequence[Module],
    module: Module,
    *,
    starts_on: date | None,
    today: date,
    progress: Progress,
) -> Closed | None:
    """What keeps this one of a course's units closed; None when it is open.

    ``starts_on`` is the cohort's first day; a schedule in days holds only where it has one.
    """
    if module.opens_after is not None and starts_on is not None:
        opens_on = starts_on + timedelta(days=module.opens_after)
        if today < opens_on:
            return Closed(opens_on=opens_on)
    at = [each.pk for each in modules].index(module.pk)
    if module.waits_for_the_last and at:
        before = modules[at - 1]
        exercises = {step.exercise for step in steps_of(before) if step.exercise}
        if exercises - progress.passed:
            return Closed(waits_for=before)
    return None


def standing(course: Course, progress: Progress) -> CourseStanding:
    """Where the learner stands. The course comes ``with_outline()``."""
    units = tuple(
        _unit(module, number, progress)
        for number, module in enumerate(course.modules.all(), start=1)
    )
    first_open = next((unit.next for unit in units if unit.next), None)
    return CourseStanding(course=course, units=units, next=first_open)


def _unit(module: Module, number: int, progress: Progress) -> UnitStanding:
    steps = steps_of(module)
    exercises = [step.exercise for step in steps if step.exercise]
    return UnitStanding(
        module=module,
        number=number,
        done=sum(exercise in progress.passed for exercise in exercises),
        total=len(exercises),
        next=next_step(steps, progress),
    )


def steps_of(module: Module) -> list[Step]:
    """The unit's lessons and exercises in order; an exercise named twice stands once."""
    seen: set[UUID] = set()
    steps: list[Step] = []
    for lesson in module.lessons.all():
        steps.append(Step(module=module, lesson=lesson))
        for place in lesson.places.all():
            if place.version.exercise_id not in seen:
                seen.add(place.version.exercise_id)
                steps.append(Step(module=module, lesson=lesson, place=place))
    return steps


def next_step(steps: Iterable[Step], progress: Progress) -> Step | None:
    """The first exercise that isn't passed, or its lesson while nothing of it was tried."""
    lesson: Step | None = None
    touched = False
    for step in steps:
        if step.place is None:
            lesson, touched = step, False
        elif step.exercise in progress.passed:
            touched = True
        else:
            begun = touched or step.exercise in progress.tried
            return step if begun or lesson is None else lesson
    return None


def neighbours(steps: list[Step], slug: str) -> tuple[Step | None, Step | None]:
    """What comes before and after the stop with this slug, inside its unit."""
    at = next(at for at, step in enumerate(steps) if step.slug == slug)
    before = steps[at - 1] if at else None
    return before, steps[at + 1] if at + 1 < len(steps) else None
