"""From checks to requirements, and from requirements to a score."""

from __future__ import annotations

from collections.abc import Sequence

from grader.kinds.code.spec import CodeSpec
from grader.verdict import RequirementResult, TestResult, TestStatus

TESTS_SHARE = 0.8
CONSTRAINTS_SHARE = 0.2


def requirement_results(
    spec: CodeSpec, tests: Sequence[TestResult]
) -> tuple[RequirementResult, ...]:
    """Each requirement in the author's order, with feedback where it doesn't hold."""
    return tuple(
        _result(each.id, each.says, each.weight, each.feedback, tests) for each in spec.requirements
    )


def constraint_results(
    spec: CodeSpec, tests: Sequence[TestResult]
) -> tuple[RequirementResult, ...]:
    """Each constraint as a rule without a weight of its own."""
    return tuple(_result(each.id, each.says, 0, each.feedback, tests) for each in spec.constraints)


def _result(
    rule: str, says: str, weight: float, feedback: str, tests: Sequence[TestResult]
) -> RequirementResult:
    own = [test for test in tests if test.requirement == rule]
    passed = sum(test.status is TestStatus.PASSED for test in own)
    result = RequirementResult(
        id=rule, says=says, weight=float(weight), passed=passed, total=len(own), feedback=feedback
    )
    return (
        result
        if not result.holds
        else RequirementResult(
            id=rule, says=says, weight=float(weight), passed=passed, total=len(own)
        )
    )


def score(
    requirements: Sequence[RequirementResult], constraints: Sequence[RequirementResult]
) -> float:
    """100 * (0.8 T + 0.2 C): T is the weighted share of requirements that hold, C the share of
    constraints. Without constraints it is 100 * T. Rounded to 0.1; 100 only if all hold."""
    weights = sum(each.weight for each in requirements)
    tested = sum(each.weight for each in requirements if each.holds) / weights
    if not constraints:
        return _rounded(tested, tested == 1)
    kept = sum(each.holds for each in constraints) / len(constraints)
    share = TESTS_SHARE * tested + CONSTRAINTS_SHARE * kept
    return _rounded(share, tested == 1 and kept == 1)


def _rounded(share: float, everything: bool) -> float:
    return 100.0 if everything else min(round(100 * share, 1), 99.9)
