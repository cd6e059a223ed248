"""Running an author's unmodified tests against a learner's program in another process."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.base import (
    Ended,
    HarnessBroken,
    Limits,
    Program,
    SuiteOutcome,
    SuiteStatus,
    SuiteTest,
)
from tests.grader.sandbox.told import problem_of, raised_in

SHOP = (Path(__file__).parent / "programs" / "shop.txt").read_text()
QUICK = Limits(cpu_per_case=1.0, cpu_total=8.0, wall_per_case=60.0, wall_total=300.0)


def suite(
    sandbox: Sandbox, tests: str, *, program: str = SHOP, limits: Limits = QUICK, **more: str
) -> SuiteOutcome:
    files = {"test_it.py": textwrap.dedent(tests)}
    files |= {name.replace("__", "."): text for name, text in more.items()}
    return sandbox.run_suite(Program(files={"solution.py": program}), files, limits)


def statuses(outcome: SuiteOutcome) -> dict[str, str]:
    return {test.id.partition("::")[2]: test.status.value for test in outcome.tests}


def only(sandbox: Sandbox, body: str, *, program: str = SHOP) -> SuiteTest:
    head = "import pytest, solution\nfrom solution import *\n"
    outcome = suite(sandbox, head + textwrap.dedent(body), program=program)
    (test,) = outcome.tests
    return test


PASS = {
    "parametrized": """
        @pytest.mark.parametrize("a", [1])
        def test_it(a): assert add(a, 2) == 3
    """,
    "decimals, dates and containers": """
        from decimal import Decimal
        from datetime import date, timedelta
        def test_it():
            assert late_fee(3) == Decimal("1.50")
            assert late_fee(2, per_day=Decimal(1)) == 2
            assert add(date(2026, 1, 31), timedelta(1)) == date(2026, 2, 1)
            things = [(1, {2}), {"a": None}, b"x", 1.5, True]
            assert same(things) == [(1, {2}), {"a": None}, b"x", 1.5, True]
    """,
    "counters and default dictionaries": """
        def test_it():
            assert count("aab") == {"a": 2, "b": 1}
            assert count("aab").most_common(1) == [("a", 2)]
            assert group(["ab", "ac", "b"]) == {"a": ["ab", "ac"], "b": ["b"]}
    """,
    "approximately": """
        def test_it():
            assert add(0.1, 0.2) == pytest.approx(0.3)
            assert pytest.approx(0.3) == add(0.1, 0.2)
            assert same([0.1 + 0.2, 1]) == pytest.approx([0.3, 1])
    """,
    "raises a learner's exception": """
        def test_it():
            with pytest.raises(TooMuch, match="1 < 5") as caught: Account(1).take(5)
            assert caught.value.have == 1
            assert str(caught.value) == "1 < 5"
            assert isinstance(caught.value, ValueError)
            with pytest.raises(ValueError): Account(1).take(5)
            with pytest.raises(Empty): empty()
            assert not issubclass(Empty, ValueError) and issubclass(TooMuch, ValueError)
    """,
    "raises Python's exceptions": """
        import json
        def test_it():
            with pytest.raises(ZeroDivisionError, match="division by zero"): divide(1, 0)
            with pytest.raises(TypeError): add(1, "a")
            with pytest.raises(KeyError, match="'z'"): same({})["z"]
            with pytest.raises(json.JSONDecodeError): parse("{")
            with pytest.raises(AttributeError): Account(1).nothing
    """,
    "leaves by SystemExit": """
        def test_it():
            with pytest.raises(SystemExit): leave()
    """,
    "a class with state, properties and methods": """
        def test_it():
            account = Account(10)
            assert account.take(3) is account
            assert account.balance == 7
            account.balance = 9
            assert account.balance == 9
            with pytest.raises(ValueError, match="negative"): account.balance = -1
            account.colour = "red"
            assert account.colour == "red" and Account.kind == "current"
            del account.colour
            assert not hasattr(account, "colour")
            assert Account.rich().balance == 1000
    """,
    "operators": """
        def test_it():
            a, b = Account(1), Account(2)
            assert (a + b).balance == 3 and a + b == Account(3) and a != b
            assert (a + 4).balance == 5 and sum([a, b], Account()).balance == 3
            assert sum([a, b]).balance == 3
            assert a < b and sorted([b, a])[0] is a and max(a, b) is b
            assert bool(a) and not Account(0)
            assert f"{b:03d}" == "002" and repr(b) == "Account(2)" and str(b) == "Account(2)"
            assert len({Account(1), Account(1)}) == 1
    """,
    "iteration, indexing and membership": """
        def test_it():
            account = Account(3)
            assert list(account) == [0, 1, 2] and len(account) == 3
            assert account[1] == 1 and 2 in account and 5 not in account
            assert [n * 2 for n in account] == [0, 2, 4]
            with pytest.raises(IndexError): account[7]
    """,
    "generators": """
        def test_it():
            numbers = count_up(3)
            assert next(numbers) == 0 and list(numbers) == [1, 2]
            with pytest.raises(StopIteration): next(numbers)
            echo = count_up(2)
            next(echo)
            assert echo.send("hi") == "hi"
            echo.close()
            import types
            assert isinstance(echo, types.GeneratorType)
    """,
    "context managers": """
        def test_it():
            account = Account(1)
            with account as inner: assert inner is account
            assert account.log == ["in", "out"]
            with account: raise KeyError("swallowed")
            assert account.log[-1] == "KeyError"
            with pytest.raises(ValueError):
                with account: raise ValueError("seen")
    """,
    "what is printed and what is typed": """
        def test_it(capsys, monkeypatch):
            monkeypatch.setattr("builtins.input", lambda prompt="": "Ann")
            greet()
            assert capsys.readouterr().out == "hello Ann\\n"
            monkeypatch.undo()
            import io
            monkeypatch.setattr("sys.stdin", io.StringIO("Bob\\n"))
            greet()
            assert capsys.readouterr().out == "name? hello Bob\\n"
    """,
    "arguments changed in place": """
        def test_it():
            items = [3, 1, 2]
            assert sort(items) is None and items == [1, 2, 3]
            grid = [[], [2]]
            row = grid[0]
            assert grow(grid) is grid
            assert row == [1] and grid == [[1], [2]]
            target = {}
            put(target, "k", {"v"})
            assert target == {"k": {"v"}}
    """,
    "callbacks, decorators and identity": """
        def test_it():
            assert apply(lambda n: n + 1, 4) == 5
            assert apply(lambda: {}["k"]) == "missing"
            @twice
            def triple(n): return n * 3
            assert triple(2) == 12
            def own(): pass
            assert same(own) is own
            class Ours(Exception): pass
            def fail(): raise Ours("mine")
            with pytest.raises(Ours, match="mine"): apply(fail)
            account = Account(1)
            assert same(account) is account and same([account])[0] is account
    """,
    "named tuples, enumerations and dataclasses": """
        def test_it():
            x, y = middle()
            assert (x, y) == (1, 2) == middle() and middle().y == 2
            assert isinstance(middle(), tuple) and isinstance(middle(), Point)
            assert Level.HIGH == 2 and Level.LOW < 2 and Level(1) is Level.LOW
            assert Level["LOW"].name == "LOW"
            assert [level.value for level in Level] == [1, 2]
            assert Loan(3) == Loan(3, "Dune") and Loan(3) != Loan(4)
            assert Loan(3).title == "Dune" and repr(Loan(3)) == "Loan(days=3, title='Dune')"
    """,
    "patching the program": """
        from unittest import mock
        def test_it(monkeypatch):
            monkeypatch.setattr(solution.random, "randint", lambda a, b: 4)
            assert roll() == 4
            with mock.patch("solution.add", return_value=9) as fake:
                assert solution.add(1, 2) == 9
                fake.assert_called_once_with(1, 2)
            assert solution.add(1, 2) == 3
    """,
    "names, documentation and inheritance": """
        def test_it():
            assert late_fee.__name__ == "late_fee" and late_fee.__doc__ == "Half a coin a day."
            assert Account.__name__ == "Account" and callable(late_fee)
            assert isinstance(Savings(1), Account) and issubclass(Savings, Account)
            assert not isinstance(5, Account) and Savings.__doc__ == "Grows."
    """,
    "copies": """
        import copy
        def test_it():
            account = Account(5)
            other = copy.deepcopy(account)
            account.take(1)
            assert other.balance == 5 and copy.copy(account).balance == 4
    """,
    "fixtures and temporary folders": """
        @pytest.fixture
        def account(): yield Account(4)
        def test_it(account, tmp_path):
            (tmp_path / "a.txt").write_text("x")
            assert account.balance == 4
    """,
    "hypothesis": """
        from hypothesis import given, strategies as st
        @given(st.lists(st.integers()))
        def test_it(items):
            ours = list(items)
            sort(ours)
            assert ours == sorted(items)
    """,
    "asynchronous tests' own helpers": """
        import asyncio
        def test_it():
            async def ours(): return add(1, 2)
            assert asyncio.run(ours()) == 3
    """,
    "unittest": """
        import unittest
        class TestIt(unittest.TestCase):
            def setUp(self): self.account = Account(5)
            def test_it(self):
                self.assertEqual(self.account.take(1).balance, 4)
                self.assertAlmostEqual(add(0.1, 0.2), 0.3)
                self.assertIsInstance(self.account, Account)
                self.assertIn(2, self.account)
                with self.assertRaisesRegex(TooMuch, "4 < 9"): self.account.take(9)
                for n in range(3):
                    with self.subTest(n=n): self.assertEqual(add(n, n), 2 * n)
    """,
}


@pytest.mark.parametrize("body", PASS.values(), ids=PASS.keys())
def test_an_authors_test_runs_as_if_the_program_were_beside_it(sandbox: Sandbox, body: str) -> None:
    test = only(sandbox, body, program=SHOP + "\ndef leave(): raise SystemExit(2)\n")
    assert test.status is SuiteStatus.PASSED, test.message


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


@pytest.mark.parametrize(
    "body",
    [
        "import sys\ndef test_it():\n    with pytest.raises(Exception): same(sys)",
        "def test_it(request):\n    with pytest.raises(Exception): same(request)",
        "class Plain: pass\ndef test_it():\n    class Mine(Account, Plain): pass",
        "class Mine(TooMuch): pass\ndef test_it():\n    try: Mine()\n    except: pass",
        "def test_it(): assert not (Account.rich() < 5)",
        "import pickle\ndef test_it(): pickle.dumps(Account(1))",
    ],
)
def test_what_cannot_cross_is_an_error_that_names_it_and_never_a_pass(
    sandbox: Sandbox, body: str
) -> None:
    test = only(sandbox, body)
    assert test.status is SuiteStatus.ERROR
    assert "cannot cross" in test.message


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
