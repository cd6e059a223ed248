"""Evidence of skills, one row per task and skill. Recomputed from results, never added to."""

from __future__ import annotations

from django.db import models

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import ExerciseVersion
from countersign.submissions.models import Submission


class EvidenceQuerySet(TenantQuerySet["Evidence"]):
    def visible_to(self, user: User) -> EvidenceQuerySet:
        """One's own. Employers and instructors read snapshots."""
        return self.filter(enrolment__learner=user)


class Evidence(models.Model):
    """One graded observation about one skill: a learner's best on one exercise."""

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
