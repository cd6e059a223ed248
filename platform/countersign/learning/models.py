"""Evidence of skills, one row per task and skill. Recomputed from results, never added to."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import models

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.submissions.models import Submission


class EvidenceQuerySet(TenantQuerySet["Evidence"]):
    def visible_to(self, user: User) -> EvidenceQuerySet:
        """One's own. Employers and instructors read snapshots."""
        return self.filter(enrolment__learner=user)


class Evidence(models.Model):
    """One graded observation about one skill: a learner's best on one exercise.

    ``difficulty`` is the exercise's in logits; ``weight`` is what the observation says after the
    hints that were opened, 0 to 1.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="evidence")
    skill = models.CharField(max_length=40)
    version = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    aided = models.BooleanField()
    best = models.FloatField()
    first = models.FloatField()
    passed = models.BooleanField()
    tries = models.PositiveIntegerField()
    hints = models.PositiveSmallIntegerField()
    engine = models.CharField(max_length=80)
    difficulty = models.FloatField(default=0.0)
    weight = models.FloatField(default=1.0)
    at = models.DateTimeField()

    objects = TenantManager.from_queryset(EvidenceQuerySet)()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "skill", "submission"], name="one_evidence_per_skill"
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.best:g}"


class ItemDifficulty(models.Model):
    """How hard an exercise proved to be, from everybody's first tries; no person is in it."""

    exercise = models.OneToOneField(
        Exercise, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    difficulty = models.FloatField()
    tries = models.PositiveIntegerField()
    measured_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.difficulty:+.1f} from {self.tries} first tries"


class LeftOutQuerySet(TenantQuerySet["LeftOut"]):
    def visible_to(self, user: User) -> LeftOutQuerySet:
        """One's own."""
        return self.filter(enrolment__learner=user)


class LeftOut(models.Model):
    """An exercise that a learner keeps out of what employers see of them."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="left_out")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = TenantManager.from_queryset(LeftOutQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "exercise"], name="left_out_once")
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} of {self.enrolment_id}"


class SittingQuerySet(TenantQuerySet["Sitting"]):
    def visible_to(self, user: User) -> SittingQuerySet:
        """One's own."""
        return self.filter(enrolment__learner=user)


class Sitting(models.Model):
    """One learner's one go at one form of a skill check.

    ``ends_at`` moves when the clock is paused. ``submission`` is what was handed in at the end;
    a sitting whose time is up is handed in by its learner's return or by the dispatcher.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="sittings")
    check_uuid = models.UUIDField()
    version = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="+")
    is_after = models.BooleanField()
    minutes = models.PositiveSmallIntegerField()
    extension = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    started_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_for = models.DurationField(default=timedelta)
    finished_at = models.DateTimeField(null=True, blank=True)
    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects = TenantManager.from_queryset(SittingQuerySet)()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "check_uuid", "is_after"], name="one_sitting_per_form"
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True) | models.Q(submission__isnull=False),
                name="a_finished_sitting_was_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} by {self.enrolment_id}"

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None and self.finished_at is None
