"""What an author's unmodified tests may do with a program in another process."""

from __future__ import annotations

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.base import SuiteStatus
from tests.grader.sandbox.suites import SHOP, only

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
