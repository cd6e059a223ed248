"""Many answers to one exercise, graded together."""

from __future__ import annotations

from dataclasses import replace

from grader.answer import Answer
from grader.engine import Tools, grade, grade_many
from grader.verdict import Verdict
from tests.grader.examples import example
from tests.grader.scripted import ScriptedSandbox

EXERCISE = example("doubling")
RIGHT = Answer(files=EXERCISE.folder("reference"))
UNREADABLE = Answer(files={"solution.py": "def double(:"})
WRONG = Answer(files={"solution.py": "def double(number):\n    return 3\n"})


def test_each_answer_gets_the_verdict_that_it_gets_alone(tools: Tools) -> None:
    answers = [RIGHT, UNREADABLE, WRONG]

    together = list(grade_many(EXERCISE, answers, tools=tools))

    alone = [grade(EXERCISE, answer, tools=tools) for answer in answers]
    assert list(map(_timeless, together)) == list(map(_timeless, alone))


def test_equal_answers_are_graded_once() -> None:
    sandbox = ScriptedSandbox()
    again = Answer(files=dict(RIGHT.files))

    first, second = grade_many(EXERCISE, [RIGHT, again], tools=Tools(sandbox=sandbox))

    assert first == second
    assert len(sandbox.limits) == 1


def _timeless(verdict: Verdict) -> Verdict:
    tests = tuple(replace(test, duration=0.0) for test in verdict.tests)
    return replace(verdict, tests=tests, phases={})
