"""How values cross the border."""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from unittest import mock

import pytest

from grader.sandbox.base import Wire
from grader.sandbox.codec import (
    MAX_DEPTH,
    MAX_NODES,
    Unencodable,
    Unreadable,
    check,
    decode,
    describe,
    encode,
    same,
    show,
)

Point = namedtuple("Point", "x y")


class Level(IntEnum):
    LOW = 1


class Colour(Enum):
    RED = "r"


@dataclass
class Loan:
    days: int
    title: str


CROSS = [
    None,
    True,
    0,
    -7,
    2**53,
    -(2**200),
    1.5,
    float("inf"),
    "",
    "naïve 😀",
    "\ud83d\ude00",
    "a\x00b",
    b"\x00\xff",
    bytearray(b"ab"),
    [],
    [1, [2, (3,)]],
    (),
    {1, 2},
    frozenset({"a"}),
    {},
    {"a": [1], (1, 2): None, 1: "one"},
    1 + 2j,
    range(1, 9, 2),
    Counter("aab"),
    OrderedDict(a=1),
    defaultdict(list, {"a": [1]}),
    deque([1, 2]),
    Decimal("1.50"),
    Decimal("1E+10"),
    Fraction(1, 3),
    date(2026, 2, 28),
    datetime(2026, 2, 28, 12, 30, tzinfo=UTC),
    time(12, 30),
    timedelta(days=1, seconds=2),
]


def over_the_wire(value: object) -> Wire:
    return check(json.loads(json.dumps(describe(value))))


@pytest.mark.parametrize("value", CROSS, ids=repr)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    back = decode(over_the_wire(value))
    assert type(back) is type(value)
    assert back == value
    assert encode(value) == over_the_wire(value)


@pytest.mark.parametrize("value", CROSS, ids=repr)
def test_every_value_is_the_same_as_itself_and_as_no_other(value: object) -> None:
    wire = over_the_wire(value)
    others = [other for other in CROSS if other is not value]
    assert same(wire, over_the_wire(value))
    assert not [other for other in others if same(encode(other), wire)]


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1, True),
        (1, 1.0),
        (0, False),
        ([1, 2], (1, 2)),
        ("1", 1),
        ("ab", b"ab"),
        ([1], [True]),
        ({1}, {True}),
        ({1: "a"}, {1.0: "a"}),
        ("😀", "\ud83d\ude00"),
        ({"a": 1}, {"a": 1, "b": 2}),
        ([1, 2], [1, 2, 3]),
        (None, False),
        (2, Level.LOW),
        (1, Level.LOW),
        ("r", Colour.RED),
        ({"days": 1}, Loan(1, "a")),
        (1, mock.ANY),
        ([1], [mock.ANY]),
    ],
)
def test_values_a_beginner_should_tell_apart_are_not_the_same(
    expected: object, got: object
) -> None:
    assert not same(encode(expected), over_the_wire(got))


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ({1, 2, 3}, {3, 2, 1}),
        ({"a": 1, "b": {2, 1}}, {"b": {1, 2}, "a": 1}),
        ({"a": 2, "b": 1}, Counter("aab")),
        ({"a": [1]}, defaultdict(list, {"a": [1]})),
        ({1, 2}, frozenset({1, 2})),
        ((1, 2), Point(1, 2)),
        (float("nan"), float("nan")),
        (0.0, -0.0),
        (Decimal("1.5"), Decimal("1.50")),
        (Decimal(0), Decimal("-0.00")),
        (
            datetime(2026, 1, 1, 12, tzinfo=UTC),
            datetime(2026, 1, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        ),
    ],
)
def test_values_that_python_calls_equal_are_the_same(expected: object, got: object) -> None:
    assert same(encode(expected), over_the_wire(got))


def test_numbers_need_only_be_near_when_the_author_says_so() -> None:
    expected = encode({"mean": 0.3, "n": [1, (2.0,)]})
    assert same(expected, over_the_wire({"n": [1.0, (2,)], "mean": 0.1 + 0.2}), tolerance=1e-9)
    assert not same(expected, over_the_wire({"n": [1.0, (2,)], "mean": 0.31}), tolerance=1e-9)
    assert not same(encode(1), over_the_wire(True), tolerance=1e-6)
    assert not same(encode(1), over_the_wire("1"), tolerance=1e-6)
    assert same(encode(2**60), over_the_wire(float(2**60)), tolerance=1e-6)
    assert not same(encode(10**400), over_the_wire(1.0), tolerance=1e-6)
    assert same(encode(float("inf")), over_the_wire(float("inf")), tolerance=1e-6)
    assert not same(encode(float("inf")), over_the_wire(1.0), tolerance=1e-6)


def test_what_is_opaque_is_the_same_as_nothing() -> None:
    assert describe(object()) == {"opaque": "object object"}
    assert not same({"opaque": "a"}, {"opaque": "a"})
    assert not same([{"opaque": "a"}], [{"opaque": "a"}])


@pytest.mark.parametrize(
    "wire",
    [
        {"int": "0x1"},
        {"int": "zz"},
        {"int": 5},
        2**60,
        {"list": [1]},
        {},
        {"tuple": 1},
        {"dict": [[1]]},
        {"dict": [1, 2], "set": []},
        {"range": [1, 2, "x"]},
        {"range": [1, 2]},
        {"Decimal": "1" * 10 + "x"},
        {"Decimal": "1E" + "9" * 40},
        {"float": "1.5"},
        {"str": "abc"},
        {"bytes": "zz"},
        {"namedtuple": ["P", ["x"], 3]},
        {"enum": ["C"]},
        {"dataclass": ["D", [[1, 2]]]},
        {"opaque": "x" * 300},
        {"handle": 1},
        "\ud800",
        ["\ud800"],
        {"complex": [1, 2]},
        float("inf"),
    ],
    ids=repr,
)
def test_a_forged_value_is_refused(wire: object) -> None:
    with pytest.raises(Unreadable):
        check(wire)


def test_a_value_nested_too_deeply_is_refused_on_both_sides() -> None:
    deep: list[object] = []
    for _ in range(MAX_DEPTH + 5):
        deep = [deep]
    with pytest.raises(Unencodable):
        encode(deep)
    with pytest.raises(Unreadable):
        check(deep)
    assert describe(deep) == {"opaque": "a value that is nested too deeply"}


def test_a_value_that_holds_itself_is_opaque() -> None:
    loop: list[object] = []
    loop.append(loop)
    assert "opaque" in describe(loop)


@pytest.mark.parametrize(
    "value",
    [[0] * (MAX_NODES + 1), "x" * 300_000, 1 << 4_000_000],
    ids=["wide", "long", "huge"],
)
def test_a_value_too_large_to_cross_is_opaque(value: object) -> None:
    assert describe(value) == {"opaque": "a value that is too large"}


def test_an_author_is_told_what_cannot_cross() -> None:
    with pytest.raises(Unencodable, match="object"):
        encode(object())
    with pytest.raises(Unencodable, match="function"):
        encode([len, lambda: 1][1:])


def test_describing_runs_no_method_of_the_value() -> None:
    def refuse(_: object, name: str) -> object:
        raise AssertionError(name)

    none = dict.fromkeys(("__repr__", "__str__", "__eq__", "__hash__"))
    trap = type("Trap", (), {"__getattribute__": refuse, **none})

    assert describe([trap()]) == [{"opaque": "Trap object"}]


def test_a_subclass_of_a_builtin_is_not_a_value() -> None:
    class Always(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    assert describe(Always("x")) == {"opaque": "Always object"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([1, (2,), {"a": {3}}], "[1, (2,), {'a': {3}}]"),
        (set(), "set()"),
        (Counter("a"), "Counter({'a': 1})"),
        (Point(1, 2), "Point(x=1, y=2)"),
        (Loan(3, "Dune"), "Loan(days=3, title='Dune')"),
        (Colour.RED, "Colour.RED"),
        (Decimal("1.5"), "Decimal('1.5')"),
        (date(2026, 1, 2), "datetime.date(2026, 1, 2)"),
        (2**64, "18446744073709551616"),
        (b"ab", "b'ab'"),
        ("a\x00\ud800\u202e", "'a\\x00\\ud800\\u202e'"),
        (float("nan"), "nan"),
        (object(), "<object object>"),
        (10**200_000, "an integer of about 200001 digits"),
        ("x" * 500, "'" + "x" * 198 + "…"),
    ],
    ids=[f"case {number}" for number in range(15)],
)
def test_a_value_is_shown_in_words(value: object, words: str) -> None:
    assert show(over_the_wire(value), 200) == words


@pytest.mark.parametrize("wire", [{}, {"nope": 1}, {"tuple": 5}, {"range": None}, object()])
def test_showing_never_raises(wire: object) -> None:
    assert show(wire) == "a value that cannot be read"


def test_what_is_shown_is_printable_and_capped() -> None:
    wide = over_the_wire(["\x1b[31m<script>"] * 4000)
    assert len(show(wide, 80)) == 80
    assert show(wide, 80).isprintable()
