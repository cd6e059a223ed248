"""What a program says of itself and is not believed, and what tests don't give away."""

from __future__ import annotations

import textwrap

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.base import SuiteStatus
from tests.grader.sandbox.suites import only, suite

LIAR = """
class Lie:
    def __init__(self, *given): pass
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __abs__(self): return 0.0
    def __le__(self, other): return True
    __lt__ = __gt__ = __ge__ = __le__
    def __float__(self): return 99.0
    def value(self): return Lie()
    made = classmethod(lambda cls: cls())
Money = Lie
money = Lie
def mean(*given): return Lie()
class Single(Lie):
    it = None
    def __new__(cls, *given):
        cls.it = cls.it or object.__new__(cls)
        return cls.it
def median(*given): return Single()
"""


@pytest.mark.parametrize(
    "claim",
    [
        "mean(1, 2) == 1.5",
        "money(1.5) == 1.5",  # asked for as a function
        "Money(1).value() == 1.5",
        "Money.made() == 1.5",
        "[mean(1, 2)] == [1.5]",
        "Money(1) == pytest.approx(1.5)",
        "pytest.approx(1.5) == Money(1)",
        "unittest.TestCase().assertAlmostEqual(Money(1), 1.5) is None",
        "unittest.TestCase().assertAlmostEqual(1.5, Money(1)) is None",
        "unittest.TestCase().assertEqual(money(1), 1.5) is None",
        "math.isclose(mean(1, 2), 1.5)",
        "abs(mean(1, 2) - 1.5) < 0.1",
        "mean(1, 2) <= 1.5",
        "Single(1) is not None and median(1, 2) == 1.5",
    ],
)
def test_no_lie_of_what_a_function_gave_is_believed(sandbox: Sandbox, claim: str) -> None:
    head = "import math, unittest\nfrom solution import Money, Single, mean, median, money\n"

    test = only(sandbox, f"{head}def test_it(): assert {claim}", program=LIAR)

    assert test.status in (SuiteStatus.FAILED, SuiteStatus.ERROR)


def test_an_object_that_a_test_makes_of_a_class_is_asked_itself(sandbox: Sandbox) -> None:
    program = """
class Money:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return self.n == getattr(other, "n", other)
    def __lt__(self, other): return self.n < getattr(other, "n", other)
    def __mul__(self, by): return self.n * by
"""
    claim = "Money(3) == 3 and Money(3) != 4 and Money(3) < 5 and Money(3) * 2 == 6"

    assert (
        only(sandbox, f"def test_it(): assert {claim}", program=program).status
        is SuiteStatus.PASSED
    )


@pytest.mark.parametrize("name", ["_secret", "__class__", "__dict__", "__init__", "assert_called"])
def test_a_program_finds_no_way_from_a_tests_object_to_what_the_test_knows(
    sandbox: Sandbox, name: str
) -> None:
    program = f"def look(thing): return getattr(thing, {name!r}, 'nothing')"
    body = """
        from unittest import mock
        class Thing(mock.Mock):
            _secret = 4711
        def test_it(): assert "4711" not in repr(solution.look(Thing()))
    """
    tests = "import solution\n" + textwrap.dedent(body)

    outcome = suite(sandbox, tests, program=program)

    assert (
        outcome.tests[0].status is SuiteStatus.PASSED or "cannot cross" in outcome.tests[0].message
    )
