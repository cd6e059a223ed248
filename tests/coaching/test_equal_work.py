"""An instructor's comment reaches everyone who handed in the same work, and nobody else."""

from __future__ import annotations

import pytest

from countersign.coaching.equal_work import comment_on, comments_for
from countersign.coaching.shapes import shape_of
from tests.cast import RIGHT, WRONG, Cast
from tests.work import hand_in, settled, verdict

SAME = [
    "def price(years):\n    # a child?\n    return 5 if years < 12 else 9\n",
    'def price(a):\n    """What it costs."""\n\n    return (5 if a < 12\n        else 9)\n',
    "def price(age: int) -> int:\n    return 5 if age < 12 else 9\n",
]
OTHER = [
    RIGHT,
    "def price(age):\n    return 9 if age < 12 else 5\n",
    "def cost(age):\n    return 5 if age < 12 else 9\n",
    "def price(age):\n    return len if age < 12 else 9\n",
]


@pytest.mark.parametrize("code", SAME)
def test_names_layout_and_words_make_no_difference(code: str) -> None:
    assert shape_of({"solution.py": code}) == shape_of({"solution.py": WRONG})


@pytest.mark.parametrize("code", OTHER)
def test_what_the_program_does_makes_one(code: str) -> None:
    assert shape_of({"solution.py": code}) != shape_of({"solution.py": WRONG})


@pytest.mark.parametrize("code", ["def f(:", "\x00", "(" * 5000])
def test_what_cannot_be_read_has_no_shape(code: str) -> None:
    assert shape_of({"solution.py": code}) is None


def test_equal_work_of_the_organisation_gets_the_comment(people: Cast) -> None:
    first = hand_in(people.ada_place, people.version, WRONG)
    comment_on(first, text="Which age is the last that counts?", author=people.ben)
    settled(first, verdict(50.0))
    second = hand_in(people.ada_place, people.version, SAME[0])
    elsewhere = hand_in(people.zoe_place, people.version, WRONG)
    assert [each.text for each in comments_for(second)] == ["Which age is the last that counts?"]
    assert comments_for(elsewhere) == []
    settled(second, verdict(50.0))
    assert comments_for(hand_in(people.ada_place, people.version, RIGHT)) == []


def test_a_comment_on_work_that_cannot_be_read_stays_with_it(people: Cast) -> None:
    first = hand_in(people.ada_place, people.version, "def price(:")
    comment_on(first, text="A bracket is open.", author=people.ben)
    settled(first, verdict(50.0))
    assert len(comments_for(first)) == 1
    assert comments_for(hand_in(people.ada_place, people.version, "def price(")) == []
