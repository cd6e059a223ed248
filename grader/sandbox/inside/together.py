"""Tests and program in one process: whose fault an exception is, as far as that can be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.sandbox.inside.exceptions import in_words


class Nobody:
    """Stands where the line to a learner's process is otherwise: nothing has to cross here."""

    def __init__(self) -> None:
        self.cannot: list[tuple[str, str, int]] = []


def words_in(
    folder: str, order: dict[str, Any]
) -> Callable[[BaseException | None], dict[str, Any] | None]:
    """The words of an exception that came out of the program's own files, or kept a test file
    from being read; None for a test's own."""
    program = set(order["program"]) - set(order["tests"])

    def words(problem: BaseException | None) -> dict[str, Any] | None:
        while problem is not None:
            told = in_words(problem, folder=folder, files=program)
            if told["file"] in program:
                return told
            if isinstance(problem, ImportError | SyntaxError):
                return {**told, "file": "", "line": 0}
            problem = problem.__cause__ or problem.__context__
        return None

    return words
