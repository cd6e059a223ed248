"""Reads a learner's tests from a form: one file, or rows ``row.<n>.call`` and ``row.<n>.gives``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from countersign.exercises.kinds.face import typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

FIELD = "file:"
MOST_ROWS = 30
EMPTY_ROWS = 3
FEWEST_ROWS = 6


def first_answer(version: ExerciseVersion) -> Answer:
    """The file that the author begins with, or no row."""
    if version.shown["form"] == "table":
        return Answer()
    return Answer(files={version.shown["tests"]: version.shown["starter"]})


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """The tests as they were typed. Empty rows are left out."""
    if version.shown["form"] == "table":
        rows = [_row(post, number) for number in range(1, MOST_ROWS + 1)]
        return Answer(fields={"rows": [row for row in rows if any(row.values())]})
    name = version.shown["tests"]
    return Answer(files={name: typed(post.get(FIELD + name, ""))})


def _row(post: QueryDict, number: int) -> dict[str, str]:
    return {cell: post.get(f"row.{number}.{cell}", "").strip() for cell in ("call", "gives")}


def work(
    version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One part: the ``file`` to edit or the ``rows`` to fill in, and the program beside it."""
    name = version.shown["tests"]
    is_table = version.shown["form"] == "table"
    return [
        {
            "field": FIELD + name,
            "name": name,
            "text": "" if is_table else answer.files.get(name, version.shown["starter"]),
            "given": version.shown["starter"],
            "language": "python",
            "is_table": is_table,
            "rows": _rows(answer, revealed) if is_table else [],
            "program": version.shown["program"],
            "module": version.shown["module"],
            "code": version.shown["code"],
        }
    ]


def _rows(answer: Answer, revealed: Mapping[str, Any]) -> list[dict[str, Any]]:
    given = [row for row in answer.fields.get("rows", ()) if isinstance(row, Mapping)]
    tests = {each["name"]: each for each in (revealed.get("test") or {}).get("tests", ())}
    count = min(MOST_ROWS, max(FEWEST_ROWS, len(given) + EMPTY_ROWS))
    blank: list[Mapping[str, Any]] = [{} for _ in range(count - len(given))]
    return [
        {
            "number": number,
            "call": row.get("call", ""),
            "gives": row.get("gives", ""),
            "found": tests.get(f"test_row_{number}") if row else None,
        }
        for number, row in enumerate([*given, *blank], start=1)
    ]
