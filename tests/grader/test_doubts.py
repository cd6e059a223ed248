"""Publishing tries cheats, and small mistakes in the reference."""

from __future__ import annotations

import ast

import pytest

from grader.checks.mutants import mutants
from grader.engine import Tools
from grader.exercise import from_files
from grader.kinds.code.doubts import cheats
from grader.kinds.code.spec import CodeSpec
from grader.publish import check, doubts
from tests.grader.examples import bent, example
from tests.grader.test_suites import TESTS, bag


def test_an_exercise_whose_every_example_is_shown_can_be_learnt_by_heart(tools: Tools) -> None:
    files = bent(
        "bill",
        ("must_use: [for]", "must_not_use: [lambda]"),
        ('must_not_use: ["call:sum", while]', ""),
        ("title: One night", "title: One night, visible: true"),
        ("title: No nights", "title: No nights, visible: true"),
    )

    problems = [str(problem) for problem in check(from_files(files), tools=tools)]

    assert any("knows the shown examples by heart passes" in problem for problem in problems)


def test_a_suite_that_believes_any_object_is_found_out(tools: Tools) -> None:
    believing = TESTS.replace("self.assertEqual(bag.count(), 2)", "self.assertTrue(bag.count())")

    problems = [str(problem) for problem in check(bag(believing), tools=tools)]

    assert any("that is equal to anything for all it needs passes" in each for each in problems)


@pytest.mark.parametrize("name", ["bill", "doubling", "late-loans", "receipt"])
def test_every_cheat_is_a_program_that_python_can_read(name: str) -> None:
    exercise = example(name)
    assert isinstance(exercise.spec, CodeSpec)

    programs = dict(cheats(exercise.spec, exercise.files))

    assert len(programs) == 10
    assert all(ast.parse(source) for source in programs.values())


def test_mistakes_that_nobody_notices_are_told_and_keep_nothing_back(tools: Tools) -> None:
    (note,) = doubts(example("late-loans"), tools=tools)

    assert "13 of 15 small mistakes in the reference are noticed" in note.message
    assert "line 8: days < 0 → days <= 0" in note.message
    assert check(example("late-loans"), tools=tools) == ()


def test_nothing_is_told_of_checks_that_notice_most(tools: Tools) -> None:
    assert doubts(example("bill"), tools=tools) == ()


def test_a_mutant_is_the_program_with_one_change() -> None:
    source = "def f(a):\n    if a < 3 and not a:\n        return a + 1\n    raise ValueError\n"

    made = {mutant.what: mutant for mutant in mutants(source)}

    assert set(made) >= {"a < 3 → a <= 3", "a + 1 → a - 1", "3 → 4", "return a + 1 → return None"}
    assert made["a + 1 → a - 1"].line == 3
    assert all(
        ast.dump(ast.parse(each.source)) != ast.dump(ast.parse(source)) for each in made.values()
    )
