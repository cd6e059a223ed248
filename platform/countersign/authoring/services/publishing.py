"""A proven text becomes a version that releases may hold."""

from __future__ import annotations

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.authoring.models import Checking, Manuscript, Revision
from countersign.authoring.services.writing import newest, settle
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import BelongsElsewhere, keep_version
from grader.exercise import from_files


class NotProven(Exception):
    """The newest checks of this very text don't say that it is proven."""


@transaction.atomic
def publish(*, manuscript: Manuscript, actor: User) -> ExerciseVersion:
    """Make the newest text a version of the organisation's exercise.

    Nothing changes for learners until a release holds it. Raises NotProven and BelongsElsewhere.
    """
    head = newest(manuscript)
    if not is_proven(head):
        raise NotProven
    graded = from_files(head.files)
    if graded.uuid != manuscript.exercise:
        raise BelongsElsewhere(str(graded.uuid))
    version = keep_version(graded, organisation=manuscript.organisation)
    settle(head)
    Revision.objects.unscoped().filter(pk=head.pk).update(published=version)
    audit.record(
        audit.Action.EXERCISE_PUBLISHED,
        actor=actor,
        organisation=manuscript.organisation_id,
        thing=manuscript,
        version=version.number,
    )
    return version


def is_proven(revision: Revision) -> bool:
    """Whether the newest checks of this text are over and found nothing to put right."""
    checks = Checking.objects.unscoped().filter(manuscript=revision.manuscript_id)
    newest_one = checks.of_content(revision.content_hash).first()
    return newest_one is not None and newest_one.is_proven
