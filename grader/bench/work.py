"""What is graded in the measurement: the same small program by cases, by tests and by lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.exercise import from_files

GOOD: Final = """\
def fee(days, rate=0.25):
    if days < 0:
        raise ValueError("a minus number of days")
    return round(max(0, days - 3) * rate, 2)
"""
BAD: Final = GOOD.replace("days - 3", "days - 2")
LINES: Final = "days = int(input())\nprint('fee', round(max(0, days - 3) * 0.25, 2))\n"

TESTS: Final = """\
import pytest
from solution import fee

@pytest.fixture
def double():
    return 0.5

@pytest.mark.parametrize("days, expected", [(0, 0), (3, 0), (4, 0.25), (10, 1.75)])
def test_fee(days, expected):
    assert fee(days) == pytest.approx(expected)

def test_rate(double):
    assert fee(5, double) == 1.0

def test_minus():
    with pytest.raises(ValueError, match="minus"):
        fee(-1)

def test_type():
    assert isinstance(fee(5), float)

def test_many():
    assert fee(1003) == 250
"""

LIGHT: Final = """\
import solution
cases = [(0, 0), (1, 0), (3, 0), (4, 0.25), (5, 0.5), (10, 1.75), (100, 24.25), (1003, 250)]
raise SystemExit(any(solution.fee(days) != expected for days, expected in cases))
"""
"""The least a peer can do: it shares a process with the program and can be lied to."""

_HEAD = """\
uuid: {uuid}
title: {title}
kind: code
variant: write
skills: [review.logic]
minutes: 5
summary: Work out a fee.
hints: [Look at the days., Which days are free?, Count the days after the third.]
requirements: [{{id: fee, says: The fee is right., feedback: Which days are free?}}]
{checks}"""


def by_cases(count: int = 8) -> Exercise:
    """A table of so many cases, called one by one."""
    days = [(0, 0.0), (1, 0.0), (3, 0.0), (4, 0.25), (5, 0.5), (10, 1.75), (100, 24.25)]
    cases = [
        f'{{id: c{n}, requirement: fee, title: Case {n}, call: "fee({day})", returns: {fee}}}'
        for n, (day, fee) in enumerate(days[n % len(days)] for n in range(count))
    ]
    return _exercise("1", "cases", checks=_listed(cases))


def by_tests(tests: str = TESTS) -> Exercise:
    """An unmodified pytest file."""
    suites = "suites: [{file: test_fee.py, runner: pytest, requirement: fee}]\n"
    return _exercise("2", "tests", checks=suites, files={"hidden/test_fee.py": tests})


def by_lines(count: int = 8) -> Exercise:
    """A program that reads and prints, run anew for each of so many inputs."""
    cases = [
        f'{{id: c{n}, requirement: fee, title: Case {n}, stdin: "{n}\\n", '
        f'prints: "fee {round(max(0, n - 3) * 0.25, 2)}"}}'
        for n in range(count)
    ]
    return _exercise("3", "lines", checks=_listed(cases), reference=LINES)


def many_tests(count: int) -> str:
    """A test file with so many tests."""
    tests = (f"def test_{n}():\n    assert fee({n}) >= 0\n" for n in range(count))
    return "from solution import fee\n\n" + "\n".join(tests)


def answer(program: str) -> Answer:
    return Answer(files={"solution.py": program})


def _listed(cases: list[str]) -> str:
    return "cases:\n" + "".join(f"  - {case}\n" for case in cases)


def _exercise(
    number: str,
    title: str,
    *,
    checks: str,
    files: Mapping[str, str] | None = None,
    reference: str = GOOD,
) -> Exercise:
    uuid = f"5f3a1c52-58d7-4d0c-9a43-4f2f5ad0c10{number}"
    return from_files(
        {
            "exercise.yaml": _HEAD.format(uuid=uuid, title=title, checks=checks),
            "README.md": "Write `fee(days)`.\n",
            "coach.md": "Nothing to say.\n",
            "starter/solution.py": "def fee(days, rate=0.25):\n    return 0\n",
            "reference/solution.py": reference,
            **(files or {}),
        }
    )
