"""Why there is no reply. Each page has words for each of these; a grade has none."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """What kept a model from answering. Stored and shown; never a verdict."""

    OFF = "off"  # no model is configured
    BUDGET_LEARNER = "budget_learner"
    BUDGET_COHORT = "budget_cohort"
    BUDGET_SITE = "budget_site"
    RESTING = "resting"  # the breaker is open
    FORBIDDEN = "forbidden"  # our own rules refuse the address
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    BUSY = "busy"  # 408, 409, 429
    NO_ACCESS = "no_access"  # 401, 403
    NO_CREDIT = "no_credit"  # 402
    NOT_FOUND = "not_found"  # 404: the address or the model's name
    REFUSED = "refused"  # other 4xx
    BROKEN = "broken"  # 5xx
    GARBLED = "garbled"  # not a reply of this protocol, or of another shape than asked for
    EMPTY = "empty"
    CUT = "cut"  # stopped at the length limit
    FILTERED = "filtered"  # the provider's content filter, or the model declined
    TOO_LARGE = "too_large"
    LATE = "late"  # nobody took the work in time

    @property
    def is_budget(self) -> bool:
        return self in BUDGETS

    @property
    def is_ours_to_mend(self) -> bool:
        """Whether an administrator has to change the set-up before anything can work."""
        return self in (Trouble.NO_ACCESS, Trouble.NO_CREDIT, Trouble.NOT_FOUND, Trouble.FORBIDDEN)


BUDGETS = frozenset({Trouble.BUDGET_LEARNER, Trouble.BUDGET_COHORT, Trouble.BUDGET_SITE})
WORTH_ANOTHER_TRY = frozenset({Trouble.UNREACHABLE, Trouble.BUSY, Trouble.BROKEN})
"""What may pass within seconds."""


class ModelAway(Exception):
    """There is no reply, and why. Never a reason for a grade to change."""

    def __init__(self, trouble: Trouble, says: str = "", *, retry_after: float | None = None):
        super().__init__(f"{trouble.value}: {says}" if says else trouble.value)
        self.trouble = trouble
        self.says = says
        self.retry_after = retry_after
