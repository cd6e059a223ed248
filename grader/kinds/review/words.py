"""The eight categories and three severities, and how a nudge names a kind of problem."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Category(StrEnum):
    """What kind of problem a defect is."""

    LOGIC = "logic"
    REQUIREMENT = "requirement"
    DATA = "data"
    ERRORS = "errors"
    SECURITY = "security"
    PERFORMANCE = "performance"
    API = "api"
    TESTS = "tests"


class Severity(StrEnum):
    """How bad a defect is, the worst first."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def weight(self) -> int:
        return {"critical": 3, "major": 2, "minor": 1}[self.value]

    def steps_to(self, other: Severity) -> int:
        order = list(Severity)
        return abs(order.index(self) - order.index(other))


class Call(StrEnum):
    """What is to be done with the output."""

    USE = "use"
    FIX = "fix"
    REJECT = "reject"


class Sure(StrEnum):
    """How sure the learner is, asked with each finding and with the call. Never scored."""

    GUESS = "guess"
    FAIRLY = "fairly"
    CERTAIN = "certain"


NUDGES: Mapping[Category, str] = {
    Category.LOGIC: "a value at the edge of a rule, or the order in which things happen",
    Category.REQUIREMENT: "a rule of the request that isn’t kept",
    Category.DATA: "the kind of value that is worked with",
    Category.ERRORS: "what happens when something goes wrong",
    Category.SECURITY: "what someone with bad intent could do",
    Category.PERFORMANCE: "how much work is done when there is a lot of it",
    Category.API: "something that may not exist, or not work like this",
    Category.TESTS: "a check that proves less than it seems to",
}
"""What a missed defect is about, in words that name its kind and nothing else."""
