"""Containers that tests and program both hold are one container to each of them."""

from __future__ import annotations

import textwrap

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.base import SuiteStatus
from tests.grader.sandbox.suites import only, statuses, suite

SHELF = """
import collections

class Shelf:
    def __init__(self, books=None):
        self.books = [] if books is None else books
        self.by_name = {"first": ["a"]}
        self.recent = collections.deque(maxlen=2)
        self.counts = collections.defaultdict(list)
        self.tags = set()
        self.bytes = bytearray(b"ab")

    def add(self, *books): self.books.extend(books)
    def all(self): return self.books
    def copied(self): return list(self.books)
    def tag(self, word): self.tags.add(word)
    def note(self, book): self.recent.append(book)
    def count(self): return len(self.books)
    def group(self, name): return self.by_name[name]
    def both(self): return self, self.books

RATES = {"a": 1}
ROWS = [[1], [2]]
ROWS.append(ROWS)

def raise_rates(): RATES["a"] += 1
def rate(name): return RATES[name]
def spoil(items):
    items.append("spoiled")
    raise ValueError("after the change")
def fill(items, ask):
    items.append(1)
    return ask()
def each(items):
    for n in range(2):
        items.append(n)
        yield n
def keep(items, kept=[]):
    kept.append(items)
    return len(kept)
def grow(kept=keep.__defaults__[0]):
    for items in kept: items.append("grown")
def same(thing): return thing
def first(rows): return rows[0]
def double(counts):
    for key in counts: counts[key] *= 2
def swap(rows): rows[0], rows[1] = rows[1], rows[0]
def known(books): return set(books)
def large(items): items.extend(range(60_000))
"""

HONEST = {
    "what is handed out twice is one list": """
        def test_it():
            shelf = Shelf()
            assert shelf.books is shelf.books and shelf.all() is shelf.books
            assert shelf.copied() is not shelf.books
    """,
    "what the program adds later is seen": """
        def test_it():
            shelf = Shelf()
            books = shelf.all()
            shelf.add("Emma")
            assert books == ["Emma"]
    """,
    "what a test adds reaches the program": """
        def test_it():
            shelf = Shelf()
            shelf.books.append("Emma")
            assert shelf.count() == 1 and shelf.books == ["Emma"]
            shelf.group("first").append("b")
            assert shelf.by_name == {"first": ["a", "b"]}
    """,
    "what a test handed over stays its own": """
        def test_it():
            mine = ["Emma"]
            shelf = Shelf(mine)
            shelf.add("Dune")
            assert mine == ["Emma", "Dune"] and shelf.books is mine
            mine.clear()
            assert shelf.count() == 0
    """,
    "other containers": """
        def test_it():
            shelf = Shelf()
            tags, recent, counts = shelf.tags, shelf.recent, shelf.counts
            shelf.tag("old")
            for book in "abc": shelf.note(book)
            assert tags == {"old"} and list(recent) == ["b", "c"] and recent.maxlen == 2
            counts["x"].append(1)
            assert shelf.counts == {"x": [1]} and shelf.counts["x"] is counts["x"]
            shelf.bytes.extend(b"c")
            assert shelf.bytes == b"abc"
    """,
    "a name of the module": """
        def test_it():
            raise_rates()
            assert RATES == {"a": 2} and solution.RATES is RATES
            RATES["b"] = 5
            assert rate("b") == 5
    """,
    "a list that holds itself": """
        def test_it():
            assert ROWS[2] is ROWS and ROWS[:2] == [[1], [2]]
    """,
    "a change before an exception": """
        def test_it():
            mine = []
            with pytest.raises(ValueError): spoil(mine)
            assert mine == ["spoiled"]
    """,
    "a change before the tests are asked": """
        def test_it():
            mine = []
            assert fill(mine, lambda: list(mine)) == [1]
            assert fill(mine, mine.copy) == [1, 1]
    """,
    "a change between two steps of a generator": """
        def test_it():
            mine, seen = [], []
            for _ in each(mine): seen.append(list(mine))
            assert seen == [[0], [0, 1]]
    """,
    "a change made much later": """
        def test_it():
            mine = []
            keep(mine)
            for n in range(50): same([n])
            grow()
            assert mine == ["grown"]
    """,
    "rows stay the rows they were": """
        def test_it():
            rows = [[1], [2]]
            one, two = rows
            swap(rows)
            assert rows[0] is two and rows[1] is one and first(rows) is two
    """,
    "a dictionary that is gone through": """
        def test_it():
            counts = {"a": 1, "b": 2}
            for key in counts: double(counts)
            assert counts == {"a": 4, "b": 8}
    """,
    "beside an object of a class not met before": """
        def test_it():
            shelf, books = solution.Shelf.both(solution.Shelf(["Emma"]))
            assert shelf.books is books == ["Emma"]
    """,
    "objects as keys": """
        def test_it():
            shelf = Shelf()
            names = {shelf: "mine"}
            assert same(names) is names and known([shelf]) == {shelf}
            names[shelf] = "yours"
            assert same(names)[shelf] == "yours"
    """,
    "attributes by name": """
        def test_it():
            shelf = Shelf()
            shelf.__dict__["books"] = ["Emma"]
            assert shelf.count() == 1 and vars(shelf)["books"] == ["Emma"]
    """,
    "hypothesis": """
        from hypothesis import given, strategies as st
        @given(st.lists(st.integers(), max_size=5))
        def test_it(items):
            before = list(items)
            shelf = Shelf(items)
            shelf.add(1)
            assert items == before + [1] and shelf.all() is items
    """,
}


@pytest.mark.parametrize("body", HONEST.values(), ids=HONEST.keys())
def test_a_container_is_the_same_for_tests_and_program(sandbox: Sandbox, body: str) -> None:
    test = only(sandbox, body, program=SHELF)

    assert test.status is SuiteStatus.PASSED, test.message


WRONG = {
    "hands out its own list where a copy was asked for": """
        def test_it():
            shelf = Shelf()
            shelf.all().append("Emma")
            assert shelf.count() == 0
    """,
    "keeps the list it was given": """
        def test_it():
            mine = []
            shelf = Shelf(mine)
            mine.append("Emma")
            assert shelf.count() == 0
    """,
    "changes what it was given before it refuses": """
        def test_it():
            mine = []
            with pytest.raises(ValueError): spoil(mine)
            assert mine == []
    """,
    "changes what it was given in an earlier call": """
        def test_it():
            mine = []
            keep(mine)
            grow()
            assert mine == []
    """,
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG.keys())
def test_a_program_that_shares_what_it_should_not_fails(sandbox: Sandbox, body: str) -> None:
    assert only(sandbox, body, program=SHELF).status is SuiteStatus.FAILED


def test_a_change_that_is_too_large_to_tell_is_never_a_pass(sandbox: Sandbox) -> None:
    tests = """
        import solution
        MINE = []
        def test_large():
            solution.large(MINE)
            assert len(MINE) < 60_000
        def test_after(): assert solution.same([1]) == [1]
    """

    found = statuses(suite(sandbox, tests, program=SHELF))

    assert found == {"test_large": "error", "test_after": "passed"}


def test_what_a_test_puts_into_a_shared_list_and_cannot_cross_is_named(sandbox: Sandbox) -> None:
    body = (
        "def test_it(request):\n    books = Shelf().books\n    books.append(request)\n    same(1)\n"
    )

    test = only(sandbox, body, program=SHELF)

    assert test.status is SuiteStatus.ERROR
    assert "cannot cross" in test.message


_FORGER = """
import gc, json, struct, sys
def _line():
    frame = sys._getframe()
    while "self" not in frame.f_locals or not hasattr(frame.f_locals["self"], "channel"):
        frame = frame.f_back
    return frame.f_locals["self"].channel

def total(items):
    text = json.dumps($FRAME).encode()
    _line().sendall(struct.pack("<I", len(text)) + text)
    return 0
"""

FORGED = {
    "one of the tests' that was never given": {
        "value": 0,
        "news": [[[-9, "list", [7], None]], []],
    },
    "one as one of another kind": {"value": 0, "news": [[[-1, "dict", ["a", 1], None]], []]},
    "a number that is none": {"value": 0, "news": [[["x", "list", [], None]], []]},
    "a kind that is none": {"value": 0, "news": [[[5, "module", [], None]], []]},
    "keys that cannot be keys": {
        "value": {"twin": 1},
        "news": [[[1, "set", [{"twin": 2}], None], [2, "list", [], None]], []],
    },
    "a factory that is none": {"value": 0, "news": [[[5, "defaultdict", [], [3]]], []]},
    "a reference to nothing": {"value": {"twin": 77}, "news": []},
    "no news at all": {"value": 6},
    "news of another form": {"value": 6, "news": [[6]]},
}  # fmt: skip


@pytest.mark.parametrize("frame", FORGED.values(), ids=FORGED.keys())
def test_a_forged_container_ends_the_test_and_cannot_be_caught(
    sandbox: Sandbox, frame: object
) -> None:
    body = """
        import solution
        def test_it():
            try:
                solution.total([1, 2, 3])
            except BaseException:
                pass
    """

    outcome = suite(sandbox, textwrap.dedent(body), program=_FORGER.replace("$FRAME", repr(frame)))

    assert [test.status for test in outcome.tests] == [SuiteStatus.ERROR]


def test_a_program_cannot_change_what_a_test_expects_and_never_gave_away(sandbox: Sandbox) -> None:
    frame = {"value": {"twin": 1}, "news": [[[1, "list", [9], None], [-2, "list", [9], None]], []]}
    tests = """
        import solution
        EXPECTED = [6]
        def test_it(): assert solution.total([1, 2, 3]) == EXPECTED
    """

    outcome = suite(sandbox, tests, program=_FORGER.replace("$FRAME", repr(frame)))

    assert [test.status for test in outcome.tests] == [SuiteStatus.ERROR]
