"""The score of a code answer, for every shape of exercise."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grader.kinds.code.score import score
from grader.verdict import RequirementResult

Rules = list[RequirementResult]


def rules(weights: tuple[int, ...]) -> st.SearchStrategy[Rules]:
    """Some requirements with these weights to choose from, each with some checks passed."""

    def rule(parts: tuple[int, int, int]) -> RequirementResult:
        weight, total, passed = parts
        return RequirementResult(
            id="rule", says="A rule.", weight=weight, passed=min(passed, total), total=total
        )

    parts = st.tuples(st.sampled_from(weights), st.integers(0, 5), st.integers(0, 5))
    return st.lists(parts.map(rule), min_size=1, max_size=8)


requirements = rules((1, 2, 3))
constraints: st.SearchStrategy[Rules] = st.one_of(st.just([]), rules((0,)))


@given(requirements, constraints)
def test_a_score_is_from_0_to_100(tested: Rules, kept: Rules) -> None:
    assert 0 <= score(tested, kept) <= 100


@given(requirements, constraints)
def test_the_score_is_full_if_and_only_if_every_rule_holds(tested: Rules, kept: Rules) -> None:
    everything = all(rule.holds for rule in (*tested, *kept))

    assert (score(tested, kept) == 100) is everything


@given(requirements, constraints, st.data())
def test_one_more_rule_that_holds_never_lowers_the_score(
    tested: Rules, kept: Rules, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(tested) - 1))
    better = list(tested)
    better[at] = replace(tested[at], total=max(tested[at].total, 1))
    better[at] = replace(better[at], passed=better[at].total)

    assert score(better, kept) >= score(tested, kept)


@given(requirements)
def test_a_requirement_counts_whole_or_not_at_all(tested: Rules) -> None:
    halved = [rule if rule.holds else replace(rule, passed=0) for rule in tested]

    assert score(tested, []) == score(halved, [])


def test_a_requirement_without_any_check_does_not_hold() -> None:
    untested = RequirementResult(id="a", says="A.", weight=1, passed=0, total=0)

    assert score([untested], []) == 0


def test_weights_and_constraints_share_the_score_as_the_formula_says() -> None:
    heavy = RequirementResult(id="a", says="A.", weight=3, passed=2, total=2)
    light = RequirementResult(id="b", says="B.", weight=1, passed=1, total=2)
    kept = RequirementResult(id="c", says="C.", weight=0, passed=0, total=1)

    assert score([heavy, light], []) == 75
    assert score([heavy, light], [kept]) == 60
