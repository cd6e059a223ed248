"""Exercises as an organisation's instructors write them, long before a learner meets them.

A manuscript is a folder of texts with a history. What is published becomes an
``ExerciseVersion``; what is written here may be as unfinished as it likes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from uuid import uuid4

from django.db import models
from django.db.models import Q

from countersign.accounts.models import User
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import ExerciseVersion
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids


def hash_of(files: Mapping[str, str]) -> str:
    """SHA-256 over texts by path, the same on every machine."""
    canonical = json.dumps(dict(files), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


class ManuscriptQuerySet(TenantQuerySet["Manuscript"]):
    def visible_to(self, user: User) -> ManuscriptQuerySet:
        """Those of the organisations where this person teaches."""
        return self.filter(organisation__in=organisation_ids(user, Permission.TEACH))


class Manuscript(models.Model):
    """One exercise being written. ``exercise`` is the uuid in its file: what it is published as.

    ``kind`` and ``title`` repeat what the newest text says, as far as it can be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="manuscripts"
    )
    exercise = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = TenantManager.from_queryset(ManuscriptQuerySet)()

    class Meta:
        ordering = ["title", "made_at"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_manuscript_per_slug")
        ]

    def __str__(self) -> str:
        return self.title


class RevisionQuerySet(TenantQuerySet["Revision"]):
    def visible_to(self, user: User) -> RevisionQuerySet:
        return self.filter(manuscript__in=Manuscript.objects.visible_to(user))


class Revision(models.Model):
    """The texts of a manuscript as they stood at one moment.

    While one person goes on typing, their newest revision takes the changes in; ``settled`` ends
    that. ``aside`` is a text that came too late: somebody else had saved the same part. It is
    kept beside the history until its writer takes it up or leaves it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    manuscript = models.ForeignKey(Manuscript, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    files = models.JSONField()
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now)
    settled = models.BooleanField(default=False)
    aside = models.BooleanField(default=False)
    note = models.CharField(max_length=120, blank=True)
    published = models.ForeignKey(
        ExerciseVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = TenantManager.from_queryset(RevisionQuerySet)()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["manuscript", "number"],
                condition=Q(aside=False),
                name="one_revision_per_number",
            ),
            models.UniqueConstraint(
                fields=["manuscript", "by"], condition=Q(aside=True), name="one_text_aside"
            ),
        ]

    def __str__(self) -> str:
        return f"Draft {self.number} of {self.manuscript_id}"


class CheckState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAULT = "fault", "Our fault"


class CheckingQuerySet(TenantQuerySet["Checking"]):
    def visible_to(self, user: User) -> CheckingQuerySet:
        return self.filter(manuscript__in=Manuscript.objects.visible_to(user))

    def due(self) -> CheckingQuerySet:
        """Those that wait, and those whose worker let the lease run out."""
        abandoned = Q(state=CheckState.RUNNING, lease_until__lt=clock.now())
        return self.filter(Q(state=CheckState.WAITING) | abandoned)

    def of_content(self, content_hash: str) -> CheckingQuerySet:
        return self.filter(content_hash=content_hash)


class Checking(models.Model):
    """One go of a worker over everything that an exercise has to prove.

    ``report`` is a list of steps as ``grader.checkup.Step.as_json`` writes them. ``lease`` and
    ``lease_until`` say who works on it: a worker that died is followed by another.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    manuscript = models.ForeignKey(Manuscript, on_delete=models.CASCADE, related_name="checkings")
    number = models.PositiveIntegerField()  # of the revision
    files = models.JSONField()
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=CheckState, default=CheckState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    problems = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    claims = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    objects = TenantManager.from_queryset(CheckingQuerySet)()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"Checks of draft {self.number} of {self.manuscript_id}"

    @property
    def is_over(self) -> bool:
        return self.state in (CheckState.DONE, CheckState.FAULT)

    @property
    def is_proven(self) -> bool:
        return self.state == CheckState.DONE and not self.problems


class CoursePlanQuerySet(TenantQuerySet["CoursePlan"]):
    def visible_to(self, user: User) -> CoursePlanQuerySet:
        """Those of the organisations where this person teaches."""
        return self.filter(organisation__in=organisation_ids(user, Permission.TEACH))


class CoursePlan(models.Model):
    """A course that an organisation puts together. ``outline`` is ``authoring.plans.Outline``;
    ``edition`` goes up with each save, so that two people notice each other."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="course_plans"
    )
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400, blank=True)
    most_tries = models.PositiveSmallIntegerField(null=True)
    gives_hints = models.BooleanField(default=True)
    outline = models.JSONField(default=list)
    edition = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now)

    objects = TenantManager.from_queryset(CoursePlanQuerySet)()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_plan_per_slug")
        ]

    def __str__(self) -> str:
        return self.title
