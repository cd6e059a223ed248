"""Marks of people: blind, complete or not counted, and never a pass by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.kappa import kappa
from grader.kinds.decide.rubric import (
    Marking,
    judged_by_both,
    needs_second_marker,
    rubric_points,
    with_rubric,
)
from grader.verdict import Status, Verdict

CRITERIA = ["number", "weak-claim", "cost", "change"]
VERDICT = Verdict(
    status=Status.FAILED, score=60.0, max_score=85.0, details={"points": {"rubric": None}}
)


def marked(*points: int, marker: str = "ben") -> Marking:
    return Marking(marker=marker, points=dict(zip(CRITERIA, points, strict=False)))


def test_without_a_whole_marking_there_are_no_points() -> None:
    assert rubric_points(CRITERIA, []) is None
    assert rubric_points(CRITERIA, [marked(2, 2)]) is None
    assert rubric_points(CRITERIA, [marked(2, 2, 2, 3)]) is None


def test_two_markers_count_alike() -> None:
    assert rubric_points(CRITERIA, [marked(2, 2, 2, 2), marked(0, 0, 0, 0, marker="nur")]) == 7.5


def test_full_marks_are_fifteen() -> None:
    assert rubric_points(CRITERIA, [marked(2, 2, 2, 2)]) == 15


def test_two_people_are_compared_where_both_marked() -> None:
    assert judged_by_both(marked(2, 1, 0, 2), marked(2, 1)) == [(2, 2), (1, 1)]
    assert judged_by_both(marked(), marked(2)) == []


def test_kappa_leaves_out_what_chance_explains() -> None:
    # Cohen's own way: 35 of 50 alike, where chance alone gives 0.5
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert round(kappa(pairs), 6) == 0.4
    assert kappa([(2, 2)] * 7) == 1


def test_of_nothing_there_is_no_agreement() -> None:
    with pytest.raises(ValueError, match="Nothing"):
        kappa([])


def test_every_tenth_memo_is_marked_by_two() -> None:
    assert [number for number in range(1, 31) if needs_second_marker(number)] == [10, 20, 30]


def test_marks_make_the_score_one_of_100_and_pass_nobody() -> None:
    found = with_rubric(VERDICT, 12.5)

    assert (found.score, found.max_score, found.status) == (72.5, 100.0, Status.FAILED)
    assert found.details["points"]["rubric"] == 12.5


def test_unmarked_stays_of_85() -> None:
    assert with_rubric(VERDICT, None) == VERDICT


def test_new_points_take_the_place_of_the_old_ones() -> None:
    assert with_rubric(with_rubric(VERDICT, 12.5), 3.0) == with_rubric(VERDICT, 3.0)
    assert with_rubric(with_rubric(VERDICT, 12.5), None) == VERDICT


def test_other_work_takes_no_marks() -> None:
    other = Verdict(status=Status.PASSED, score=100.0, details={"points": {"level": 2}})
    assert with_rubric(other, 12.5) == other


@given(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=5))
def test_points_lie_between_0_and_15(markings: list[list[int]]) -> None:
    points = rubric_points(
        CRITERIA, [marked(*each, marker=str(at)) for at, each in enumerate(markings)]
    )

    assert points is not None
    assert 0 <= points <= 15
