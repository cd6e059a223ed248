"""Each key: code that earns it, and code close to it that doesn't."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader.analysis import ANALYSERS, MOST_OF_A_KEY, Example, remarks

TABLE = Path(__file__).parents[3] / "docs" / "comment-keys.md"
EXAMPLES = (
    Example(function="double", arguments=(4,), value=8),
    Example(function="double", arguments=(0,), value=0),
)

EARNED = {
    "always_true_condition": ["if x == 'a' or 'b': pass"],
    "assigned_to_itself": ["x = 1\nx = x"],
    "bare_except": ["try: f()\nexcept: g()"],
    "broad_except": ["try: f()\nexcept Exception as e: g(e)"],
    "changes_while_iterating": ["for x in xs:\n    if x: xs.remove(x)"],
    "compares_with_none": ["if x == None: f()", "y = x != None"],
    "compares_with_true": ["if x == True: f()", "y = f() != False"],
    "deep_nesting": [
        "def f(a):\n for x in a:\n  for y in x:\n   if y:\n    while y:\n     if y: return y"
    ],
    "empty_branch": ["if x:\n    pass\nelse:\n    f()"],
    "float_money": ["price = 1.99", "def f(fee):\n    return fee * 1.2", "total_cost += 0.5"],
    "forgotten_call": ["xs = []\nxs.sort", "report"],
    "global_state": ["def f():\n    global n\n    n = 1"],
    "hard_coded_examples": [
        "def double(n):\n    if n == 4: return 8\n    if n == 0: return 0",
        "def double(n): return {4: 8, 0: 0}[n]",
    ],
    "identity_with_literal": ["if x is 5: f()", "if x is not 'a': f()"],
    "index_loop": ["for i in range(len(xs)):\n    print(xs[i])"],
    "input_as_number": ["n = input()\nprint(n + 1)", "n = input()\nif n > 5: f()"],
    "long_function": ["def f():\n" + "    x()\n" * 41],
    "loop_never_ends": [
        "while True:\n    f()",
        "n = 3\nwhile n > 0:\n    print(n)",
    ],
    "lost_attribute": ["class A:\n    def __init__(self, name): name = name"],
    "missing_return": ["def f(x):\n    if x: return 1", "def f(x):\n    for y in x: return y"],
    "missing_self": ["class A:\n    def f(): return 1"],
    "mutable_default": ["def f(xs=[]): return xs", "def f(*, d=dict()): return d"],
    "off_by_one_range": [
        "for i in range(1, len(xs)): print(xs[i])",
        "for i in range(len(xs) - 1): print(xs[i])",
        "for i in range(len(xs) + 1): print(xs[i])",
    ],
    "overwritten_parameter": ["def f(n):\n    n = 3\n    return n"],
    "print_instead_of_return": ["def f(n):\n    print(n + 1)"],
    "redefined_function": ["def f(): return 1\ndef f(): return 2"],
    "redundant_boolean": [
        "def f(x):\n    if x > 1: return True\n    return False",
        "def f(x):\n    if x > 1: return False\n    else: return True",
    ],
    "result_of_change": ["xs = xs.sort()", "def f(xs): return xs.append(1)"],
    "returns_in_loop": [
        "def f(xs):\n    t = 0\n    for x in xs:\n        t += x\n        return t"
    ],
    "runs_text_as_code": ["n = eval(input())"],
    "secret_in_code": ["PASSWORD = 'hunter2'", "api_key = 'abc'"],
    "shadowed_builtin": ["list = [1]", "def f(sum): return sum", "def max(a, b): return a"],
    "swallowed_exception": ["try: f()\nexcept ValueError: pass"],
    "unclosed_file": ["text = open('a.txt').read()"],
    "unraised_exception": ["def f(): return ValueError('no')", "raise 'no'"],
    "unreachable_code": ["def f():\n    return 1\n    print(2)"],
    "unused_import": ["import math", "from os import path as p"],
    "unused_parameter": ["def f(a, b): return a"],
    "unused_result": ["x + 1", "name.upper()", "sorted(xs)", "x == 3"],
    "unused_variable": ["def f():\n    x = 1\n    return 2"],
}

NOT_EARNED = {
    "always_true_condition": ["if x == 'a' or x == 'b': f()", "name = x or 'nobody'"],
    "assigned_to_itself": ["self.x = x"],
    "bare_except": ["try: f()\nexcept ValueError: g()"],
    "broad_except": ["try: f()\nexcept OSError: g()"],
    "changes_while_iterating": ["for x in list(xs): xs.remove(x)", "for x in xs: ys.append(x)"],
    "compares_with_none": ["if x is None: f()"],
    "compares_with_true": ["if x == 1: f()", "if x is True: f()"],
    "deep_nesting": [
        (
            "def f(a):\n if a == 1: return 1\n elif a == 2: return 2\n elif a == 3: return 3\n"
            " elif a == 4: return 4\n elif a == 5: return 5\n else: return 6"
        )
    ],
    "empty_branch": ["if x: f()"],
    "float_money": ["ratio = 1.5", "price = Decimal('1.99')", "price = 5", "speed = 0.5 * t"],
    "forgotten_call": ["xs.sort()", "'words of the module'", "..."],
    "global_state": ["def f():\n    n = 1\n    return n"],
    "hard_coded_examples": [
        "def double(n):\n    if n == 0: return 0\n    return n * 2",
        "def other(n): return {4: 8, 0: 0}[n]",
    ],
    "identity_with_literal": ["if x is None: f()", "if x is True: f()"],
    "index_loop": [
        "for i in range(len(xs)): xs[i] += 1",
        "for i in range(len(xs)): print(i, xs[i])",
    ],
    "input_as_number": ["n = int(input())\nprint(n + 1)", "n = input()\nprint(n + 'a')"],
    "long_function": ["def f():\n    x()"],
    "loop_never_ends": [
        "while True:\n    if f(): break",
        "while n > 0: n -= 1",
        "while xs: xs.pop()",
        "while a < b:\n    a, b = b, a",
        "while not done(): f()",
        "def f():\n    while True: yield 1",
    ],
    "lost_attribute": [
        "class A:\n    def __init__(self, name): self.name = name",
        "class A(B):\n    def __init__(self, name): super().__init__(name)",
    ],
    "missing_return": [
        "def f(x):\n    if x: return 1\n    else: return 2",
        "def f(x):\n    while True:\n        if x: return 1",
        "def f(x):\n    if x: return\n    print(x)",
        "def f(x):\n    try: return g(x)\n    except ValueError: raise KeyError from None",
    ],
    "missing_self": ["class A:\n    @staticmethod\n    def f(): return 1", "def f(): return 1"],
    "mutable_default": ["def f(xs=()): return xs", "def f(xs=None): return xs or []"],
    "off_by_one_range": [
        "for i in range(1, len(xs)): print(xs[i] - xs[i - 1])",
        "for i in range(len(xs) - 1): print(xs[i], xs[i + 1])",
        "for i in range(1, 10): print(i)",
    ],
    "overwritten_parameter": ["def f(n):\n    n = n + 1\n    return n"],
    "print_instead_of_return": ["def f(n):\n    print(n)\n    return n", "def main(): print(1)"],
    "redefined_function": [
        "class A:\n    @property\n    def x(self): return 1\n    @x.setter\n    def x(self, v): g()"
    ],
    "redundant_boolean": ["def f(x):\n    if x: return True\n    return None"],
    "result_of_change": ["xs.sort()", "x = xs.pop()"],
    "returns_in_loop": [
        "def f(xs):\n    for x in xs:\n        if x: return x",
        "def f():\n    while True:\n        return g()",
    ],
    "runs_text_as_code": ["n = literal_eval(text)"],
    "secret_in_code": ["password = input()", "token_count = 3"],
    "shadowed_builtin": ["class A:\n    def max(self): return 1", "total = sum(xs)"],
    "swallowed_exception": ["try: f()\nexcept ValueError: g()"],
    "unclosed_file": ["with open('a') as f: g(f)", "f = open('a')\nf.close()"],
    "unraised_exception": ["raise ValueError('no')", "return_error = 1"],
    "unreachable_code": ["def f(x):\n    if x: return 1\n    return 2"],
    "unused_import": ["import os.path\nprint(os.sep)", "from a import b as c\nc()"],
    "unused_parameter": [
        "def f(a): return a",
        "class A:\n    def f(self): return 1",
        "def f(a): pass",
        "def f(a): raise NotImplementedError",
    ],
    "unused_result": ["print(x)", "xs.append(1)", "f(x)"],
    "unused_variable": ["def f():\n    x = 1\n    return x", "def f():\n    _ = g()"],
}


def keys_of(source: str) -> set[str]:
    found = remarks({"solution.py": ast.parse(source)}, examples=EXAMPLES)
    return {remark.key for remark in found}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(key, source) for key, sources in table.items() for source in sources]


@pytest.mark.parametrize(("key", "source"), cases(EARNED))
def test_code_that_has_it_earns_the_key(key: str, source: str) -> None:
    assert key in keys_of(source)


@pytest.mark.parametrize(("key", "source"), cases(NOT_EARNED))
def test_code_that_only_looks_like_it_does_not(key: str, source: str) -> None:
    assert key not in keys_of(source)


def test_every_key_is_tried_both_ways() -> None:
    assert EARNED.keys() == NOT_EARNED.keys() == ANALYSERS.keys()


def test_a_remark_says_where_and_quotes_the_learners_own_code() -> None:
    (remark,) = remarks({"a.py": ast.parse("\n\ndef f(xs=[]): return xs")})

    assert (remark.key, remark.file, remark.line) == ("mutable_default", "a.py", 3)
    assert remark.parameters == {"function": "f", "parameter": "xs"}


def test_one_habit_is_not_told_a_hundred_times() -> None:
    found = remarks({"a.py": ast.parse("x == 1\n" * 100)})

    assert len(found) == MOST_OF_A_KEY


@pytest.mark.parametrize(
    "source", ["x = " + "(" * 80 + "1" + ")" * 80, "x = " + "-" * 1500 + "1", "f(" * 90 + ")" * 90]
)
def test_code_nested_beyond_reading_is_no_trouble(source: str) -> None:
    remarks({"a.py": ast.parse(source)})


def test_the_table_for_the_coach_lists_every_key_with_its_parameters() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]*) \|", TABLE.read_text(), re.MULTILINE)
    told = {key: sorted(re.findall(r"`(\w+)`", parameters)) for key, parameters in rows}

    given: dict[str, set[str]] = {}
    for _, source in cases(EARNED):
        for remark in remarks({"solution.py": ast.parse(source)}, examples=EXAMPLES):
            given.setdefault(remark.key, set()).update(remark.parameters)

    assert told == {key: sorted(names) for key, names in given.items()}
