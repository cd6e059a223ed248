"""A draft as it can be read now: the exercise, or what keeps it from being one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.authoring.parts import ABOUT, Part, home_of, parts_of
from countersign.authoring.slices import blocks
from grader.authored.exercise import Exercise
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.exercise import from_files


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something to put right, and the part where that is done. ``level`` is fix or note."""

    file: str
    line: int
    message: str
    remedy: str
    part: Part
    level: str = "fix"

    @property
    def place(self) -> str:
        """``exercise.yaml:12``"""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, kw_only=True)
class Read:
    """``exercise`` is None where the draft can't be read; ``findings`` say why."""

    exercise: Exercise | None
    findings: tuple[Finding, ...]


def read(kind: str, files: Mapping[str, str]) -> Read:
    """Nothing is run here: texts are only read."""
    try:
        return Read(exercise=from_files(files), findings=())
    except ExerciseError as error:
        found = tuple(finding(kind, files, problem) for problem in error.problems)
    except (RecursionError, MemoryError):
        problem = AuthorProblem(
            file=ABOUT,
            message="A file is nested too deeply to be read.",
            remedy="Take brackets out.",
        )
        found = (finding(kind, files, problem),)
    return Read(exercise=None, findings=found)


def finding(
    kind: str,
    files: Mapping[str, str],
    problem: AuthorProblem | Mapping[str, Any],
    *,
    level: str = "fix",
) -> Finding:
    """A problem with the part where it is put right."""
    said = problem.as_json() if isinstance(problem, AuthorProblem) else problem
    file, line = str(said["file"]), int(said["line"])
    key = key_at(files.get(ABOUT, ""), line) if file == ABOUT else ""
    return Finding(
        file=file,
        line=line,
        message=str(said["message"]),
        remedy=str(said["remedy"]),
        part=home_of(kind, file, key),
        level=level,
    )


def key_at(text: str, line: int) -> str:
    """The top-level key whose lines hold this one."""
    at = 1
    for block in blocks(text):
        at += block.text.count("\n")
        if line < at:
            return block.key
    return ""


def part_states(
    kind: str, files: Mapping[str, str], findings: tuple[Finding, ...]
) -> list[dict[str, Any]]:
    """Each part with how it stands: ``fix``, ``empty`` or ``ok``, and how much is to be fixed."""
    fixes = [each.part.id for each in findings if each.level == "fix"]
    return [
        {
            "part": part,
            "fixes": fixes.count(part.id),
            "state": "fix"
            if part.id in fixes
            else "ok"
            if part.is_begun(files) or not part.needed
            else "empty",
        }
        for part in parts_of(kind)
    ]
