"""The curriculum as plain frozen data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from grader.authored.exercise import Exercise
from grader.authored.problems import AuthorProblem
from grader.curriculum.files import Skill


@dataclass(frozen=True, kw_only=True)
class PlacedExercise:
    """An exercise and the folder name that lessons call it by."""

    slug: str
    exercise: Exercise


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One lesson; ``body`` is Markdown, ``exercises`` stand in the lesson's order."""

    slug: str
    uuid: UUID
    title: str
    minutes: int
    order: int
    skills: tuple[str, ...]
    needs: tuple[str, ...]
    body: str
    exercises: tuple[PlacedExercise, ...]


@dataclass(frozen=True, kw_only=True)
class Module:
    """One module; ``folder`` is ``NN-slug``, ``position`` counts from 1 within its course."""

    slug: str
    folder: str
    uuid: UUID
    position: int
    title: str
    summary: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, kw_only=True)
class Course:
    """One course with its modules in order."""

    slug: str
    uuid: UUID
    title: str
    summary: str
    order: int
    minutes: int
    starts_from_zero: bool
    skills: tuple[str, ...]
    needs: str
    modules: tuple[Module, ...]


@dataclass(frozen=True, kw_only=True)
class SkillCheck:
    """A skill check with its two parallel forms, which stand in no course."""

    slug: str
    uuid: UUID
    title: str
    summary: str
    minutes: int
    forms: tuple[PlacedExercise, ...]


@dataclass(frozen=True, kw_only=True)
class Curriculum:
    """All that could be read, and what could not."""

    skills: tuple[Skill, ...]
    courses: tuple[Course, ...]
    problems: tuple[AuthorProblem, ...]
    checks: tuple[SkillCheck, ...] = ()

    def placed_exercises(self) -> Iterator[tuple[str, PlacedExercise]]:
        """Each exercise once, with its folder from the curriculum's root."""
        for course in self.courses:
            for module in course.modules:
                seen: set[str] = set()
                for lesson in module.lessons:
                    for placed in lesson.exercises:
                        if placed.slug not in seen:
                            seen.add(placed.slug)
                            folder = f"courses/{course.slug}/{module.folder}/{placed.slug}"
                            yield folder, placed
        for check in self.checks:
            for form in check.forms:
                yield f"checks/{check.slug}/{form.slug}", form
