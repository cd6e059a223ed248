"""What to say first about a verdict, when there is room for little."""

from __future__ import annotations

from grader.verdict import Verdict

MOST_ISSUES = 3


def issues(verdict: Verdict) -> tuple[str, ...]:
    """At most three sentences: what stopped the work, then the rules that don't hold, the
    weightiest first. Empty when everything holds."""
    stopped = [verdict.problem.message] if verdict.problem else []
    open_rules = [rule for rule in verdict.requirements if not rule.holds]
    by_weight = sorted(open_rules, key=lambda rule: -rule.weight)
    return tuple([*stopped, *(rule.feedback for rule in by_weight if rule.feedback)][:MOST_ISSUES])


def headline(verdict: Verdict) -> str:
    """One line: how many checks passed, or what kept the work from being graded."""
    if verdict.problem and not verdict.status.is_graded:
        return verdict.problem.message
    return f"{verdict.tests_passed} of {len(verdict.tests)} checks passed"
