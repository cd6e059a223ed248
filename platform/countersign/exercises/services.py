"""What is done with exercises."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from countersign.exercises.models import Exercise, ExerciseVersion, SealedFiles
from countersign.organisations.models import Organisation
from grader.exercise import Exercise as GradedExercise


class BelongsElsewhere(Exception):
    """An exercise with this uuid is somebody else's: a copy needs a uuid of its own."""


@transaction.atomic
def keep_version(
    graded: GradedExercise, *, organisation: Organisation | None = None
) -> ExerciseVersion:
    """The version with this content, made if it is new. The same content is one version.

    ``organisation`` is whose exercise it is; None for the site's own. Raises BelongsElsewhere.
    """
    exercise, _ = Exercise.objects.get_or_create(
        pk=graded.uuid, defaults={"organisation": organisation}
    )
    if exercise.organisation_id != (organisation.pk if organisation else None):
        raise BelongsElsewhere(str(graded.uuid))
    known = ExerciseVersion.objects.filter(
        exercise=exercise, content_hash=graded.content_hash
    ).first()
    return known or _make_version(exercise, graded)


def shown_fields(graded: GradedExercise) -> dict[str, Any]:
    """The fields of a version that say what a learner may see of it."""
    return {
        "content_hash": graded.content_hash,
        "kind": graded.kind,
        "title": graded.title,
        "summary": graded.summary,
        "minutes": graded.minutes,
        "skills": list(graded.skills),
        "aided": graded.aided,
        "is_open": graded.open,
        "brief": graded.brief,
        "shown": graded.shown(),
        "hints": list(graded.hints),
    }


def _make_version(exercise: Exercise, graded: GradedExercise) -> ExerciseVersion:
    last = exercise.versions.aggregate(last=Max("number"))["last"] or 0
    version = ExerciseVersion.objects.create(
        exercise=exercise, number=last + 1, **shown_fields(graded)
    )
    SealedFiles.objects.create(version=version, files=dict(graded.files))
    return version
