"""Reads lessons the way a learner does: prose here, code blocks there, in order."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from grader.curriculum import Curriculum, Lesson, load_curriculum

ROOT = Path(__file__).resolve().parents[2] / "curriculum"
BLOCK = re.compile(r"^```(\w*)[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
SPOT = re.compile(r"^[ ~^]+$")  # under a traceback's line, and other in each version of Python
ELSEWHERE = re.compile(r'File "[^"]*"')


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A ``text`` block, and the program just above it that is said to print it."""

    lesson: str
    program: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A predict-first question about a program; the options' texts, the right one first."""

    lesson: str
    program: str
    right: str
    wrong: tuple[str, ...]


def curriculum() -> Curriculum:
    return load_curriculum(ROOT)


def lessons() -> list[Lesson]:
    return [
        lesson
        for course in curriculum().courses
        for module in course.modules
        for lesson in module.lessons
    ]


def outputs_shown() -> Iterator[Shown]:
    for lesson in lessons():
        for program, kind, text in _blocks_after_programs(lesson.body):
            if kind == "text":
                yield Shown(lesson=lesson.slug, program=program, text=text)


def outputs_asked() -> Iterator[Asked]:
    """The predict-first questions whose right option is written as code."""
    for lesson in lessons():
        for program, kind, text in _blocks_after_programs(lesson.body):
            options = yaml.safe_load(text)["options"] if kind == "predict" else []
            right = [each["text"] for each in options if each.get("correct")]
            if right and right[0].startswith("`"):
                yield Asked(
                    lesson=lesson.slug,
                    program=program,
                    right=right[0].strip("`"),
                    wrong=tuple(
                        each["text"].strip("`") for each in options if not each.get("correct")
                    ),
                )


def printed_by(program: str) -> str:
    """What Python shows for the program: its output, then the traceback if it stops."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "program.py").write_text(program, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-I", "program.py"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    return tidy(done.stdout + done.stderr)


def tidy(output: str) -> str:
    """Without what differs from place to place: the file's name and the marks of a spot."""
    lines = [line.rstrip() for line in output.strip().split("\n")]
    return ELSEWHERE.sub("File", "\n".join(line for line in lines if not SPOT.match(line)))


def answer_of(program: str) -> str:
    """What a prediction is about: the output, or the name of the error that stops it."""
    shown = printed_by(program)
    return shown.split("\n")[-1].split(":")[0] if shown.startswith("Traceback") else shown


def _blocks_after_programs(body: str) -> Iterator[tuple[str, str, str]]:
    """Each block that is no program, with the program before it."""
    program = ""
    for kind, text in BLOCK.findall(body):
        if kind == "python":
            program = text
        else:
            yield program, kind, text
