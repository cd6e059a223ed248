"""The coach's third layer: an instructor's comment, shown to everyone whose work is the same."""

from __future__ import annotations

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.coaching.models import InstructorComment
from countersign.coaching.shapes import shape_of
from countersign.common.text import storable
from countersign.submissions.models import Submission

LONGEST = 1000


@transaction.atomic
def comment_on(submission: Submission, *, text: str, author: User) -> InstructorComment:
    """Write a comment on a submission. Work of the same shape in the organisation gets it too.

    Raises UnstorableText.
    """
    organisation = submission.attempt.enrolment.cohort.organisation_id
    comment = InstructorComment.objects.create(
        organisation_id=organisation,
        version=submission.attempt.version,
        submission=submission,
        author=author,
        shape=shape_of(submission.as_answer.files) or "" if submission.as_answer.files else "",
        text=storable(text.strip())[:LONGEST],
    )
    audit.record(
        audit.Action.COMMENT_WRITTEN, actor=author, organisation=organisation, thing=comment
    )
    return comment


def comments_for(submission: Submission) -> list[InstructorComment]:
    """What the organisation’s instructors wrote about this work or its equal, newest first."""
    own = list(submission.instructor_comments.select_related("author"))
    files = submission.as_answer.files
    shape = shape_of(files) if files else None
    if shape is None:
        return own
    equal = (
        InstructorComment.objects.filter(
            organisation=submission.attempt.enrolment.cohort.organisation_id,
            version=submission.attempt.version,
            shape=shape,
        )
        .exclude(submission=submission)
        .select_related("author")
    )
    return [*own, *equal[:3]]
