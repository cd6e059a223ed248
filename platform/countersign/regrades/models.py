"""Regrades: much work judged anew at once, looked at first, then applied or dropped as a whole."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.grading.models import Result, Run
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.submissions.models import Submission


class Stage(models.TextChoices):
    """How far a regrade is. What its runs have come to is counted from them, never kept here."""

    DRY = "dry", "Dry run"
    APPLIED = "applied", "Applied"
    RECORDED = "recorded", "Recorded only"
    CANCELLED = "cancelled", "Cancelled"
    UNDONE = "undone", "Undone"


class Policy(models.TextChoices):
    """What becomes of the new results."""

    REPLACE = "replace", "Replace every result that differs"
    HIGHER = "higher", "Replace only where the new one is higher"
    RECORD = "record", "Change nothing, keep what was found"


class RegradeQuerySet(TenantQuerySet["Regrade"]):
    def visible_to(self, user: User) -> RegradeQuerySet:
        """Those of the organisations in which one may regrade."""
        return self.filter(organisation__in=organisation_ids(user, Permission.REGRADE))


class Regrade(models.Model):
    """One regrade of an organisation's work on one exercise.

    The scope: ``version`` and ``cohort`` narrow it, None for all; ``since`` and ``until`` are
    days of handing in, both inside. ``target`` judges; None: each by the version that it was
    handed in for. ``why`` is what learners read.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="regrades"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        ExerciseVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    target = models.ForeignKey(
        ExerciseVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRY)
    policy = models.CharField(max_length=8, choices=Policy, blank=True)
    why = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(RegradeQuerySet)()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="regrade_stage_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["applied", "recorded"])
                | Q(decided_at__isnull=False, policy__in=["replace", "higher", "record"]),
                name="a_decided_regrade_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Regrade of {self.exercise_id} at {self.made_at:%d %b %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.DRY


class EntryQuerySet(TenantQuerySet["Entry"]):
    def visible_to(self, user: User) -> EntryQuerySet:
        return self.filter(regrade__organisation__in=organisation_ids(user, Permission.REGRADE))

    def told_to(self, learner: User) -> EntryQuerySet:
        """Those that changed one of this learner's results and still stand."""
        return self.filter(
            submission__attempt__enrolment__learner=learner,
            regrade__stage=Stage.APPLIED,
            after__isnull=False,
        )


class Entry(models.Model):
    """One submission in a regrade.

    ``run`` is its newest dry run. ``before`` and ``after`` are set when the regrade changes its
    result: the one that counted and the one that does since.
    """

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="entries")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    run = models.OneToOneField(
        Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    before = models.ForeignKey(
        Result, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    after = models.OneToOneField(
        Result, on_delete=models.SET_NULL, null=True, blank=True, related_name="regraded_in"
    )

    objects = TenantManager.from_queryset(EntryQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regrade", "submission"], name="one_entry_per_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} in {self.regrade_id}"
