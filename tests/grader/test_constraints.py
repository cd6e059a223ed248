"""Rules about how code is written."""

from __future__ import annotations

import ast

import pytest

from grader.checks.constraints import Constraint, uses


@pytest.mark.parametrize(
    ("code", "use", "found"),
    [
        ("for x in y: pass", "for", True),
        ("[x for x in y]", "for", False),
        ("[x for x in y]", "comprehension", True),
        ("while x: pass", "while", True),
        ("a = 1 if b else 2", "if", True),
        ("import math", "import", True),
        ("import math", "import:math", True),
        ("from math import pi", "import:math", True),
        ("import mathematics", "import:math", False),
        ("import os.path", "import:os", True),
        ("sum(x)", "call:sum", True),
        ("x = sum", "call:sum", False),
        ("x.sort()", "call:sort", True),
        ("x.sort()", "call:x.sort", True),
        ("y.sort()", "call:x.sort", False),
        ("def main(): pass", "def:main", True),
        ("main()", "def:main", False),
        ("def f(n): return f(n - 1)", "recursion", True),
        ("def f(n): return g(n - 1)", "recursion", False),
        ("lambda: 1", "lambda", True),
        ("try:\n    pass\nexcept ValueError:\n    pass", "try", True),
    ],
)
def test_a_part_of_code_is_found(code: str, use: str, found: bool) -> None:
    assert uses(ast.parse(code), use) is found


def test_all_that_must_be_used_may_stand_in_different_files() -> None:
    constraint = Constraint(
        id="both", says="Use both.", must_use=["for", "if"], feedback="Where is the other?"
    )

    assert constraint.holds([ast.parse("for x in y: pass"), ast.parse("if x: pass")])
    assert not constraint.holds([ast.parse("for x in y: pass")])


def test_what_must_not_be_used_may_stand_nowhere() -> None:
    constraint = Constraint(id="no", says="No.", must_not_use=["while"], feedback="Why?")

    assert constraint.holds([ast.parse("x = 1")])
    assert not constraint.holds([ast.parse("x = 1"), ast.parse("while x: pass")])
