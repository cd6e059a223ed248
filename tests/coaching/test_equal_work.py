"""An instructor's comment reaches everyone who handed in the same work, and nobody else."""

from __future__ import annotations

import pytest

from countersign import audit
from countersign.coaching.equal_work import (
    NoSuchLine,
    Place,
    comment_on,
    comments_for,
    withdraw_comment,
)
from countersign.coaching.shapes import line_in_equal, shape_of
from countersign.cohorts.services import enrol
from countersign.submissions.models import Notice, NoticeKind
from countersign.submissions.notices import see_all
from tests.cast import RIGHT, WRONG, Cast, person
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
    assert [each.comment.text for each in comments_for(second)] == [
        "Which age is the last that counts?"
    ]
    assert comments_for(elsewhere) == []
    settled(second, verdict(50.0))
    assert comments_for(hand_in(people.ada_place, people.version, RIGHT)) == []


def test_a_comment_on_work_that_cannot_be_read_stays_with_it(people: Cast) -> None:
    first = hand_in(people.ada_place, people.version, "def price(:")
    comment_on(first, text="A bracket is open.", author=people.ben)
    settled(first, verdict(50.0))
    assert len(comments_for(first)) == 1
    assert comments_for(hand_in(people.ada_place, people.version, "def price(")) == []


LONG = """\
def price(age):
    # children
    if age < 12:
        return 5

    return 9
"""
LAID_OUT = '''\
def price(years):
    """What it costs."""
    if (
        years < 12
    ):
        return 5
    return 9
'''


def test_a_line_is_found_again_in_equal_work() -> None:
    assert [line_in_equal(LONG, line, LAID_OUT) for line in range(1, 8)] == [
        1, 1, 3, 6, 1, 7, None,
    ]  # fmt: skip


def test_where_work_isnt_equal_no_line_is_claimed() -> None:
    assert line_in_equal(LONG, 3, "def price(:") is None
    assert line_in_equal(LONG, 3, "x = 1\n") is None


def test_a_comment_on_a_line_stands_on_the_same_statement_of_equal_work(people: Cast) -> None:
    bob = enrol(cohort=people.cohort, learner=person("Bob"))
    first = hand_in(people.ada_place, people.version, LONG)
    comment_on(first, text="Which age?", author=people.ben, place=Place(file="solution.py", line=3))
    comment_on(
        first, text="Which price?", author=people.ben, place=Place(file="solution.py", line=6)
    )
    second = hand_in(bob, people.version, LAID_OUT)
    assert [(each.comment.text, each.line) for each in comments_for(second)] == [
        ("Which price?", 7),
        ("Which age?", 3),
    ]


@pytest.mark.parametrize("place", [("solution.py", 0), ("solution.py", 99), ("other.py", 1)])
def test_a_line_that_isnt_there_takes_no_comment(people: Cast, place: tuple[str, int]) -> None:
    work = hand_in(people.ada_place, people.version, WRONG)
    with pytest.raises(NoSuchLine):
        comment_on(work, text="Here.", author=people.ben, place=Place(file=place[0], line=place[1]))
    assert comments_for(work) == []


def test_a_withdrawn_comment_is_shown_to_nobody(people: Cast) -> None:
    first = hand_in(people.ada_place, people.version, WRONG)
    comment = comment_on(first, text="Which age?", author=people.ben)
    assert withdraw_comment(comment, actor=people.ben)
    assert not withdraw_comment(comment, actor=people.ben)
    assert comments_for(first) == []
    assert audit.Entry.objects.filter(action=audit.Action.COMMENT_WITHDRAWN).count() == 1


def test_everyone_who_gets_a_comment_is_told_once(people: Cast) -> None:
    bob = enrol(cohort=people.cohort, learner=person("Bob"))
    first = hand_in(people.ada_place, people.version, WRONG)
    hand_in(bob, people.version, SAME[0])
    hand_in(people.zoe_place, people.version, WRONG)
    comment_on(first, text="Which age?", author=people.ben)
    comment_on(first, text="And which price?", author=people.ben)
    for learner in (people.ada, bob.learner):
        assert [each.kind for each in Notice.objects.visible_to(learner)] == [NoticeKind.COMMENT]
    assert not Notice.objects.visible_to(people.zoe).exists()
    assert not Notice.objects.visible_to(people.ben).exists()


def test_what_was_seen_is_told_again_when_something_new_is_said(people: Cast) -> None:
    first = hand_in(people.ada_place, people.version, WRONG)
    comment_on(first, text="Which age?", author=people.ben)
    see_all(people.ada, first)
    assert not Notice.objects.visible_to(people.ada).unseen().exists()
    comment_on(first, text="And which price?", author=people.ben)
    assert Notice.objects.visible_to(people.ada).unseen().count() == 1
