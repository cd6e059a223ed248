"""Checks that a learner writes while building: one call a line, with what it should give."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.authored.literals import LiteralError, literal, literal_call
from grader.checks.cases import Case

MOST_CHECKS = 8
LONGEST_LINE = 280  # characters
PREFIX = "own-"


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A line that is no check, and why."""

    line: str
    said: str


def own_checks(text: str) -> Iterator[Case | Unreadable]:
    """A check for each line such as ``total([1, 2]) == 3``, at most eight of them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines[:MOST_CHECKS], start=1):
        yield _check(number, line)
    for line in lines[MOST_CHECKS:]:
        yield Unreadable(line=line[:80], said=f"At most {MOST_CHECKS} checks run at once.")


def _check(number: int, line: str) -> Case | Unreadable:
    if len(line) > LONGEST_LINE:
        return Unreadable(line=line[:80], said=f"A check has at most {LONGEST_LINE} characters.")
    try:
        call, expected = _sides(line)
        literal_call(call)
        literal(expected)
    except (LiteralError, SyntaxError, ValueError, RecursionError, MemoryError):
        said = "Write a call, == and a value, as in total([1, 2]) == 3."
        return Unreadable(line=line[:80], said=said)
    return Case.model_validate(
        {
            "id": f"{PREFIX}{number}",
            "requirement": "own",
            "title": line,
            "visible": True,
            "call": call,
            "returns_python": expected,
        }
    )


def _sides(line: str) -> tuple[str, str]:
    """The call and the value of a comparison. Raises ValueError or SyntaxError."""
    node = ast.parse(line, mode="eval").body
    match node:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return ast.unparse(left), ast.unparse(right)
    raise ValueError(line)
