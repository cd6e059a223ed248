"""What people gave for the reasons of a memo, and how far two of them agree. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from countersign.accounts.models import User
from countersign.grading.models import RubricMark
from countersign.submissions.models import Submission
from grader.kappa import kappa
from grader.kinds.decide.rubric import MOST, Marking, judged_by_both, rubric_points

ENOUGH_JUDGEMENTS = 20
"""Under so many marks by two people, nothing is said of their agreement."""


def criteria_of(submission: Submission) -> list[str]:
    """The criteria of the memo's rubric; none for other work."""
    return [each["id"] for each in submission.attempt.version.shown.get("rubric", ())]


def markings_of(submission: Submission) -> list[Marking]:
    """Everybody's marks of a memo, who marked first first."""
    return _markings(RubricMark.objects.unscoped().filter(submission=submission))


def _markings(marks: Iterable[RubricMark]) -> list[Marking]:
    found: dict[str, dict[str, int]] = {}
    for mark in marks:
        found.setdefault(str(mark.marker_id), {})[mark.criterion] = mark.points
    return [Marking(marker=marker, points=points) for marker, points in found.items()]


def points_for_reasons(submission: Submission) -> float | None:
    """Of 15, the mean of the complete markings; None while there is none."""
    return rubric_points(criteria_of(submission), markings_of(submission))


def marks_about(learner: User) -> Any:
    """Every mark of this person's memos. Who marked is not theirs to know."""
    return RubricMark.objects.unscoped().filter(submission__attempt__enrolment__learner=learner)


@dataclass(frozen=True, kw_only=True)
class MarkedReason:
    """One criterion as its learner sees it. ``points`` is the mean over the markers."""

    says: str
    points: float
    most: int = MOST


@dataclass(frozen=True, kw_only=True)
class MarkedReasons:
    """What people gave for a memo's reasons, and what they wrote. Nobody is named."""

    criteria: tuple[MarkedReason, ...]
    notes: tuple[str, ...]


def marked_reasons(submission: Submission) -> MarkedReasons | None:
    """For the memo's learner; None while nobody has marked it."""
    marks = list(RubricMark.objects.unscoped().filter(submission=submission))
    if not marks:
        return None
    given: dict[str, list[int]] = {}
    for mark in marks:
        given.setdefault(mark.criterion, []).append(mark.points)
    criteria = tuple(
        MarkedReason(says=each["says"], points=sum(points) / len(points))
        for each in submission.attempt.version.shown.get("rubric", ())
        if (points := given.get(each["id"]))
    )
    return MarkedReasons(
        criteria=criteria, notes=tuple({mark.note: 0 for mark in marks if mark.note})
    )


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two people marked alike: ``memos`` that both marked, ``judgements`` in them.
    ``share`` and ``kappa`` are None while there are too few to say."""

    memos: int
    judgements: int
    share: float | None
    kappa: float | None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else 100 * self.share


def agreement(viewer: User) -> Agreement:
    """Over the memos of the organisations where this person teaches that two people marked; of
    more than two the first two count."""
    marks = RubricMark.objects.visible_to(viewer).order_by("submission", "marked_at", "pk")
    by_memo: dict[UUID, list[RubricMark]] = {}
    for mark in marks:
        by_memo.setdefault(mark.submission_id, []).append(mark)
    twice = [found for each in by_memo.values() if len(found := _markings(each)) > 1]
    pairs = [pair for first, second, *_ in twice for pair in judged_by_both(first, second)]
    if len(pairs) < ENOUGH_JUDGEMENTS:
        return Agreement(memos=len(twice), judgements=len(pairs), share=None, kappa=None)
    alike = sum(one == other for one, other in pairs) / len(pairs)
    return Agreement(memos=len(twice), judgements=len(pairs), share=alike, kappa=kappa(pairs))
