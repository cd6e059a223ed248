"""What a learner makes: attempts, drafts and submissions. A submission is written once."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import ExerciseVersion
from countersign.organisations.permissions import Permission, organisation_ids
from grader.answer import Answer


class State(models.TextChoices):
    """Where a submission is. Only GRADED carries a score."""

    RECEIVED = "received", "Received"
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    GRADED = "graded", "Graded"
    INVALID = "invalid", "Could not be read"
    TIMED_OUT = "timed_out", "Stopped: too slow"
    OUT_OF_MEMORY = "out_of_memory", "Stopped: too much memory"
    OUTPUT_LIMIT = "output_limit", "Stopped: too much output"
    PLATFORM_ERROR = "platform_error", "Our fault"
    MODEL_AWAY = "model_away", "The model was not available"
    CANCELLED = "cancelled", "Stopped by the learner"

    @property
    def is_final(self) -> bool:
        return self not in UNFINISHED

    @property
    def uses_an_attempt(self) -> bool:
        """Work that ran and came to an end of its own making."""
        return self in COUNTED


UNFINISHED = (State.RECEIVED, State.QUEUED, State.RUNNING)
COUNTED = (State.GRADED, State.TIMED_OUT, State.OUT_OF_MEMORY, State.OUTPUT_LIMIT)


class AttemptQuerySet(TenantQuerySet["Attempt"]):
    def visible_to(self, user: User) -> AttemptQuerySet:
        """One's own, and those of the cohorts one teaches."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(
            Q(enrolment__learner=user) | Q(enrolment__cohort__organisation__in=taught)
        )

    def on(self, enrolment: Enrolment, version: ExerciseVersion) -> AttemptQuerySet:
        return self.filter(enrolment=enrolment, version=version)


class Attempt(models.Model):
    """A learner's work on one exercise version, in one cohort."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    version = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField(default=clock.now, editable=False)

    objects = TenantManager.from_queryset(AttemptQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "version"], name="one_attempt")]

    def __str__(self) -> str:
        return f"{self.enrolment.learner} on {self.version}"


class SubmissionQuerySet(TenantQuerySet["Submission"]):
    def visible_to(self, user: User) -> SubmissionQuerySet:
        """One's own, and those of the cohorts one teaches."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(
            Q(attempt__enrolment__learner=user)
            | Q(attempt__enrolment__cohort__organisation__in=taught)
        )

    def taught_by(self, user: User) -> SubmissionQuerySet:
        """Those of the cohorts one teaches, without one's own elsewhere."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(attempt__enrolment__cohort__organisation__in=taught)

    def of(self, learner: User) -> SubmissionQuerySet:
        return self.filter(attempt__enrolment__learner=learner)

    def unfinished(self) -> SubmissionQuerySet:
        return self.filter(state__in=UNFINISHED)

    def with_a_verdict(self) -> SubmissionQuerySet:
        """Those that the grader came to an end with: what a regrade is for."""
        return self.filter(state__in=(*COUNTED, State.INVALID))


class Submission(models.Model):
    """One hand-in. All but ``state`` is written once; ``state`` follows the newest run.

    ``number`` counts from 1 within the attempt. ``idempotency_key`` makes a repeated request
    the same submission.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    answer = models.JSONField()
    content_hash = models.CharField(max_length=64)
    idempotency_key = models.UUIDField()
    received_at = models.DateTimeField(default=clock.now, editable=False)
    state = models.CharField(max_length=16, choices=State, default=State.RECEIVED)

    objects = TenantManager.from_queryset(SubmissionQuerySet)()

    class Meta:
        ordering = ["attempt", "number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="one_number_an_attempt"),
            models.UniqueConstraint(
                fields=["attempt", "idempotency_key"], name="one_submission_per_key"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="submission_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="submissions_by_state")]

    def __str__(self) -> str:
        return f"Submission {self.number} of {self.attempt_id}"

    @property
    def as_answer(self) -> Answer:
        return Answer.from_json(self.answer)


class Draft(models.Model):
    """What the learner has typed and not handed in. ``revision`` tells two tabs apart."""

    attempt = models.OneToOneField(
        Attempt, on_delete=models.CASCADE, primary_key=True, related_name="draft"
    )
    answer = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"Draft {self.revision} of {self.attempt_id}"


class NoticeKind(models.TextChoices):
    """What is new about a submission."""

    COMMENT = "comment", "An instructor wrote about it"
    MARKED = "marked", "Its reasons were marked"
    ANSWERED = "answered", "An appeal was answered"


class NoticeQuerySet(TenantQuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """What is told to oneself, and to nobody else."""
        return self.filter(submission__attempt__enrolment__learner=user)

    def unseen(self) -> NoticeQuerySet:
        return self.filter(seen_at=None)


class Notice(models.Model):
    """Tells a learner in the product that there is something new about their work."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=NoticeKind)
    made_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(NoticeQuerySet)()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind"],
                condition=Q(seen_at=None),
                name="one_unseen_notice_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} about {self.submission_id}"
