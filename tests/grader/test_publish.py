"""What keeps an exercise from being published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest

from grader.engine import Tools
from grader.exercise import from_files
from grader.publish import check
from grader.sandbox.base import Outcome, Sandbox
from tests.grader.examples import bent, example

EXAMPLES = ["doubling", "receipt", "bill", "first-prints", "late-loans"]


def problems_of(files: Mapping[str, str], tools: Tools) -> list[str]:
    return [str(problem) for problem in check(from_files(files), tools=tools)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_sound_exercise_is_published(name: str, tools: Tools) -> None:
    assert check(example(name), tools=tools) == ()


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "said"),
    [
        ("doubling", "reference/solution.py", "return 2 * n", "return 3 * n", "doesn't pass"),
        ("bill", "starter/solution.py", "range(1, nights)", "range(nights)", "The starter passes"),
        ("doubling", "starter/solution.py", "def double(", "def dou(", "The starter can't be"),
        ("doubling", "exercise.yaml", "kind: code", "kind: code\nvariant: repair",
         "Nothing passes"),
        ("doubling", "exercise.yaml", "requirement: text", "requirement: double", "No check names"),
        ("doubling", "exercise.yaml", "A text goes through", "4711x goes through", "says “4711"),
        ("doubling", "exercise.yaml", "Walk over the positions", "numbers[at] = double(number)",
         "quotes a line of the reference"),
        ("doubling", "exercise.yaml", "Walk over", "Simply walk over", "says “simply”"),
        ("doubling", "README.md", "It gives twice", "double_all([1, 2, 3]) is one. It gives twice",
         "quotes the hidden call"),
        ("doubling", "README.md", "the list it gets.", "the list it gets " + "and more " * 30,
         "A sentence has"),
        ("doubling", "README.md", "It returns nothing.", "![](picture.svg)", "no words"),
        ("doubling", "answers/failed-new-list.py", "numbers = [", "numbers[:] = [",
         "It came out as passed"),
        ("doubling", "answers/failed-new-list.py", "def double(n):", "def double(n:",
         "It came out as invalid"),
        ("doubling", "answers/passed-loop.py", "return 2 * n", "return n", "It came out as failed"),
        ("late-loans", "hidden/test_fee.py", "import pytest", "import pytes",
         "The checks could not be run"),
        ("late-loans", "hidden/test_fee.py", "== expected", "== 2 * expected", "doesn't pass"),
        ("late-loans", "hidden/test_fee.py", "fee(3, 14)", "fee(4711, 14)", "doesn't pass"),
        ("late-loans", "exercise.yaml", "Your code takes a minus", "With 27 it takes a minus",
         "says “27”"),
        ("first-prints", "exercise.yaml", "xs = [1, 2, 3]",
         "import random\n      xs = [1, 2, random.random()]", "something else each time"),
        ("first-prints", "exercise.yaml", "print(xs.pop() + len(xs))", "xs.pop()",
         "prints nothing"),
        ("first-prints", "exercise.yaml", 'says: "6"', 'says: "5"', "really prints"),
        ("first-prints", "exercise.yaml", 'accept: ["=="]', 'accept: ["==", "!="]',
         "prints something else than with"),
        ("first-prints", "answers/passed-all.yaml", "answer: b", "answer: a",
         "It came out as failed"),
    ],
)  # fmt: skip
def test_an_unsound_exercise_is_told_why(
    name: str, file: str, old: str, new: str, said: str, tools: Tools
) -> None:
    problems = problems_of(bent(name, (old, new), file=file), tools)

    assert any(said in problem for problem in problems), problems


def test_an_unknown_skill_is_named(tools: Tools) -> None:
    problems = check(example("bill"), tools=tools, skills={"read.trace"})

    assert [str(problem) for problem in problems] == [
        "exercise.yaml:5: There is no skill “review.logic”. Use an id of skills.yaml."
    ]


@pytest.mark.parametrize("prefix", ["failed-", "passed-"])
def test_a_quiz_needs_a_right_and_a_wrong_answer(prefix: str, tools: Tools) -> None:
    files = {
        path: text
        for path, text in example("first-prints").files.items()
        if not path.startswith(f"answers/{prefix}")
    }

    assert any("There is no stored answer" in each for each in problems_of(files, tools))


def test_a_stored_answer_has_to_say_what_it_is(tools: Tools) -> None:
    files = dict(example("bill").files)
    files["answers/other.py"] = files["reference/solution.py"]

    assert problems_of(files, tools) == [
        "answers/other.py: Its name doesn't say what it is. Call it passed-… or failed-…."
    ]


def test_a_name_that_the_learner_is_never_told_is_found(tools: Tools) -> None:
    files = bent("doubling", ("double_all([1, 2, 3])", "twice_all([1, 2, 3])"))
    files["reference/solution.py"] += "\n\ntwice_all = double_all\n"

    assert any("The tests need twice_all" in each for each in problems_of(files, tools))


class Wavering:
    """A sandbox in which every second program gives another value."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.runs = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sandbox, name)

    def run_calls(self, *given: Any) -> tuple[Outcome, ...]:
        self.runs += 1
        outcomes = self.sandbox.run_calls(*given)
        return outcomes if self.runs % 2 else tuple(replace(each, value=99) for each in outcomes)


def test_the_checks_have_to_agree_with_themselves(tools: Tools) -> None:
    wavering = Tools(sandbox=cast("Sandbox", Wavering(tools.sandbox)))

    problems = [str(problem) for problem in check(example("bill"), tools=wavering)]

    assert "3 runs of the reference don't agree" in problems[0]
