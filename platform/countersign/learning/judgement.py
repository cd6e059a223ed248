"""A learner's judged work, read for the figures about trust and for what comes back.

The details of verdicts are sealed, since they hold keys. What leaves this module is counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from countersign.accounts.models import User
from countersign.grading.models import Result, SealedVerdict
from countersign.learning.practise import Due, Try, comes_back, troubles_of
from countersign.learning.trust import Said, Step, Trust, brier, reliability, said_in, trust_of

KINDS = ("quiz", "review", "decide")
"""Kinds whose verdicts tell of planted errors, or of how sure somebody was."""


@dataclass(frozen=True, kw_only=True)
class JudgedWork:
    """One graded try with its verdict's details."""

    exercise: UUID
    at: datetime
    passed: bool
    details: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a learner's first tries say about whom and what they trust."""

    trust: Trust
    answers: tuple[Said, ...]

    @property
    def brier(self) -> float | None:
        return brier(self.answers)

    @property
    def strip(self) -> tuple[Step, ...]:
        return reliability(self.answers)


def judged_work(learner: User) -> list[JudgedWork]:
    """Every graded try of the kinds in KINDS, the oldest first."""
    results = (
        Result.objects.visible_to(learner)
        .of(learner)
        .counting()
        .filter(score__isnull=False, submission__attempt__version__kind__in=KINDS)
        .defer("shown")
        .select_related("submission__attempt__version")
        .order_by("submission__received_at")
    )
    found = list(results)
    sealed = SealedVerdict.objects.in_bulk([result.pk for result in found])
    return [
        JudgedWork(
            exercise=result.submission.attempt.version.exercise_id,
            at=result.submission.received_at,
            passed=result.passed,
            details=sealed[result.pk].verdict.get("details", {}),
        )
        for result in found
    ]


def judgement(work: Iterable[JudgedWork]) -> Judgement:
    """The figures over the first try of each exercise: later ones know what was said."""
    first: dict[UUID, JudgedWork] = {}
    for each in work:
        first.setdefault(each.exercise, each)
    return Judgement(
        trust=sum((trust_of(each.details) for each in first.values()), Trust()),
        answers=tuple(said for each in first.values() for said in said_in(each.details)),
    )


def to_practise(work: Iterable[JudgedWork]) -> list[Due]:
    """What comes back, the soonest first."""
    return comes_back(
        Try(
            exercise=each.exercise,
            at=each.at,
            troubles=troubles_of(each.details, passed=each.passed),
        )
        for each in work
    )
