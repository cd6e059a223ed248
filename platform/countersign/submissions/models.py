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


class BuildTurnState(models.TextChoices):
    WAITING = "waiting", "The model is writing"
    OPEN = "open", "To be decided"
    NOTHING = "nothing", "No change came"
    ACCEPTED = "accepted", "Accepted"
    UNDONE = "undone", "Undone"
    TAKEN_BACK = "taken_back", "Accepted, then undone"
    AWAY = "away", "The model was away"


UNDECIDED = (BuildTurnState.WAITING, BuildTurnState.OPEN)


def _own_or_taught(user: User) -> Q:
    """An attempt's learner, and whoever teaches them."""
    taught = organisation_ids(user, Permission.TEACH)
    return Q(attempt__enrolment__learner=user) | Q(
        attempt__enrolment__cohort__organisation__in=taught
    )


class BuildTurnQuerySet(TenantQuerySet["BuildTurn"]):
    def visible_to(self, user: User) -> BuildTurnQuerySet:
        return self.filter(_own_or_taught(user))


class BuildTurn(models.Model):
    """One turn of a program built with a model: what was asked, what came, what was decided.

    ``session`` counts from 1; a learner may start over. ``asked`` is empty for an edit of their
    own. ``engine`` wrote the change, ``before`` are the files it was asked for. ``reply`` is a
    ``grader.kinds.build.partner.Reply`` as JSON. ``edited`` maps path to the accepted text where it
    isn't the proposed one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="build_turns")
    session = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    asked = models.CharField(max_length=1000, blank=True)
    engine = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=BuildTurnState, default=BuildTurnState.WAITING)
    trouble = models.CharField(max_length=16, blank=True)
    before = models.JSONField()
    reply = models.JSONField(null=True)
    edited = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now, editable=False)
    decided_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(BuildTurnQuerySet)()

    class Meta:
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "session", "number"], name="one_build_turn_per_number"
            ),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(state__in=["waiting", "open"]),
                name="one_undecided_turn_per_attempt",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BuildTurnState.values), name="build_turn_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Turn {self.number} of {self.attempt_id}"


class CheckRunState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    FAULT = "fault", "Our fault"


class CheckRunQuerySet(TenantQuerySet["CheckRun"]):
    def visible_to(self, user: User) -> CheckRunQuerySet:
        return self.filter(_own_or_taught(user))


class CheckRun(models.Model):
    """One run of the checks that a learner chose, on the files at hand while they build.

    ``turn`` is the one whose change was to be decided on, or the next edit of their own. ``chosen``
    are ids of the exercise's visible checks, ``own`` the learner's own lines. ``results`` are
    ``{id, title, held, called, expected, got, message}``, ``covered`` lines by file.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="check_runs")
    session = models.PositiveSmallIntegerField()
    turn = models.ForeignKey(
        BuildTurn, on_delete=models.SET_NULL, null=True, related_name="check_runs"
    )
    files = models.JSONField()
    chosen = models.JSONField()
    own = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=CheckRunState, default=CheckRunState.WAITING)
    results = models.JSONField(default=list)
    covered = models.JSONField(default=dict)
    problem = models.JSONField(null=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = TenantManager.from_queryset(CheckRunQuerySet)()

    class Meta:
        ordering = ["at"]
        indexes = [
            models.Index(fields=["at"], condition=Q(state="waiting"), name="check_runs_waiting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CheckRunState.values), name="check_run_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"Checks of {self.attempt_id}: {self.state}"


class ChainStepQuerySet(TenantQuerySet["ChainStep"]):
    def visible_to(self, user: User) -> ChainStepQuerySet:
        return self.filter(_own_or_taught(user))


class ChainStep(models.Model):
    """One link of a chain that was handed in, before the whole is. Written once.

    ``round`` counts from 1: after the last link a chain begins anew. ``given`` is the link's part
    of the answer; ``output`` is the code that the prompt got, on that link alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="chain_steps")
    round = models.PositiveIntegerField()
    link = models.CharField(max_length=8)
    given = models.JSONField()
    output = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = TenantManager.from_queryset(ChainStepQuerySet)()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "round", "link"], name="one_step_per_round_and_link"
            )
        ]

    def __str__(self) -> str:
        return f"{self.link} {self.round} of {self.attempt_id}"
