"""The model of skill finds what simulated learners can do, and knows how sure it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.learning.estimate import (
    Estimate,
    Observation,
    difficulty_of,
    estimate,
    expected_share,
    freshness,
    gain,
    hint_weight,
)

LEARNERS = 300
NOW = datetime(2026, 11, 23, tzinfo=UTC)

observations = st.lists(
    st.builds(
        Observation,
        share=st.floats(0, 1),
        difficulty=st.floats(-3, 3),
        weight=st.floats(0, 1),
    ),
    max_size=30,
)


def tasks_of(ability: float, *, many: int, chance: Random) -> list[Observation]:
    """What a learner of this ability does with so many tasks of all difficulties."""
    difficulties = [chance.uniform(-2, 2) for _ in range(many)]
    return [
        Observation(share=float(chance.random() < expected_share(ability, each)), difficulty=each)
        for each in difficulties
    ]


def simulated(many: int, *, seed: int) -> list[tuple[float, Estimate]]:
    chance = Random(seed)
    abilities = [chance.gauss(0, 1.2) for _ in range(LEARNERS)]
    return [(each, estimate(tasks_of(each, many=many, chance=chance))) for each in abilities]


def rank_correlation(pairs: list[tuple[float, float]]) -> float:
    """Spearman's, for values without ties."""
    ranks = [
        {value: rank for rank, value in enumerate(sorted(side))}
        for side in zip(*pairs, strict=True)
    ]
    squares = sum((ranks[0][one] - ranks[1][other]) ** 2 for one, other in pairs)
    many = len(pairs)
    return 1 - 6 * squares / (many * (many**2 - 1))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_forty_tasks_put_learners_in_their_order(seed: int) -> None:
    found = [(ability, each.ability) for ability, each in simulated(40, seed=seed)]

    assert rank_correlation(found) >= 0.9


@pytest.mark.parametrize("many", [3, 10, 40])
def test_the_interval_holds_the_truth_about_95_times_in_100(many: int) -> None:
    found = simulated(many, seed=10 + many)

    covered = sum(each.low_ability <= ability <= each.high_ability for ability, each in found)

    assert 0.90 <= covered / LEARNERS <= 0.98


def test_more_tasks_make_the_interval_narrower() -> None:
    few, many = (simulated(number, seed=5) for number in (5, 40))

    def width(found: list[tuple[float, Estimate]]) -> float:
        return sum(each.high_ability - each.low_ability for _, each in found)

    assert width(many) < 0.7 * width(few)


def test_the_same_success_says_more_on_a_harder_task() -> None:
    easy = estimate([Observation(share=1, difficulty=-2)] * 3)
    hard = estimate([Observation(share=1, difficulty=2)] * 3)

    assert hard.ability > easy.ability


def test_one_slip_of_somebody_able_moves_little() -> None:
    able = [Observation(share=1)] * 20

    assert estimate(able).score - estimate([*able, Observation(share=0, difficulty=-2)]).score < 8


@given(observations)
def test_a_score_lies_within_its_interval(tasks: list[Observation]) -> None:
    found = estimate(tasks)

    assert 0 <= found.low <= found.score <= found.high <= 100


@given(observations, st.randoms())
def test_the_order_of_tasks_changes_nothing(tasks: list[Observation], chance: Random) -> None:
    other = list(tasks)
    chance.shuffle(other)

    assert estimate(tasks).ability == pytest.approx(estimate(other).ability, abs=1e-9)


@given(observations, st.floats(-3, 3))
def test_a_success_never_lowers_a_score(tasks: list[Observation], difficulty: float) -> None:
    better = [*tasks, Observation(share=1, difficulty=difficulty)]

    assert estimate(better).ability >= estimate(tasks).ability - 1e-9


@given(observations)
def test_a_task_without_weight_says_nothing(tasks: list[Observation]) -> None:
    padded = [*tasks, Observation(share=0, weight=0)]

    assert estimate(padded).ability == pytest.approx(estimate(tasks).ability, abs=1e-9)


def test_without_a_task_anything_is_possible() -> None:
    found = estimate([])

    assert found.score == 50
    assert found.low < 10
    assert found.high > 90


def test_a_task_says_half_as_much_after_half_a_year() -> None:
    assert freshness(NOW - timedelta(days=180), NOW) == 0.5
    assert freshness(NOW, NOW) == 1
    assert freshness(NOW + timedelta(days=1), NOW) == 1


def test_each_hint_makes_a_task_say_less() -> None:
    assert [hint_weight(hints) for hints in range(5)] == [1.0, 0.75, 0.5, 0.25, 0.25]


def test_a_task_that_few_have_tried_counts_as_middling() -> None:
    assert difficulty_of([]) == 0
    assert abs(difficulty_of([0.0])) < 0.3
    assert difficulty_of([0.0] * 100) > 2
    assert difficulty_of([1.0] * 100) < -2


@given(st.lists(st.floats(0, 1), max_size=40))
def test_a_difficulty_is_a_number_whatever_people_reach(shares: list[float]) -> None:
    assert -6 < difficulty_of(shares) < 6


def test_difficulties_are_found_from_first_tries() -> None:
    chance = Random(7)
    people = [chance.gauss(0, 1.2) for _ in range(200)]
    true = [-1.5, -0.5, 0.0, 0.5, 1.5]

    found = [
        difficulty_of([float(chance.random() < expected_share(each, hard)) for each in people])
        for hard in true
    ]

    assert found == sorted(found)
    assert all(abs(one - other) < 0.7 for one, other in zip(found, true, strict=True))


def test_a_gain_has_an_interval_that_covers_it() -> None:
    chance = Random(3)
    inside = 0
    for _ in range(60):
        before = chance.gauss(0, 1.2)
        after = before + abs(chance.gauss(0.8, 0.5))
        found = gain(
            tasks_of(before, many=8, chance=chance), tasks_of(after, many=8, chance=chance)
        )
        true = 100 * (expected_share(after) - expected_share(before))
        inside += found.low <= true <= found.high
    assert inside >= 54


def test_no_change_is_not_called_a_gain() -> None:
    same = [Observation(share=share) for share in (1, 0, 1, 1, 0, 1, 0, 1)]

    found = gain(same, same)

    assert found.points == 0
    assert not found.certain
