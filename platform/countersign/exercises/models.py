"""Exercises, and their versions, which never change.

What a learner may see lives on the version; what they may not (hidden tests, reference, answer
keys) lives sealed in a table of its own that no learner-facing query joins.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from countersign.common import clock
from countersign.common.immutable import WrittenOnce
from countersign.organisations.models import Organisation
from grader.exercise import Exercise as GradedExercise
from grader.exercise import from_files


class Exercise(models.Model):
    """An exercise through all its versions. The id is the uuid in its file.

    ``organisation`` is whose instructors wrote it; none for the site's own curriculum, which
    everyone may be given.
    """

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="exercises"
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return str(self.pk)


class ExerciseVersion(models.Model):
    """One immutable state of an exercise, as a learner may see it.

    ``shown`` is the kind's own public part (``grader.exercise.Exercise.shown()``); ``hints``
    are the author's three rungs, opened one at a time.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField()
    skills = models.JSONField()
    aided = models.BooleanField(default=True)
    is_open = models.BooleanField(default=False)
    brief = models.TextField()
    shown = models.JSONField()
    hints = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["exercise", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "content_hash"], name="one_version_per_content"
            ),
            models.UniqueConstraint(fields=["exercise", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce("An exercise version can't be changed; make a new one.")
        super().save(*args, **kwargs)

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The rules of a code exercise as the brief says them: ``{id, says}``."""
        return list(self.shown.get("requirements", []))


class SealedFiles(models.Model):
    """The whole folder of a version, hidden tests and reference included. Graders only."""

    version = models.OneToOneField(
        ExerciseVersion, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    files = models.JSONField()

    def __str__(self) -> str:
        return f"Sealed files of {self.version_id}"


@lru_cache(maxsize=256)
def graded_exercise(version_id: UUID) -> GradedExercise:
    """The exercise as the grader reads it, hidden parts included. Versions never change, so
    this is remembered. For grading and for revealing what a result allows; never for a brief."""
    return from_files(SealedFiles.objects.get(pk=version_id).files)
