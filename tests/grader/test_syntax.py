"""What a beginner reads when Python can't read their file."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.syntax import ReadFile, read_python
from grader.verdict import Problem


def problem_of(text: str) -> Problem:
    read = read_python(text, file="solution.py")
    assert isinstance(read, Problem)
    return read


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("print((1)\nx = 2\n", 1, "The bracket ( is opened and never closed"),
        ("x = 1)\n", 1, "There is a ) without its opening bracket"),
        ("x = [1)\n", 1, "A [ is closed by a )"),
        ("x = 'abc\n", 1, "starts with a quote and doesn't end"),
        ("x = '''abc\n", 1, "three quotes never ends"),
        ("if x\n    y = 1\n", 1, "A colon is missing"),
        ("def f():\nreturn 1\n", 2, "has to start further right"),
        ("x = 1\n  y = 2\n", 2, "starts further right than the one before"),
        ("if x:\n        y = 1\n    z = 2\n", 3, "between two levels"),
        ("if x:\n\ty = 1\n        z = 2\n", 3, "Tabs and spaces are mixed"),
        ("if x = 3:\n    pass\n", 1, "Two, ==, ask"),
        ("3 = x\n", 1, "="),
        ("print 'x'\n", 1, "print needs round brackets"),
        ("print(“x”)\n", 1, "The character “ isn't one that Python uses"),
        ("1st = 2\n", 1, "A name can't start with a digit"),
        ("return 1\n", 1, "outside a function"),
        ("x = 1\nbreak\n", 2, "break stands outside a loop"),
        ("def f(a=1, b):\n    pass\n", 1, "Parameters with a value come last"),
        ("try:\n    x = 1\n", 2, "needs an except"),
        ("x = \0\n", 0, "characters that Python can't read"),
        ("(" * 5000, 1, "nested too deeply"),
        ("-" * 100_000 + "1", 0, "nested too deeply"),
        ("1 + " * 50_000 + "1", 0, "nested too deeply"),
        ("x = = 2\n", 1, "Look for a missing bracket"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_in_plain_words(
    text: str, line: int, words: str
) -> None:
    problem = problem_of(text)

    assert problem.code == "syntax_error"
    assert problem.line == line
    assert words in problem.message
    for unkind in ("invalid", "error", "syntax", "please", "sorry"):
        assert unkind not in problem.message.lower()


def test_a_byte_order_mark_and_foreign_line_ends_do_no_harm() -> None:
    read = read_python("\ufeffx = 1\r\ny = 2\r\n", file="solution.py")

    assert isinstance(read, ReadFile)
    assert read.text == "x = 1\ny = 2\n"


def test_spaces_that_only_look_like_spaces_become_plain_where_they_stop_python() -> None:
    read = read_python("if True:\n\u00a0\u00a0x = 1\u200b\n", file="solution.py")

    assert isinstance(read, ReadFile)
    assert read.text == "if True:\n  x = 1\n"


def test_such_spaces_stay_inside_quotes_where_python_can_read_the_file() -> None:
    read = read_python("x = 'a\u00a0b'\n", file="solution.py")

    assert isinstance(read, ReadFile)
    assert "\u00a0" in read.text


def test_a_warning_of_pythons_is_no_mistake(recwarn: pytest.WarningsRecorder) -> None:
    assert isinstance(read_python("x = '\\d'\nx is 3\n", file="solution.py"), ReadFile)
    assert not recwarn.list


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_explained(text: str) -> None:
    read = read_python(text, file="solution.py")

    if isinstance(read, ReadFile):
        ast.parse(read.text)
    else:
        assert read.message.startswith("Python can't read")
