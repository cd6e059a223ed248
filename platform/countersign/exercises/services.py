"""What is done with exercises."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from countersign.exercises.models import Exercise, ExerciseVersion, SealedFiles
from grader.exercise import Exercise as GradedExercise


@transaction.atomic
def keep_version(graded: GradedExercise) -> ExerciseVersion:
    """The version with this content, made if it is new. The same content is one version."""
    exercise, _ = Exercise.objects.get_or_create(pk=graded.uuid)
    known = ExerciseVersion.objects.filter(
        exercise=exercise, content_hash=graded.content_hash
    ).first()
    return known or _make_version(exercise, graded)


def _make_version(exercise: Exercise, graded: GradedExercise) -> ExerciseVersion:
    last = exercise.versions.aggregate(last=Max("number"))["last"] or 0
    version = ExerciseVersion.objects.create(
        exercise=exercise,
        number=last + 1,
        content_hash=graded.content_hash,
        kind=graded.kind,
        title=graded.title,
        summary=graded.summary,
        minutes=graded.minutes,
        skills=list(graded.skills),
        aided=graded.aided,
        is_open=graded.open,
        brief=graded.brief,
        shown=graded.shown(),
        hints=list(graded.hints),
    )
    SealedFiles.objects.create(version=version, files=dict(graded.files))
    return version
