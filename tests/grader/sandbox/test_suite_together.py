"""Tests that share the program's process, because their author chose so."""

from __future__ import annotations

import textwrap

from grader.sandbox import Sandbox
from grader.sandbox.base import Program
from tests.grader.sandbox.suites import QUICK, SHOP, statuses
from tests.grader.sandbox.told import problem_of, raised_in


def test_tests_that_need_it_may_share_the_programs_process(sandbox: Sandbox) -> None:
    tests = """
        import inspect
        import pickle
        import pytest
        import solution

        class Mine(solution.TooMuch): pass

        def test_source(): assert "return a + b" in inspect.getsource(solution.add)
        def test_pickle(): assert pickle.loads(pickle.dumps(solution.Loan(1))) == solution.Loan(1)
        def test_extends(): assert isinstance(Mine(1, 2), ValueError)
        def test_fails(): assert solution.add(1, 1) == 3
        def test_raises(): solution.divide(1, 0)
        def test_dies(): solution.die()
        def test_spins(): solution.spin()
        def test_after(): assert solution.add(1, 1) == 2
    """
    program = Program(files={"solution.py": SHOP, "conftest.py": "raise SystemExit"})
    suite_files = {"test_it.py": textwrap.dedent(tests)}

    outcome = sandbox.run_suite(program, suite_files, QUICK, together=True)

    assert statuses(outcome) == {
        "test_source": "passed",
        "test_pickle": "passed",
        "test_extends": "passed",
        "test_fails": "failed",
        "test_raises": "error",
        "test_dies": "error",
        "test_spins": "timed_out",
        "test_after": "passed",
    }
    divided = outcome.tests[4]
    assert (raised_in(divided).name, raised_in(divided).file) == (
        "ZeroDivisionError",
        "solution.py",
    )
    assert "test_it" not in raised_in(divided).traceback


def test_a_program_without_what_shared_tests_import_is_the_learners_problem(
    sandbox: Sandbox,
) -> None:
    outcome = sandbox.run_suite(
        Program(files={"solution.py": "x = 1"}),
        {"test_it.py": "from solution import add\ndef test_it(): pass"},
        QUICK,
        together=True,
    )

    assert problem_of(outcome).name == "ImportError"
