"""The table form: each row is a call and what it should give, made into a test of its own."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from grader.authored.literals import LiteralError, literal, literal_call
from grader.kinds.test.spec import MOST_ROWS
from grader.verdict import Problem

_PRELUDE = (
    "import pytest\n"
    "from collections import Counter, OrderedDict, deque\n"
    "from datetime import date, datetime, time, timedelta\n"
    "from decimal import Decimal\n"
    "from fractions import Fraction\n"
)
_RAISES = "raises "
LONGEST_CELL = 500


def source_of(said: Any) -> str | Problem:
    """The rows ``[{call, gives}]`` as a test file: ``test_row_1``, ``test_row_2``, …

    ``gives`` is a value, or ``raises ValueError``. Empty rows are left out and keep their number.
    """
    if not isinstance(said, Sequence) or isinstance(said, str):
        return _problem("The rows have to be a list.")
    if len(said) > MOST_ROWS:
        return _problem(f"There are {len(said)} rows, and {MOST_ROWS} is the most we take.")
    tests: list[str] = []
    for number, row in enumerate(said, start=1):
        call, gives = _cells(row)
        if not call and not gives:
            continue
        test = _test(number, call, gives)
        if isinstance(test, Problem):
            return test
        tests.append(test)
    if not tests:
        return Problem(code="empty", message="There is no row yet. Write a call and what it gives.")
    return _PRELUDE + "\n".join(tests)


def calls_of(said: Any) -> dict[str, str]:
    """The call of each row by the name of its test."""
    rows = said if isinstance(said, Sequence) and not isinstance(said, str) else ()
    return {f"test_row_{number}": _cells(row)[0] for number, row in enumerate(rows, start=1)}


def _cells(row: Any) -> tuple[str, str]:
    if not isinstance(row, Mapping):
        return "", ""
    return _cell(row.get("call")), _cell(row.get("gives"))


def _cell(said: Any) -> str:
    if said is None:
        return ""
    return (said if isinstance(said, str) else repr(said)).strip()[:LONGEST_CELL]


def _test(number: int, call: str, gives: str) -> str | Problem:
    try:
        function = literal_call(call).function
    except LiteralError as error:
        return _problem(f"Row {number}: “{call}” has to be one call with values. Here {error}.")
    if function.startswith("_"):
        return _problem(f"Row {number}: {function} is no function of this program.")
    called = ast.unparse(ast.parse(call.strip(), mode="eval"))
    if gives.startswith(_RAISES):
        name = gives.removeprefix(_RAISES).strip()
        if not name.isidentifier():
            return _problem(f"Row {number}: “{name}” isn’t the name of an error.")
        return f"def test_row_{number}():\n    with pytest.raises({name}):\n        {called}\n"
    try:
        literal(gives)
    except LiteralError as error:
        return _problem(f'Row {number}: “{gives}” has to be a value, as 5 or "text". Here {error}.')
    expected = ast.unparse(ast.parse(gives.strip(), mode="eval"))
    return f"def test_row_{number}():\n    assert {called} == {expected}\n"


def _problem(message: str) -> Problem:
    return Problem(code="row", message=message)
