"""What the curriculum covers: kinds and skills by course, as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.authored.exercise import Exercise
from grader.curriculum.tree import Course, Curriculum

ENOUGH = 6
"""Graded exercises that a skill needs, half of them without help."""

HEAD = """\
# What the curriculum covers

Written by `python -m grader coverage curriculum --write docs/curriculum.md`; `make check` compares.
"""


def page(curriculum: Curriculum) -> str:
    """The page, the same for the same curriculum. Forms of skill checks stand in no course and
    count in none of the sums."""
    courses = curriculum.courses
    held = {course.slug: _exercises(course) for course in courses}
    everything = [exercise for exercises in held.values() for exercise in exercises]
    numbers = [str(course.order) for course in courses]
    parts = [
        HEAD,
        "## Courses\n",
        _table(
            ["", "Course", "Modules", "Lessons", "Exercises", "Without help", "Hours"],
            [_course_row(course, held[course.slug]) for course in courses]
            + [_sum_row(courses, everything)],
        ),
        "## Kinds, by course\n",
        _table(
            ["Kind", *numbers, "All", "Without help"],
            [
                _counted(
                    f"`{kind}`",
                    [[each for each in held[c.slug] if each.kind == kind] for c in courses],
                )
                for kind in sorted({each.kind for each in everything})
            ],
        ),
        "## Skills, by course\n",
        f"An exercise counts for each skill it names. A skill needs {ENOUGH}, half of them without "
        "help; what falls short is marked with ▲.\n",
        _table(
            ["Skill", *numbers, "All", "Without help", ""],
            [
                _with_mark(
                    _counted(
                        f"{skill.title} (`{skill.id}`)",
                        [[each for each in held[c.slug] if skill.id in each.skills]
                         for c in courses],
                    )
                )
                for skill in curriculum.skills
            ],
        ),
        "## Skill checks\n",
        _table(
            ["Check", "Minutes", "Items in each form"],
            [
                [check.title, str(check.minutes), " and ".join(
                    str(len(form.exercise.shown().get("questions", ()))) for form in check.forms)]
                for check in curriculum.checks
            ],
        ),
    ]  # fmt: skip
    return "\n".join(parts)


def _exercises(course: Course) -> list[Exercise]:
    """Each exercise of a course once."""
    found = {
        placed.exercise.uuid: placed.exercise
        for module in course.modules
        for lesson in module.lessons
        for placed in lesson.exercises
    }
    return list(found.values())


def _course_row(course: Course, exercises: Sequence[Exercise]) -> list[str]:
    lessons = sum(len(module.lessons) for module in course.modules)
    return [str(course.order), course.title, str(len(course.modules)), str(lessons),
            str(len(exercises)), str(_alone(exercises)), _hours(course.minutes)]  # fmt: skip


def _sum_row(courses: Sequence[Course], exercises: Sequence[Exercise]) -> list[str]:
    modules = [module for course in courses for module in course.modules]
    lessons = sum(len(module.lessons) for module in modules)
    hours = _hours(sum(course.minutes for course in courses))
    return ["", "All", str(len(modules)), str(lessons), str(len(exercises)),
            str(_alone(exercises)), hours]  # fmt: skip


def _counted(name: str, by_course: Sequence[Sequence[Exercise]]) -> list[str]:
    all_of_them = [each for exercises in by_course for each in exercises]
    counts = [str(len(exercises) or "·") for exercises in by_course]
    return [name, *counts, str(len(all_of_them)), str(_alone(all_of_them))]


def _with_mark(row: list[str]) -> list[str]:
    both, alone = int(row[-2]), int(row[-1])
    return [*row, "" if both >= ENOUGH and alone >= ENOUGH // 2 else "▲"]


def _alone(exercises: Iterable[Exercise]) -> int:
    return sum(not exercise.aided for exercise in exercises)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
