"""The coach's third layer: an instructor's comment, shown to everyone whose work is the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from countersign import audit
from countersign.accounts.models import User
from countersign.coaching.models import CommentKind, InstructorComment
from countersign.coaching.shapes import line_in_equal, shape_of
from countersign.common import clock
from countersign.common.text import storable
from countersign.submissions.models import NoticeKind, Submission
from countersign.submissions.notices import tell

LONGEST = 1000
MOST_OF_EQUALS = 3


class NoSuchLine(ValueError):
    """The submission has no such file or no such line."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A line of a submission's file, from 1."""

    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """A comment as it stands beside one submission: ``line`` is where it is in that one's file."""

    comment: InstructorComment
    line: int | None
    is_about_equal_work: bool


@transaction.atomic
def comment_on(
    submission: Submission,
    *,
    text: str,
    author: User,
    kind: CommentKind = CommentKind.INFORMATIVE,
    place: Place | None = None,
    key: str = "",
) -> InstructorComment:
    """Write a comment on a submission. Work of the same shape in the organisation gets it too,
    and all who get it are told. Raises UnstorableText or NoSuchLine."""
    if place is not None:
        _refuse_missing(submission, place)
    organisation = submission.attempt.enrolment.cohort.organisation_id
    comment = InstructorComment.objects.create(
        organisation_id=organisation,
        version=submission.attempt.version,
        submission=submission,
        author=author,
        shape=_shape(submission) or "",
        kind=kind,
        key=key,
        file=place.file if place else "",
        line=place.line if place else None,
        text=storable(text.strip())[:LONGEST],
    )
    audit.record(
        audit.Action.COMMENT_WRITTEN, actor=author, organisation=organisation, thing=comment
    )
    tell([submission, *_equal_work(comment)], NoticeKind.COMMENT)
    return comment


def _refuse_missing(submission: Submission, place: Place) -> None:
    text = submission.as_answer.files.get(place.file)
    if text is None or not 1 <= place.line <= len(text.splitlines()):
        raise NoSuchLine(f"{place.file}:{place.line}")


def _shape(submission: Submission) -> str | None:
    files = submission.as_answer.files
    return shape_of(files) if files else None


def _equal_work(comment: InstructorComment) -> list[Submission]:
    """The newest submissions of other attempts in the organisation that are the same work."""
    if not comment.shape:
        return []
    newer = Submission.objects.unscoped().filter(
        attempt=OuterRef("attempt"), number__gt=OuterRef("number")
    )
    others = (
        Submission.objects.unscoped()
        .filter(
            ~Exists(newer),
            attempt__version=comment.version_id,
            attempt__enrolment__cohort__organisation=comment.organisation_id,
        )
        .exclude(attempt=comment.submission.attempt_id)
    )
    return [each for each in others if _shape(each) == comment.shape]


@transaction.atomic
def withdraw_comment(comment: InstructorComment, *, actor: User) -> bool:
    """Nobody is shown it any more. False: it was withdrawn before."""
    rows = InstructorComment.objects.standing().filter(pk=comment.pk)
    changed = rows.update(withdrawn_at=clock.now())
    if changed:
        audit.record(
            audit.Action.COMMENT_WITHDRAWN,
            actor=actor,
            organisation=comment.organisation_id,
            thing=comment,
        )
    return bool(changed)


def comments_for(submission: Submission) -> list[Told]:
    """What the organisation’s instructors wrote about this work or its equal, newest first."""
    own = submission.instructor_comments.standing().select_related("author")
    told = [Told(comment=each, line=each.line, is_about_equal_work=False) for each in own]
    shape = _shape(submission)
    if shape is None:
        return told
    equal = (
        InstructorComment.objects.standing()
        .filter(
            organisation=submission.attempt.enrolment.cohort.organisation_id,
            version=submission.attempt.version,
            shape=shape,
        )
        .exclude(submission=submission)
        .select_related("author", "submission")
    )
    return [*told, *(_carried_over(each, submission) for each in equal[:MOST_OF_EQUALS])]


def _carried_over(comment: InstructorComment, submission: Submission) -> Told:
    """The comment beside equal work, on the line where the same statement stands."""
    line = None
    if comment.line is not None:
        one = comment.submission.as_answer.files.get(comment.file, "")
        other = submission.as_answer.files.get(comment.file, "")
        line = line_in_equal(one, comment.line, other)
    return Told(comment=comment, line=line, is_about_equal_work=True)
