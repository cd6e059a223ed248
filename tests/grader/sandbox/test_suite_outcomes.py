"""How a run of an author's tests ends, and whose fault it is told to be."""

from __future__ import annotations

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.base import Ended, HarnessBroken, Program, SuiteStatus
from tests.grader.sandbox.suites import QUICK, SHOP, only, statuses, suite
from tests.grader.sandbox.told import problem_of, raised_in


def test_a_failure_says_what_was_expected_and_is_not_the_programs_exception(
    sandbox: Sandbox,
) -> None:
    test = only(sandbox, "def test_it(): assert add(1, 1) == 3")
    assert test.status is SuiteStatus.FAILED
    assert "assert 2 == 3" in test.message
    assert test.raised is None


def test_a_learners_exception_where_a_value_was_expected_is_an_error_in_its_words(
    sandbox: Sandbox,
) -> None:
    test = only(sandbox, "def test_it(): assert divide(1, 0) == 3")
    assert test.status is SuiteStatus.ERROR
    assert (raised_in(test).name, raised_in(test).file) == ("ZeroDivisionError", "solution.py")
    assert "return a / b" in raised_in(test).traceback


def test_one_failing_subtest_fails_the_test(sandbox: Sandbox) -> None:
    test = only(
        sandbox,
        """
        import unittest
        class TestIt(unittest.TestCase):
            def test_it(self):
                for n in range(3):
                    with self.subTest(n=n): self.assertEqual(add(n, 1), 2)
        """,
    )
    assert test.status is SuiteStatus.FAILED


def test_a_test_that_ends_the_program_ends_only_itself(sandbox: Sandbox) -> None:
    outcome = suite(
        sandbox,
        """
        import solution
        def test_before(): assert solution.add(1, 1) == 2
        def test_dies(): solution.die()
        def test_spins(): solution.spin()
        def test_eats(): solution.eat()
        def test_shouts(): solution.shout()
        def test_after(): assert solution.add(1, 1) == 2
        """,
    )
    found = {test.id.partition("::")[2]: (test.status, test.ended) for test in outcome.tests}
    assert found == {
        "test_before": (SuiteStatus.PASSED, Ended.RETURNED),
        "test_dies": (SuiteStatus.ERROR, Ended.DIED),
        "test_spins": (SuiteStatus.TIMED_OUT, Ended.TIMED_OUT),
        "test_eats": (SuiteStatus.ERROR, Ended.OUT_OF_MEMORY),
        "test_shouts": (SuiteStatus.ERROR, Ended.OUTPUT_LIMIT),
        "test_after": (SuiteStatus.PASSED, Ended.RETURNED),
    }


def test_a_test_cannot_pass_by_catching_the_programs_end(sandbox: Sandbox) -> None:
    test = only(
        sandbox,
        """
        def test_it():
            try:
                solution.die()
            except BaseException:
                pass
        """,
    )
    assert (test.status, test.ended) == (SuiteStatus.ERROR, Ended.DIED)


def test_a_skipped_test_is_not_a_passed_one(sandbox: Sandbox) -> None:
    outcome = suite(
        sandbox,
        """
        import pytest
        @pytest.mark.skip
        def test_skip(): pass
        @pytest.mark.xfail
        def test_xfail(): assert 0
        """,
    )
    assert set(statuses(outcome).values()) == {"skipped"}


@pytest.mark.parametrize(
    ("program", "name", "line"),
    [("def add(:", "SyntaxError", 1), ("\n1 / 0", "ZeroDivisionError", 2)],
)
def test_a_program_that_cannot_be_imported_is_the_problem(
    sandbox: Sandbox, program: str, name: str, line: int
) -> None:
    outcome = suite(sandbox, "import solution\ndef test_it(): pass", program=program)
    assert (problem_of(outcome).name, problem_of(outcome).line) == (name, line)
    assert outcome.tests == ()


@pytest.mark.parametrize(
    ("program", "ended"),
    [("while True: pass", Ended.TIMED_OUT), ("import os; os._exit(0)", Ended.DIED)],
)
def test_a_program_that_ends_at_import_says_how(
    sandbox: Sandbox, program: str, ended: Ended
) -> None:
    outcome = suite(sandbox, "import solution\ndef test_it(): pass", program=program)
    assert (outcome.ended, outcome.tests) == (ended, ())


def test_a_name_the_program_lacks_is_the_learners_problem(sandbox: Sandbox) -> None:
    outcome = suite(sandbox, "from solution import add\ndef test_it(): pass", program="x = 1")
    assert problem_of(outcome).name == "MissingFunction"
    assert "add" in problem_of(outcome).message


def test_a_name_missed_only_by_one_test_is_that_tests_error(sandbox: Sandbox) -> None:
    outcome = suite(
        sandbox,
        """
        import solution
        def test_a(): solution.nope()
        def test_b(): assert solution.add(1, 1) == 2
        """,
    )
    assert statuses(outcome) == {"test_a": "error", "test_b": "passed"}
    assert raised_in(outcome.tests[0]).name == "MissingFunction"


@pytest.mark.parametrize(
    "tests", ["def test_it(:", "import nothing_here", "1 / 0", "x = 1", "import os; os._exit(3)"]
)
def test_a_suite_that_cannot_be_run_is_our_fault(sandbox: Sandbox, tests: str) -> None:
    with pytest.raises(HarnessBroken):
        suite(sandbox, tests)


def test_a_suite_without_a_test_file_is_our_fault(sandbox: Sandbox) -> None:
    with pytest.raises(HarnessBroken):
        sandbox.run_suite(Program(files={"solution.py": SHOP}), {"fees.py": "x = 1"}, QUICK)


def test_the_tests_may_have_a_conftest_and_helpers(sandbox: Sandbox) -> None:
    outcome = suite(
        sandbox,
        """
        from expected import SUM
        import solution
        def test_it(one): assert solution.add(one, 1) == SUM
        """,
        conftest__py="import pytest\n@pytest.fixture\ndef one(): return 1",
        expected__py="SUM = 2",
    )
    assert statuses(outcome) == {"test_it": "passed"}


def test_chance_in_the_tests_is_repeatable(sandbox: Sandbox) -> None:
    tests = "import random\ndef test_it(): raise ValueError(random.random())"
    messages = [suite(sandbox, tests).tests[0].message for _ in range(2)]
    assert messages[0] == messages[1]


def test_what_the_program_printed_is_kept(sandbox: Sandbox) -> None:
    tests = "import solution\ndef test_it(): pass"
    outcome = suite(sandbox, tests, program="print('at import')\n" + SHOP)
    assert outcome.stdout == "at import\n"
