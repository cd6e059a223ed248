"""Telling good work from bad, in figures."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.learning.trust import (
    Said,
    Trust,
    brier,
    reliability,
    said_in,
    trust_of,
    wilson,
)

REVIEW = {
    "clean": False,
    "hits": 1,
    "misses": 1,
    "false_alarms": 2,
    "decoys_shown": 3,
    "decoys_flagged": 1,
    "call": {"given": "use", "right": False, "sure": "certain"},
    "bad_work_approved": True,
    "good_work_blocked": False,
    "findings": [{"right": True, "sure": "fairly"}, {"right": False, "sure": ""}],
}


def counts(planted: int = 20, caught: int = 10, decoys: int = 20, flagged: int = 10) -> Trust:
    return Trust(planted=planted, caught=caught, decoys=decoys, decoys_flagged=flagged)


@pytest.mark.parametrize(("planted", "decoys"), [(19, 40), (40, 19), (0, 0)])
def test_judgement_is_not_shown_on_few_cases(planted: int, decoys: int) -> None:
    found = counts(planted, 0, decoys, 0)

    assert found.d_prime is None
    assert found.criterion is None


def test_who_flags_right_and_wrong_alike_has_no_judgement() -> None:
    assert counts().d_prime == 0
    assert counts().criterion == 0


def test_perfect_judgement_is_a_finite_figure() -> None:
    found = counts(20, 20, 20, 0)

    assert found.d_prime == pytest.approx(3.961, abs=0.01)
    assert found.criterion == 0


def test_flagging_everything_is_a_lenient_habit_and_no_judgement() -> None:
    found = counts(20, 20, 20, 20)

    assert found.d_prime == 0
    assert found.criterion is not None
    assert found.criterion < -1


whole = st.integers(20, 200)


@given(whole, whole, st.data())
def test_catching_one_more_never_lowers_judgement(
    planted: int, decoys: int, data: st.DataObject
) -> None:
    caught = data.draw(st.integers(0, planted - 1))
    flagged = data.draw(st.integers(0, decoys))
    less, more = (counts(planted, each, decoys, flagged).d_prime for each in (caught, caught + 1))

    assert less is not None
    assert more is not None
    assert more > less


def test_counts_of_several_outputs_add_up() -> None:
    both = trust_of({"review": REVIEW}) + trust_of({"review": REVIEW})

    assert (both.planted, both.caught, both.comments, both.approved) == (4, 2, 6, 2)
    assert both.sensitivity == 0.5
    assert both.false_alarm_share == pytest.approx(4 / 6)
    assert both.bad_approved == 1
    assert both.good_blocked is None


def test_claims_that_hold_are_decoys() -> None:
    found = trust_of({"trust": {"planted": 3, "caught": 2, "sound": 2, "false_alarms": 1}})

    assert (found.planted, found.caught, found.decoys, found.decoys_flagged) == (3, 2, 2, 1)


def test_work_without_such_figures_counts_nothing() -> None:
    assert trust_of({}) == Trust()
    assert said_in({"generations": []}) == []


def test_sureness_is_read_from_reviews_questions_and_decisions() -> None:
    quiz = {"questions": {"a": {"sure": "guess", "right": True}, "b": {"sure": "", "right": True}}}
    memo = {"trust": {}, "decision": {"sure": "certain", "allowed": False}}

    assert said_in({"review": REVIEW}) == [
        Said(sure="certain", right=False),
        Said(sure="fairly", right=True),
    ]
    assert said_in(quiz) == [Said(sure="guess", right=True)]
    assert said_in(memo) == [Said(sure="certain", right=False)]


def test_being_sure_and_right_is_best_and_being_sure_and_wrong_is_worst() -> None:
    right, wrong = (brier([Said(sure="certain", right=each)]) for each in (True, False))
    guess = brier([Said(sure="guess", right=False)])

    assert right is not None
    assert wrong is not None
    assert guess is not None
    assert right < guess < wrong
    assert brier([]) is None


def test_a_share_needs_five_answers() -> None:
    strip = {each.sure: each for each in reliability([Said(sure="certain", right=False)] * 4)}

    assert strip["certain"].share is None
    assert not strip["certain"].too_sure


def test_certain_and_often_wrong_is_too_sure() -> None:
    answers = [Said(sure="certain", right=at % 2 == 0) for at in range(20)]

    (certain,) = (each for each in reliability(answers) if each.sure == "certain")

    assert certain.share == 0.5
    assert certain.too_sure


def test_the_interval_of_a_share_covers_it_about_95_times_in_100() -> None:
    chance = Random(4)
    inside = 0
    for _ in range(500):
        share = chance.uniform(0.1, 0.9)
        low, high = wilson(sum(chance.random() < share for _ in range(30)), 30)
        inside += low <= share <= high
    assert 0.92 <= inside / 500 <= 0.98


@given(st.integers(0, 50), st.integers(0, 50))
def test_an_interval_of_a_share_lies_between_0_and_1(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)

    assert 0 <= low <= high <= 1
