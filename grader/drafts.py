"""Exercises that are still being written: enough to grade an answer, not enough to publish.

A folder with a test file is a draft. So is one whose ``exercise.yaml`` says as little as
``suites: [{file: test_bill.py}]``. What is missing is filled in: all tests found count, under one
requirement. ``python -m grader check`` asks for the rest.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from grader.authored.exercise import Exercise
from grader.authored.marked_yaml import Marked, read_yaml
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.checks.suites import is_test_file, test_functions
from grader.exercise import built, read_folder

ALL_TESTS = {
    "id": "all-tests",
    "says": "Every test passes.",
    "feedback": "A test doesn't pass yet. Read what it asks for and compare it with your code.",
}
_ANSWERS = frozenset({"answers", "golden"})
_COURSE_FOLDERS = {"starter", "reference", "answers", "hidden", "golden"}
_COURSE_FILES = {"exercise.yaml", "README.md", "coach.md"}
_RUNNERS = {"pytest", "unittest", "hypothesis"}
_NOTHING_TO_CHECK = AuthorProblem(
    file="exercise.yaml",
    message="There is nothing here to check an answer with.",
    remedy="Add a test file called test_….py, or cases.",
)


def load_draft(folder: Path, *, answer: Collection[str] = ()) -> Exercise:
    """The exercise in ``folder``, however little of it is written. ``answer`` names the files of
    an answer to it, which may tell which module the tests mean.

    Raises ExerciseError that names each fault of what is there.
    """
    files = read_folder(folder, without=_ANSWERS)
    return draft_of(files, name=folder.resolve().name, answer=answer)


def draft_of(files: Mapping[str, str], *, name: str, answer: Collection[str] = ()) -> Exercise:
    """The same for files by path."""
    marked = read_yaml(files.get("exercise.yaml") or "{}", file="exercise.yaml")
    if not isinstance(marked.value, dict) or marked.value.get("kind", "code") != "code":
        return built(marked, files)
    placed = _in_their_folders(files, program=marked.value.get("program"))
    value = _filled_in(marked.value, placed, name=name, answer=answer)
    if not value.get("suites") and not value.get("cases"):
        raise ExerciseError([_NOTHING_TO_CHECK])
    return built(replace_value(marked, value), _without_the_program(placed, value["program"]))


def replace_value(marked: Marked, value: Any) -> Marked:
    """The same file and lines with another value."""
    return replace(marked, value=value)


def _in_their_folders(files: Mapping[str, str], *, program: Any) -> dict[str, str]:
    """Tests and what lies beside them as if they stood in ``hidden/``; plain files also in
    ``starter/``, since a program may read what comes with the exercise."""
    placed: dict[str, str] = {}
    for path, text in files.items():
        if path in _COURSE_FILES or PurePosixPath(path).parts[0] in _COURSE_FOLDERS:
            placed[path] = text
        elif path != program:
            placed.setdefault(f"hidden/{path}", text)
            if not path.endswith(".py"):
                placed.setdefault(f"starter/{path}", text)
    return placed


def _without_the_program(files: Mapping[str, str], program: str) -> dict[str, str]:
    """A stub beside the tests is what the answer replaces."""
    return {path: text for path, text in files.items() if path != f"hidden/{program}"}


def _filled_in(
    given: Mapping[str, Any], files: Mapping[str, str], *, name: str, answer: Collection[str]
) -> dict[str, Any]:
    requirements = given.get("requirements") or [dict(ALL_TESTS)]
    value = {
        "uuid": str(uuid5(NAMESPACE_URL, f"draft:{name}")),
        "title": name,
        "kind": "code",
        "skills": ["draft.exercise"],
        "minutes": 10,
        "summary": name,
        "hints": ["Read the brief.", "Read the tests.", "Try one small example."],
        **given,
        "requirements": requirements,
    }
    if not given.get("suites") and not given.get("cases"):
        value["suites"] = [{"file": file} for file in _test_files(files)]
    rule = requirements[0].get("id") if _are_mappings(requirements) else None
    for key in ("suites", "cases"):
        if _are_mappings(value.get(key)):
            value[key] = [
                _part(part, at, key=key, rule=rule) for at, part in enumerate(value[key], 1)
            ]
    value.setdefault("program", _program(value.get("suites"), files, answer))
    return value


def _are_mappings(parts: Any) -> bool:
    return isinstance(parts, list) and all(isinstance(part, dict) for part in parts)


def _part(part: Mapping[str, Any], at: int, *, key: str, rule: Any) -> dict[str, Any]:
    """A suite or a case with what it doesn't say."""
    usual: dict[str, Any] = {"requirement": rule}
    if key == "cases":
        usual |= {"id": f"case-{at}", "title": part.get("call") or f"Case {at}"}
    return {**usual, **part}


def _test_files(files: Mapping[str, str]) -> list[str]:
    hidden = [path.removeprefix("hidden/") for path in files if path.startswith("hidden/")]
    return sorted(
        file for file in hidden if is_test_file(file) and _has_tests(files[f"hidden/{file}"])
    )


def _has_tests(source: str) -> bool:
    try:
        return bool(test_functions(source))
    except SyntaxError:  # said where the suite is checked
        return True


def _program(suites: Any, files: Mapping[str, str], answer: Collection[str]) -> str:
    """The module that the tests import and nobody else provides; the answer's own name first."""
    names = [suite.get("file") for suite in suites] if _are_mappings(suites) else []
    imported = list(
        dict.fromkeys(
            module for name in names for module in _imports(files.get(f"hidden/{name}", ""))
        )
    )
    wanted = [f"{module}.py" for module in imported]
    answered = [name for name in wanted if name in answer]
    stubs = [f"{_subject(name)}.py" for name in names if isinstance(name, str)]
    named = [name for name in stubs if name in wanted]
    foreign = [name for name in wanted if f"hidden/{name}" not in files]
    return next(iter((*answered, *named, *foreign, *wanted)), "solution.py")


def _subject(test_file: str) -> str:
    """``leap`` for ``test_leap.py`` and ``leap_test.py``."""
    return PurePosixPath(test_file).stem.removeprefix("test_").removesuffix("_test")


def _imports(source: str) -> Iterator[str]:
    """The modules, as paths, that a test file imports and that Python doesn't have."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # said where the suite is checked
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if not node.level else []
        else:
            continue
        for name in names:
            if name and name.split(".")[0] not in sys.stdlib_module_names | _RUNNERS:
                yield name.replace(".", "/")
