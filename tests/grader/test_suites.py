"""Unmodified test files of an author's, run in the real sandbox."""

from __future__ import annotations

import pytest

from grader.answer import Answer
from grader.checks.suites import function_of, test_functions
from grader.engine import Tools, grade
from grader.exercise import Exercise, from_files
from grader.publish import check, doubts
from grader.verdict import Status, TestStatus, Verdict
from tests.grader.examples import all_words, bent, example

HEAD = """
uuid: 3b0f6a52-58d7-4d0c-9a43-4f2f5ad0c110
title: A bag
kind: code
skills: [read.trace]
minutes: 5
summary: Write a bag.
limits: {cpu_per_case: 0.5, cpu_total: 2.0, memory_mb: 128}
hints: [Look., Think., Nearly.]
requirements:
  - {id: holds, says: It holds what is put in., feedback: "Something is lost. Where does it go?"}
  - {id: counts, says: It counts., feedback: "The count differs. What does it count?"}
suites:
  - file: test_bag.py
    runner: unittest
    requirement: holds
    tests:
      test_count: {requirement: counts, title: Two things, visible: true}
"""
TESTS = """
import unittest

from solution import Bag


class BagTest(unittest.TestCase):
    def test_holds(self):
        bag = Bag()
        bag.add("drill4711")
        self.assertTrue(bag.holds("drill4711"))

    def test_count(self):
        bag = Bag()
        bag.add("a")
        bag.add("a")
        self.assertEqual(bag.count(), 2)
"""
BAG = """
class Bag:
    def __init__(self):
        self.things = []

    def add(self, thing):
        self.things.append(thing)

    def holds(self, thing):
        return thing in self.things

    def count(self):
        return len(self.things)
"""


def bag(tests: str = TESTS) -> Exercise:
    return from_files(
        {
            "exercise.yaml": HEAD,
            "README.md": "Write a Bag.",
            "coach.md": "Nothing.",
            "starter/solution.py": "class Bag:\n    pass\n",
            "reference/solution.py": BAG,
            "hidden/test_bag.py": tests,
        }
    )


def graded(
    tools: Tools, old: str = "", new: str = "", *, exercise: Exercise | None = None
) -> Verdict:
    assert old in BAG
    text = BAG.replace(old, new, 1) if old else BAG
    return grade(exercise or bag(), Answer(files={"solution.py": text}), tools=tools)


def test_a_unittest_file_is_run_as_it_stands(tools: Tools) -> None:
    verdict = graded(tools)

    assert verdict.status is Status.PASSED
    assert [test.id for test in verdict.tests] == [
        "test_bag.py::BagTest::test_holds",
        "test_bag.py::BagTest::test_count",
    ]


def test_a_hidden_test_tells_a_learner_nothing_of_itself(tools: Tools) -> None:
    verdict = graded(tools, "thing in self.things", "False")

    shown = all_words(verdict.for_learner())
    assert verdict.requirements[0].feedback == "Something is lost. Where does it go?"
    assert "4711" not in shown
    assert "test_holds" not in shown
    assert "4711" in repr(verdict.details) or "assert" in repr(verdict.details).lower()


def test_a_shown_test_tells_what_it_found(tools: Tools) -> None:
    verdict = graded(tools, "len(self.things)", "1")

    test = verdict.for_learner().tests[1]
    assert test.title == "Two things"
    assert test.message == "This test says: AssertionError: 1 != 2"


def test_an_exception_in_a_hidden_test_is_told_with_the_learners_line(tools: Tools) -> None:
    verdict = graded(tools, "thing in self.things", "self.thing == thing")

    assert verdict.tests[0].status in (TestStatus.ERROR, TestStatus.FAILED)
    assert verdict.tests[0].message.startswith("Your code stopped on line 10 with AttributeError.")


def test_a_program_that_can_not_start_fails_every_test_and_says_why(tools: Tools) -> None:
    verdict = graded(tools, "class Bag:", "rate = missing\n\nclass Bag:")

    assert verdict.status is Status.FAILED
    assert verdict.score == 0
    assert verdict.tests_passed == 0
    assert len(verdict.tests) == 2
    assert verdict.problem is not None
    assert verdict.problem.code == "stopped_at_start"
    assert "name 'missing' is not defined" in verdict.problem.message


def test_a_test_without_an_end_is_stopped_and_the_others_are_kept(tools: Tools) -> None:
    verdict = graded(tools, "return len(self.things)", "while True: pass")

    assert verdict.status is Status.TIMED_OUT
    assert [test.status for test in verdict.tests] == [TestStatus.PASSED, TestStatus.TIMED_OUT]


def test_a_program_that_ends_itself_never_passes(tools: Tools) -> None:
    verdict = graded(tools, "return len(self.things)", "import os; os._exit(0)")

    assert verdict.status is Status.FAILED
    assert verdict.tests[1].status is TestStatus.ERROR
    assert verdict.tests[1].message.startswith("Your code ended the whole program")


def test_a_name_that_the_tests_import_is_asked_for_before_anything_runs(tools: Tools) -> None:
    verdict = graded(tools, "class Bag", "class Sack")

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == "missing_function"
    assert "asks for Bag" in verdict.problem.message


def test_a_skipped_test_is_not_passed(tools: Tools) -> None:
    skipping = TESTS.replace("    def test_count", "    @unittest.skip('no')\n    def test_count")

    verdict = graded(tools, exercise=bag(skipping))

    assert verdict.status is not Status.PASSED
    assert verdict.tests[1].status is TestStatus.NOT_RUN


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("test_fees.py::test_free_days", "test_free_days"),
        ("test_fees.py::TestFees::test_free_days[2]", "test_free_days"),
        ("a/test_fees.py::TestFees::test_free_days[a::b]", "test_free_days"),
    ],
)
def test_a_tests_function_is_found_in_its_id(name: str, function: str) -> None:
    assert function_of(name) == function


def test_the_tests_of_a_file_are_its_functions_and_methods() -> None:
    source = (
        "def test_a(): pass\ndef helper(): pass\nclass TestB:\n    def test_c(self): pass\n" + TESTS
    )

    assert test_functions(source) == ("test_a", "test_c", "test_holds", "test_count")


def test_two_classes_may_have_a_test_of_the_same_name(tools: Tools) -> None:
    again = "\n\nclass OtherTest(unittest.TestCase):\n    def test_holds(self):\n        Bag()\n"

    verdict = graded(tools, exercise=bag(TESTS + again))

    assert verdict.status is Status.PASSED
    assert len(verdict.tests) == 3


def test_each_parameter_of_a_test_is_a_check_of_its_own(tools: Tools) -> None:
    exercise = example("late-loans")

    verdict = grade(exercise, Answer(files=exercise.folder("reference")), tools=tools)

    assert [test.id for test in verdict.tests if "days_after" in test.id] == [
        "test_fee.py::test_days_after[15-2]",
        "test_fee.py::test_days_after[27-26]",
    ]


def test_a_suite_beside_cases_shares_their_requirements(tools: Tools) -> None:
    files = bent("late-loans", ("title: No fee on a free day", "requirement: boundary"))
    exercise = from_files(files)

    verdict = grade(exercise, Answer(files=exercise.folder("reference")), tools=tools)

    assert {rule.id: rule.total for rule in verdict.requirements} == {
        "boundary": 4,
        "fee": 3,
        "refuses": 1,
        "no-eval": 1,
    }


def test_tests_in_the_programs_process_are_labelled_as_weaker(tools: Tools) -> None:
    files = dict(bag().files)
    files["exercise.yaml"] = files["exercise.yaml"].replace(
        "runner: unittest", "runner: unittest\n    runs: in_process"
    )
    exercise = from_files(files)

    verdict = graded(tools, exercise=exercise)

    assert verdict.status is Status.PASSED
    assert verdict.versions["tests"] == "in the learner's process"
    assert any("code can forge" in note.message for note in doubts(exercise, tools=tools))
    assert "tests" not in graded(tools).versions


def test_what_cannot_cross_is_named_with_its_line_when_the_exercise_is_checked(
    tools: Tools,
) -> None:
    tests = TESTS + "\ndef test_order():\n    bag = Bag()\n    assert not bag.self() < 3\n"
    orderly = BAG + "\n    def self(self):\n        return self\n\n    def __lt__(self, other):"
    exercise = from_files(
        {**bag(tests).files, "reference/solution.py": f"{orderly}\n        return False\n"}
    )

    problems = check(exercise, tools=tools)

    line = next(n for n, text in enumerate(tests.splitlines(), start=1) if "bag.self()" in text)
    assert any(
        f"hidden/test_bag.py, line {line}: an ordering of a learner's Bag" in problem.message
        for problem in problems
    ), problems


def test_a_learner_reads_what_the_code_printed_in_a_shown_test_and_in_no_other(
    tools: Tools,
) -> None:
    talks = BAG.replace(
        "        return thing in self", "        print(thing)\n        return thing in self"
    )
    talks = talks.replace("        return len(", "        print('counting')\n        return len(")

    verdict = grade(bag(), Answer(files={"solution.py": f"print('begun')\n{talks}"}), tools=tools)

    assert {test.id.rpartition("::")[2]: test.output for test in verdict.tests} == {
        "test_holds": "",
        "test_count": "counting\n",
    }
    assert verdict.output == "counting"
    assert "4711" not in all_words(verdict.for_learner())


def test_a_learner_reads_what_was_printed_before_the_program_stopped_at_its_start(
    tools: Tools,
) -> None:
    verdict = grade(
        bag(), Answer(files={"solution.py": f"{BAG}\nprint('so far')\n1 / 0\n"}), tools=tools
    )

    assert verdict.output == "so far"
