"""What is not yet an exercise, and can be graded all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.answer import Answer
from grader.cli import main
from grader.drafts import draft_of
from grader.engine import Tools, grade
from grader.exercise import ExerciseError
from grader.verdict import Status

TESTS = """
import unittest

from leap import (
    leap_year,
)


class LeapTest(unittest.TestCase):
    def test_common(self):
        self.assertIs(leap_year(2015), False)

    def test_leap(self):
        self.assertIs(leap_year(1996), True)
"""
RIGHT = "def leap_year(year):\n    return year % 4 == 0\n"
WRONG = "def leap_year(year):\n    return True\n"


def graded(tools: Tools, files: dict[str, str], answer: dict[str, str]) -> Status:
    exercise = draft_of(files, name="leap", answer=answer)
    return grade(exercise, Answer(files=answer), tools=tools).status


@pytest.mark.parametrize(
    "files",
    [
        {"leap_test.py": TESTS},
        {"test_leap.py": TESTS, "leap.py": "def leap_year(year):\n    pass\n"},
        {"hidden/leap_test.py": TESTS},
        {"leap_test.py": TESTS, "exercise.yaml": "suites: [{file: leap_test.py}]"},
        {"leap_test.py": TESTS, "exercise.yaml": "program: leap.py", "README.md": "Leap years."},
        {"hidden/leap_test.py": TESTS, "exercise.yaml": "title: Leap", "data.csv": "1,2\n"},
    ],
    ids=["a test file", "a stub", "hidden", "one line", "a program", "a title"],
)
def test_a_folder_with_a_test_file_is_enough_to_grade(tools: Tools, files: dict[str, str]) -> None:
    assert graded(tools, files, {"leap.py": RIGHT}) is Status.PASSED
    assert graded(tools, files, {"leap.py": WRONG}) is Status.FAILED


def test_cases_need_no_more_than_a_call_and_what_comes_of_it(tools: Tools) -> None:
    files = {"exercise.yaml": 'cases: [{call: "double(4)", returns: 8}]'}

    assert graded(tools, files, {"solution.py": "def double(n): return 2 * n"}) is Status.PASSED
    assert graded(tools, files, {"solution.py": "def double(n): return n"}) is Status.FAILED


def test_helpers_and_files_beside_the_tests_are_found(tools: Tools) -> None:
    files = {
        "test_words.py": "from helper import N\nfrom words import count\n"
        "def test_it(): assert count() == N",
        "helper.py": "N = 2",
        "words.txt": "one two",
    }
    answer = {"words.py": "def count(): return len(open('words.txt').read().split())"}

    assert graded(tools, files, answer) is Status.PASSED


def test_an_answer_of_several_modules_is_taken_as_it_is(tools: Tools) -> None:
    files = {"test_shop.py": "from shop.cart import total\ndef test_it(): assert total() == 3"}
    answer = {
        "shop/__init__.py": "",
        "shop/cart.py": "from .prices import A, B\ndef total(): return A + B",
        "shop/prices.py": "A, B = 1, 2",
    }

    assert graded(tools, files, answer) is Status.PASSED


def test_what_is_wrong_in_a_draft_is_named_with_its_line() -> None:
    with pytest.raises(ExerciseError) as caught:
        draft_of({"test_a.py": TESTS, "exercise.yaml": "program: leap.py\nsuits: []"}, name="a")

    assert "exercise.yaml:2: There is no key “suits”" in str(caught.value)


def test_a_folder_without_a_test_is_no_draft(tmp_path: Path) -> None:
    (tmp_path / "leap.py").write_text(RIGHT)

    assert main(["grade", str(tmp_path), str(tmp_path / "leap.py")]) == 2


def test_several_answers_share_a_sandbox_and_each_gets_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leap_test.py").write_text(TESTS)
    answers = tmp_path / "answers"
    answers.mkdir()
    for name, text in {"right.py": RIGHT, "wrong.py": WRONG}.items():
        (answers / name).write_text(text)
    (answers / "other.py").write_bytes(b"x = 1\n\xff")

    code = main(["grade", str(tmp_path), *map(str, sorted(answers.iterdir())), "--json"])

    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 2
    assert [line.get("status") for line in told] == [None, "passed", "failed"]
    assert "other.py:2: this isn't UTF-8 text" in told[0]["error"]
