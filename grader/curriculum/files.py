"""What stands in the curriculum's own files: skills, courses, modules, lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from pydantic import Field

from grader.authored.marked_yaml import read_yaml
from grader.authored.model import Authored, Line, SkillId, Slug, Words, validated
from grader.authored.problems import AuthorProblem, ExerciseError

PREDICT = re.compile(r"^```predict[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)

Uuid = Annotated[UUID, Field(strict=False)]


class Skill(Authored):
    """One skill of the framework. Its id never changes."""

    id: SkillId
    competency: Line
    title: Line
    evidence: Line


class CourseFile(Authored):
    """``course.yaml``"""

    uuid: Uuid
    title: Line
    summary: Words
    order: int = Field(ge=0)
    minutes: int = Field(ge=1)
    starts_from_zero: bool
    skills: list[SkillId] = Field(min_length=1)
    needs: str = ""


class ModuleFile(Authored):
    """``module.yaml``"""

    uuid: Uuid
    title: Line
    summary: Words


class CheckFile(Authored):
    """``checks/<check>/check.yaml``: a skill check. ``forms`` are two folders beside it, each a
    quiz; the first is taken before, the second after."""

    uuid: Uuid
    title: Line
    summary: Words
    minutes: int = Field(ge=5, le=90)
    forms: list[Slug] = Field(min_length=2, max_length=2)


class LessonFile(Authored):
    """A lesson's front matter."""

    uuid: Uuid
    title: Line
    minutes: int = Field(ge=1, le=120)
    order: int = Field(ge=0)
    skills: list[SkillId] = Field(min_length=1)
    needs: list[Slug] = []
    exercises: list[Slug] = []


class Choice(Authored):
    """One answer to a predict-first question."""

    text: Words
    correct: bool = False
    why: Words


class Prediction(Authored):
    """A predict-first question inside a lesson: a ```` ```predict ```` block."""

    ask: Words
    options: list[Choice] = Field(min_length=2, max_length=6)


def predictions(body: str, *, file: str, first_line: int = 1) -> Iterator[Prediction]:
    """The predict-first questions of a lesson's Markdown. Raises ExerciseError."""
    for block in PREDICT.finditer(body):
        line = first_line + body.count("\n", 0, block.start()) + 1
        marked = read_yaml(block[1], file=file, first_line=line)
        prediction = validated(Prediction, marked)
        if sum(choice.correct for choice in prediction.options) != 1:
            raise fault(file, line, "The question needs one right option.", "Mark one correct.")
        yield prediction


def fault(file: str, line: int, message: str, remedy: str) -> ExerciseError:
    """One fault, ready to raise."""
    return ExerciseError([AuthorProblem(file=file, line=line, message=message, remedy=remedy)])
