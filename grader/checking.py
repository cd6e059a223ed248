"""Checks one exercise folder, or a whole curriculum with one sandbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.authored.problems import AuthorProblem, ExerciseError
from grader.curriculum import load_curriculum
from grader.exercise import load
from grader.kinds.prompt.crosstalk import crosstalk
from grader.kinds.tools import Tools
from grader.publish import check, doubts

Tell = Callable[[int, int, str], None]
"""Told how many are done, of how many, and what comes next."""


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """How many exercises were proven, everything that is wrong, and what might be better."""

    exercises: int
    problems: tuple[AuthorProblem, ...]
    notes: tuple[AuthorProblem, ...] = ()


def check_path(path: Path, *, tools: Tools, progress: Tell) -> CheckReport:
    """Check the exercise in ``path``, or every exercise of the curriculum there."""
    if (path / "exercise.yaml").exists():
        return _check_exercise(path, tools=tools, progress=progress)
    return _check_curriculum(path, tools=tools, progress=progress)


def _check_exercise(path: Path, *, tools: Tools, progress: Tell) -> CheckReport:
    progress(0, 1, path.name)
    try:
        exercise = load(path)
    except ExerciseError as error:
        return CheckReport(exercises=1, problems=error.problems)
    problems = check(exercise, tools=tools)
    notes = () if problems else doubts(exercise, tools=tools)
    return CheckReport(exercises=1, problems=problems, notes=notes)


def _check_curriculum(path: Path, *, tools: Tools, progress: Tell) -> CheckReport:
    curriculum = load_curriculum(path)
    skills = {skill.id for skill in curriculum.skills}
    problems = list(curriculum.problems)
    notes: list[AuthorProblem] = []
    all_placed = list(curriculum.placed_exercises())
    for done, (folder, placed) in enumerate(all_placed):
        progress(done, len(all_placed), placed.slug)
        found = check(placed.exercise, tools=tools, skills=skills)
        problems += [problem.within(folder) for problem in found]
        if not found:
            notes += [note.within(folder) for note in doubts(placed.exercise, tools=tools)]
    problems += crosstalk({folder: placed.exercise for folder, placed in all_placed})
    return CheckReport(exercises=len(all_placed), problems=tuple(problems), notes=tuple(notes))
