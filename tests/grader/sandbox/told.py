"""What an outcome has to have told, for a test that reads on."""

from __future__ import annotations

from grader.sandbox.base import Outcome, Raised, SuiteOutcome, SuiteTest


def raised_in(outcome: Outcome | SuiteTest) -> Raised:
    """The exception of a call, a run or a test that has to have raised one."""
    assert outcome.raised is not None, outcome
    return outcome.raised


def problem_of(outcome: SuiteOutcome) -> Raised:
    """What kept a suite from starting, where something has to have done so."""
    assert outcome.problem is not None, outcome
    return outcome.problem
