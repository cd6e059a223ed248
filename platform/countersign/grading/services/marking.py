"""People mark the reasons of a memo. Each marks blind: without name, and without others' marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from countersign import audit
from countersign.accounts.models import User
from countersign.common import clock
from countersign.common.text import storable
from countersign.grading.models import MarkedMemo, RubricMark
from countersign.grading.services.marks import criteria_of
from countersign.grading.services.settlement import settle_marks
from countersign.organisations.models import Organisation
from countersign.submissions.models import NoticeKind, State, Submission
from countersign.submissions.notices import tell
from grader.answer import Answer
from grader.kinds.decide.rubric import Marking, is_complete, needs_second_marker

LONGEST_NOTE = 500


class NotMarked(ValueError):
    """A criterion has no mark, the memo has no such criterion, or the points aren't 0, 1 or 2."""


class OwnMemo(Exception):
    """Nobody marks their own."""


def memos(viewer: User) -> QuerySet[Submission]:
    """The memos that this person may mark: the newest graded one of each learner's attempt in the
    cohorts that they teach, but not their own."""
    newer = Submission.objects.unscoped().filter(
        attempt=OuterRef("attempt"), state=State.GRADED, number__gt=OuterRef("number")
    )
    rows: QuerySet[Submission] = (
        Submission.objects.visible_to(viewer)
        .taught_by(viewer)
        .filter(
            ~Exists(newer),
            attempt__version__kind="decide",
            attempt__enrolment__ended_at=None,
            state=State.GRADED,
        )
        .exclude(attempt__enrolment__learner=viewer)
    )
    return rows


def memos_to_mark(viewer: User) -> QuerySet[Submission]:
    """Those that wait for this person, the oldest first: marked by nobody, or one of those that
    two people mark, with one other person's marks so far."""
    mine = RubricMark.objects.unscoped().filter(submission=OuterRef("pk"), marker=viewer)
    return (
        memos(viewer)
        .annotate(markers=Count("rubric_marks__marker", distinct=True))
        .filter(~Exists(mine), Q(markers=0) | Q(markers=1, marked_memo__needs_second=True))
        .order_by("received_at", "pk")
    )


def memos_for_a_second(viewer: User) -> QuerySet[Submission]:
    """Those that this person has marked and that wait for somebody else's marks."""
    mine = RubricMark.objects.unscoped().filter(submission=OuterRef("pk"), marker=viewer)
    return (
        memos(viewer)
        .annotate(markers=Count("rubric_marks__marker", distinct=True))
        .filter(Exists(mine), markers=1, marked_memo__needs_second=True)
    )


@transaction.atomic
def mark_memo(
    submission: Submission, *, marker: User, points: Mapping[str, int], note: str = ""
) -> None:
    """Keep one person's marks and bring them into the score. Marking again replaces their own;
    the audit log keeps what they were. Raises NotMarked, OwnMemo or UnstorableText."""
    if submission.attempt.enrolment.learner_id == marker.pk:
        raise OwnMemo
    if not is_complete(criteria_of(submission), Marking(marker="", points=points)):
        raise NotMarked
    organisation = submission.attempt.enrolment.cohort.organisation_id
    _number(submission, Organisation.objects.select_for_update().get(pk=organisation))
    for criterion, given in points.items():
        RubricMark.objects.unscoped().update_or_create(
            submission=submission,
            criterion=criterion,
            marker=marker,
            defaults={
                "points": given,
                "note": storable(note.strip())[:LONGEST_NOTE],
                "marked_at": clock.now(),
            },
        )
    audit.record(
        audit.Action.MEMO_MARKED,
        actor=marker,
        organisation=organisation,
        thing=submission,
        points=dict(points),
    )
    settle_marks(submission)
    tell([submission], NoticeKind.MARKED)


def _number(submission: Submission, organisation: Organisation) -> None:
    """Give the memo the next number when it is marked for the first time. Needs the organisation's
    row held, so that no two memos get the same."""
    if MarkedMemo.objects.filter(submission=submission).exists():
        return
    marked = MarkedMemo.objects.filter(organisation=organisation)
    number = (marked.aggregate(last=Max("number"))["last"] or 0) + 1
    MarkedMemo.objects.create(
        submission=submission,
        organisation=organisation,
        number=number,
        needs_second=needs_second_marker(number),
    )


@transaction.atomic
def take_marks_back(submission: Submission, *, marker: User) -> bool:
    """Take one's own marks off a memo, and out of its score. False: there were none."""
    mine = RubricMark.objects.unscoped().filter(submission=submission, marker=marker)
    points = dict(mine.values_list("criterion", "points"))
    if not points:
        return False
    mine.delete()
    audit.record(
        audit.Action.MEMO_UNMARKED,
        actor=marker,
        organisation=submission.attempt.enrolment.cohort.organisation_id,
        thing=submission,
        points=points,
    )
    settle_marks(submission)
    return True


def blinded(submission: Submission) -> Answer:
    """The memo without its learner's name and address where they wrote them."""
    learner = submission.attempt.enrolment.learner
    words = [word for word in learner.display_name.split() if len(word) > 2]
    whole = "|".join(re.escape(each) for each in (learner.email, learner.display_name) if each)
    parts = "|".join(rf"\b{re.escape(word)}\b" for word in words)
    patterns = [re.compile(whole, re.IGNORECASE), *([re.compile(parts)] if parts else [])]
    answer = submission.as_answer
    return replace(answer, fields=_without(answer.fields, patterns))


def _without(value: Any, patterns: list[re.Pattern[str]]) -> Any:
    if isinstance(value, str):
        for pattern in patterns:
            value = pattern.sub("▒▒▒", value)
        return value
    if isinstance(value, Mapping):
        return {key: _without(part, patterns) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, patterns) for part in value]
    return value
