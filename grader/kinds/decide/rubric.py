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


def judged_by_both(one: Marking, other: Marking) -> list[tuple[int, int]]:
    """What two people gave for the criteria that both marked."""
    shared = sorted(one.points.keys() & other.points.keys())
    return [(one.points[each], other.points[each]) for each in shared]


def needs_second_marker(number: int) -> bool:
    """Whether the memo of this number, counted from 1, is one that two people mark."""
    return number % SECOND_MARKER_EACH == 0


def with_rubric(verdict: Verdict, points: float | None) -> Verdict:
    """The verdict with these points for its reasons in place of those it had: of 100, or without
    points of 85. A verdict without a score, and one of other work, stays as it is.

    Marks add to a score and never change whether the memo passed.
    """
    parts = verdict.details.get("points")
    if verdict.score is None or not isinstance(parts, Mapping) or "rubric" not in parts:
        return verdict
    before = parts["rubric"]
    return replace(
        verdict,
        score=round(verdict.score - (before or 0) + (points or 0), 1),
        max_score=verdict.max_score + RUBRIC * ((points is not None) - (before is not None)),
        details={**verdict.details, "points": {**parts, "rubric": points}},
    )
