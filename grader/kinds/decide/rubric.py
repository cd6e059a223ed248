"""The reasons of a memo, marked by people: 15 points, by criteria of 0, 1 or 2. Pure functions.

A model may propose marks elsewhere; nothing here takes any but people's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.kinds.decide.marks import RUBRIC
from grader.verdict import Verdict

MOST = 2
"""The points of one criterion."""

SECOND_MARKER_EACH = 10
"""Every so many memos are marked by two people, so that their agreement can be told."""


@dataclass(frozen=True, kw_only=True)
class Marking:
    """One person's marks of one memo: points by criterion."""

    marker: str
    points: Mapping[str, int]


def is_complete(criteria: Sequence[str], marking: Marking) -> bool:
    """Whether every criterion has a mark that there is."""
    return set(marking.points) == set(criteria) and all(
        0 <= points <= MOST for points in marking.points.values()
    )


def rubric_points(criteria: Sequence[str], markings: Sequence[Marking]) -> float | None:
    """Of 15: the mean over the complete markings, rounded to 0.1; None without one."""
    complete = [each for each in markings if is_complete(criteria, each)]
    if not complete:
        return None
    shares = [sum(each.points.values()) / (MOST * len(criteria)) for each in complete]
    return round(RUBRIC * sum(shares) / len(shares), 1)


def agreement(one: Marking, other: Marking) -> float | None:
    """The share of criteria that two people marked alike; None where they share none."""
    shared = one.points.keys() & other.points.keys()
    if not shared:
        return None
    return sum(one.points[each] == other.points[each] for each in shared) / len(shared)


def needs_second_marker(number: int) -> bool:
    """Whether the memo of this number, counted from 1, is one that two people mark."""
    return number % SECOND_MARKER_EACH == 0


def with_rubric(verdict: Verdict, points: float | None) -> Verdict:
    """The verdict with its reasons marked: of 100. Without marks, or ungraded, it stays as it is.

    Marks add to a score and never change whether the memo passed.
    """
    if points is None or verdict.score is None:
        return verdict
    details = {**verdict.details, "points": {**verdict.details["points"], "rubric": points}}
    return replace(
        verdict,
        score=round(verdict.score + points, 1),
        max_score=verdict.max_score + RUBRIC,
        details=details,
    )
