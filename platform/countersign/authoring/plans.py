"""A course being planned, as plain frozen data: units, lessons, exercises, rules of the way.

It is stored as JSON in ``CoursePlan.outline``; every change makes a new value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar
from uuid import UUID, uuid4

MOST_UNITS, MOST_LESSONS, MOST_EXERCISES = 30, 30, 30
LONGEST_BODY = 60_000

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class LessonPlan:
    """``exercises`` are uuids of exercises, in order."""

    uuid: str
    title: str
    minutes: int = 10
    body: str = ""
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnitPlan:
    """``opens_after`` counts days from the cohort's first day; ``waits`` for the unit before."""

    uuid: str
    title: str
    summary: str = ""
    opens_after: int | None = None
    waits: bool = False
    lessons: tuple[LessonPlan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The units of a course, in order."""

    units: tuple[UnitPlan, ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(unit) for unit in self.units]

    @property
    def exercises(self) -> tuple[UUID, ...]:
        return tuple(
            UUID(exercise)
            for unit in self.units
            for lesson in unit.lessons
            for exercise in lesson.exercises
        )


def outline_of(said: Sequence[Mapping[str, Any]]) -> Outline:
    """The outline that ``Outline.as_json`` wrote."""
    return Outline(
        units=tuple(
            UnitPlan(
                **{
                    **unit,
                    "lessons": tuple(
                        LessonPlan(**{**lesson, "exercises": tuple(lesson["exercises"])})
                        for lesson in unit["lessons"]
                    ),
                }
            )
            for unit in said
        )
    )


def with_unit(outline: Outline, title: str) -> Outline:
    """A new unit with one lesson at the end."""
    if len(outline.units) >= MOST_UNITS:
        return outline
    lesson = LessonPlan(uuid=str(uuid4()), title=title)
    unit = UnitPlan(uuid=str(uuid4()), title=title, lessons=(lesson,))
    return replace(outline, units=(*outline.units, unit))


def with_lesson(outline: Outline, unit: int, title: str) -> Outline:
    """A new lesson at the end of a unit."""
    lesson = LessonPlan(uuid=str(uuid4()), title=title)
    return _changed(
        outline, unit, lambda u: replace(u, lessons=(*u.lessons, lesson)[:MOST_LESSONS])
    )


def with_exercise(outline: Outline, unit: int, lesson: int, exercise: UUID) -> Outline:
    """An exercise at the end of a lesson; one stands in a course once."""
    if exercise in outline.exercises:
        return outline
    return _changed_lesson(
        outline,
        unit,
        lesson,
        lambda each: replace(each, exercises=(*each.exercises, str(exercise))[:MOST_EXERCISES]),
    )


def moved(outline: Outline, path: Sequence[int], step: int) -> Outline:
    """The unit, lesson or exercise at ``path`` one place up (-1) or down (+1)."""
    match list(path):
        case [unit]:
            return replace(outline, units=_moved(outline.units, unit, step))
        case [unit, lesson]:
            return _changed(
                outline, unit, lambda u: replace(u, lessons=_moved(u.lessons, lesson, step))
            )
        case [unit, lesson, exercise]:
            return _changed_lesson(
                outline,
                unit,
                lesson,
                lambda each: replace(each, exercises=_moved(each.exercises, exercise, step)),
            )
        case _:
            return outline


def without(outline: Outline, path: Sequence[int]) -> Outline:
    """Without the unit, lesson or exercise at ``path``."""
    match list(path):
        case [unit]:
            return replace(outline, units=_without(outline.units, unit))
        case [unit, lesson]:
            return _changed(
                outline, unit, lambda u: replace(u, lessons=_without(u.lessons, lesson))
            )
        case [unit, lesson, exercise]:
            return _changed_lesson(
                outline,
                unit,
                lesson,
                lambda each: replace(each, exercises=_without(each.exercises, exercise)),
            )
        case _:
            return outline


def _changed(outline: Outline, at: int, change: Any) -> Outline:
    return replace(
        outline,
        units=tuple(change(u) if n == at else u for n, u in enumerate(outline.units)),
    )


def _changed_lesson(outline: Outline, unit: int, at: int, change: Any) -> Outline:
    return _changed(
        outline,
        unit,
        lambda u: replace(
            u,
            lessons=tuple(change(each) if n == at else each for n, each in enumerate(u.lessons)),
        ),
    )


def _moved(items: tuple[Item, ...], at: int, step: int) -> tuple[Item, ...]:
    to = at + step
    if not (0 <= at < len(items) and 0 <= to < len(items)):
        return items
    made = list(items)
    made[at], made[to] = made[to], made[at]
    return tuple(made)


def _without(items: tuple[Item, ...], at: int) -> tuple[Item, ...]:
    return tuple(item for n, item in enumerate(items) if n != at)
