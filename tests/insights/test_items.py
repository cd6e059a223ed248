"""How items behave: each figure beside an independent computation of it."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import correlation
from uuid import UUID, uuid4

import pytest

from countersign.insights.items import (
    FEWEST,
    HandIn,
    ItemFigures,
    Look,
    fisher,
    histogram,
    item_figures,
    pearson,
    rest_scores,
)

START = datetime(2026, 9, 1, tzinfo=UTC)
COURSE = uuid4()


def one(
    learner: UUID, exercise: UUID, score: float | None, *, minute: int = 0, **fields: object
) -> HandIn:
    return HandIn(
        learner=learner,
        exercise=exercise,
        course=COURSE,
        at=START + timedelta(minutes=minute),
        score=score,
        passed=score == 100.0,
        **{"minutes": 10.0, **fields},  # type: ignore[arg-type]
    )


def matrix(scores: Sequence[Sequence[float]]) -> tuple[list[UUID], list[HandIn]]:
    """Everybody (rows) tried everything (columns) once."""
    items = [uuid4() for _ in scores[0]]
    learners = [uuid4() for _ in scores]
    return items, [
        one(learner, item, score)
        for learner, row in zip(learners, scores, strict=True)
        for item, score in zip(items, row, strict=True)
    ]


def figures_of(item: UUID, hand_ins: Sequence[HandIn]) -> ItemFigures:
    return item_figures(
        [each for each in hand_ins if each.exercise == item], rests=rest_scores(hand_ins)
    )


def random_scores(people: int, items: int, seed: int) -> list[list[float]]:
    chance = random.Random(seed)
    able = [chance.gauss(0, 1) for _ in range(people)]
    return [
        [100.0 if chance.gauss(a, 1) > (item - items / 2) / 3 else 0.0 for item in range(items)]
        for a in able
    ]


@pytest.mark.parametrize("seed", range(5))
def test_discrimination_is_the_correlation_with_the_mean_of_the_others(seed: int) -> None:
    """The standard library's correlation, over plain means with the item taken out."""
    scores = random_scores(40, 8, seed)
    items, hand_ins = matrix(scores)
    for at, item in enumerate(items):
        own = [row[at] for row in scores]
        rest = [sum(row[:at] + row[at + 1 :]) / (len(row) - 1) for row in scores]
        found = figures_of(item, hand_ins).discrimination
        if len(set(own)) > 1:
            assert found is not None
            assert found.r == pytest.approx(correlation(own, rest), abs=1e-9)


def test_an_item_that_the_weak_solve_and_the_strong_miss_has_a_negative_figure() -> None:
    scores = [
        [100.0 * (person < 10), *[100.0 * (person >= n) for n in (5, 10, 15)]]
        for person in range(20)
    ]
    items, hand_ins = matrix(scores)
    upside_down, *others = (figures_of(item, hand_ins) for item in items)
    assert upside_down.discrimination is not None
    assert upside_down.discrimination.r < -0.5
    assert Look.DOES_NOT_SEPARATE in upside_down.looks(minutes=60)
    assert all(each.discrimination and each.discrimination.r > 0 for each in others[:1])


def test_who_tried_only_easy_items_does_not_look_strong() -> None:
    """Two halves of equal people; one half met three easy items, the other three hard ones."""
    item, easy, hard = uuid4(), [uuid4() for _ in range(3)], [uuid4() for _ in range(3)]
    hand_ins = []
    for number in range(40):
        learner, able = uuid4(), number % 4 >= 2
        others, base = (easy, 60.0) if number % 2 else (hard, 10.0)
        hand_ins += [one(learner, other, base + 30.0 * able) for other in others]
        hand_ins.append(one(learner, item, 100.0 * able))
    found = figures_of(item, hand_ins).discrimination
    assert found is not None
    assert found.r == pytest.approx(1.0)


def test_under_ten_learners_nothing_is_said_but_how_many() -> None:
    items, hand_ins = matrix(random_scores(FEWEST - 1, 5, 1))
    found = figures_of(items[0], hand_ins)
    assert found == ItemFigures(learners=FEWEST - 1, hand_ins=FEWEST - 1)
    assert found.looks(minutes=1) == ()


@pytest.mark.parametrize(("people", "unsure"), [(9, False), (10, True), (29, True), (30, False)])
def test_under_thirty_it_comes_with_an_interval(people: int, unsure: bool) -> None:
    items, hand_ins = matrix(random_scores(people, 5, 2))
    assert figures_of(items[0], hand_ins).is_unsure is unsure


def test_difficulty_is_the_share_that_passed_at_first_and_its_interval_is_wilsons() -> None:
    item, learners = uuid4(), [uuid4() for _ in range(20)]
    hand_ins = [one(each, item, 100.0 if n < 8 else 0.0) for n, each in enumerate(learners)]
    hand_ins += [one(each, item, 100.0, minute=9) for each in learners]  # later: doesn't count
    solved = figures_of(item, hand_ins).solved
    assert solved is not None
    assert (solved.many, solved.of, solved.percent) == (8, 20, 40)
    # The ends p of Wilson's interval solve (x - np)² = z² np(1 - p).
    for end in (solved.low, solved.high):
        assert (8 - 20 * end) ** 2 == pytest.approx(1.96**2 * 20 * end * (1 - end))


def test_fishers_interval_covers_the_truth_95_times_in_100() -> None:
    chance, truth, hits = random.Random(7), 0.5, 0
    for _ in range(1000):
        pairs = []
        for _person in range(30):
            x = chance.gauss(0, 1)
            pairs.append((x, truth * x + math.sqrt(1 - truth**2) * chance.gauss(0, 1)))
        r = pearson(pairs)
        assert r is not None
        low, high = fisher(r, 30)
        hits += low <= truth <= high
    assert 925 <= hits <= 975


def test_what_does_not_vary_has_no_correlation() -> None:
    items, hand_ins = matrix([[100.0, *row] for row in random_scores(20, 4, 3)])
    found = figures_of(items[0], hand_ins)
    assert found.discrimination is None
    assert found.looks(minutes=60) == (Look.TOO_EASY,)


def test_tries_until_solved_first_and_last_scores_help_and_time() -> None:
    item, hand_ins = uuid4(), []
    for number in range(12):
        learner = uuid4()
        took = {"minutes": 600.0 if number == 0 else float(number), "hints": number % 3}
        scores = [100.0] if number < 6 else [20.0, 100.0] if number < 9 else [0.0] * 6
        hand_ins += [one(learner, item, s, minute=n, **took) for n, s in enumerate(scores)]
    found = figures_of(item, hand_ins)
    assert (found.learners, found.hand_ins) == (12, 6 + 6 + 18)
    assert (found.tries, found.never) == ((6, 3, 0, 0), 3)
    assert found.first_scores == (3, 3, 0, 0, 6)
    assert found.last_scores == (3, 0, 0, 0, 9)
    assert found.minutes == 6.0, "the middle of 1 to 11: ten hours were not one go"
    assert found.helped is not None
    assert found.helped.many == 8


def test_what_goes_wrong_counts_each_thing_once_a_learner_at_first() -> None:
    item, hand_ins = uuid4(), []
    for number in range(10):
        learner = uuid4()
        wrong = ("rule:A", "rule:A", "rule:B") if number < 7 else ("rule:B",)
        cell = {"fee": "lucky" if number < 4 else "solid"}
        hand_ins.append(one(learner, item, 0.0, wrong=wrong, decisions=cell))
        hand_ins.append(one(learner, item, 0.0, minute=5, wrong=("rule:C",)))
    found = figures_of(item, hand_ins)
    assert found.wrong == (("rule:B", 10), ("rule:A", 7))
    assert found.decisions == {"fee": {"lucky": 4, "solid": 6}}


def test_bars_hold_their_lower_edge_and_the_last_holds_100() -> None:
    assert histogram([0.0, 19.9, 20.0, 79.9, 80.0, 100.0, None]) == (3, 1, 0, 1, 2)


def test_slow_and_often_appealed_items_are_named() -> None:
    item = uuid4()
    hand_ins = [one(uuid4(), item, 50.0 * (n % 3), minutes=25.0) for n in range(20)]
    found = item_figures(hand_ins, rests={}, appeals=2)
    assert set(found.looks(minutes=12)) == {Look.SLOW, Look.APPEALED}
    assert found.looks(minutes=13) == (Look.APPEALED,)
    assert item_figures(hand_ins, rests={}, appeals=1).looks(minutes=13) == ()


def test_figures_survive_their_json() -> None:
    items, hand_ins = matrix(random_scores(12, 6, 4))
    found = figures_of(items[2], hand_ins)
    assert ItemFigures.from_json(found.as_json()) == found
