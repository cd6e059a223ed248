"""People mark the reasons of a memo. Each marks blind: without name, and without others' marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.common import clock
from countersign.grading.models import RubricMark
from countersign.submissions.models import Submission
from grader.kinds.decide.rubric import MOST, Marking, rubric_points


class NoSuchMark(ValueError):
    """The memo has no such criterion, or the points aren't 0, 1 or 2."""


@transaction.atomic
def mark_memo(
    submission: Submission, *, marker: User, points: Mapping[str, int], note: str = ""
) -> None:
    """Keep one person's marks; marking again replaces their own. Raises NoSuchMark."""
    known = criteria_of(submission)
    if not set(points) <= set(known) or not all(0 <= each <= MOST for each in points.values()):
        raise NoSuchMark
    for criterion, given in points.items():
        RubricMark.objects.unscoped().update_or_create(
            submission=submission,
            criterion=criterion,
            marker=marker,
            defaults={"points": given, "note": note[:500], "marked_at": clock.now()},
        )
    audit.record(
        audit.Action.MEMO_MARKED,
        actor=marker,
        organisation=submission.attempt.enrolment.cohort.organisation_id,
        thing=submission,
        criteria=len(points),
    )


def criteria_of(submission: Submission) -> list[str]:
    """The criteria of the memo's rubric; none for other work."""
    return [each["id"] for each in submission.attempt.version.shown.get("rubric", ())]


def markings_of(submission: Submission) -> list[Marking]:
    """Everybody's marks of a memo."""
    found: dict[str, dict[str, int]] = {}
    for mark in RubricMark.objects.unscoped().filter(submission=submission):
        found.setdefault(str(mark.marker_id), {})[mark.criterion] = mark.points
    return [Marking(marker=marker, points=points) for marker, points in found.items()]


def points_for_reasons(submission: Submission) -> float | None:
    """Of 15, the mean of the complete markings; None while there is none."""
    return rubric_points(criteria_of(submission), markings_of(submission))


def marks_about(learner: User) -> Any:
    """Every mark of this person's memos. Who marked is not theirs to know."""
    return RubricMark.objects.unscoped().filter(submission__attempt__enrolment__learner=learner)
