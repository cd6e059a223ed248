"""Runs and results. The run is the queue; a result is written once and never changed."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from countersign.accounts.models import User
from countersign.common import clock
from countersign.common.immutable import WrittenOnce
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import ExerciseVersion
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.submissions.models import Attempt, Submission
from grader.kinds.decide.rubric import MOST
from grader.verdict import Verdict


class RunState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"  # a result was written
    FAULT = "fault", "Our fault"  # set aside; no result, no attempt used
    CANCELLED = "cancelled", "Stopped"


class Reason(models.TextChoices):
    INITIAL = "initial", "Handed in"
    REGRADE = "regrade", "Regrade"
    RETRY = "retry", "Run again after our fault"
    MARKED = "marked", "Reasons marked by a person"  # made with its result; nothing is run
    TRIAL = "trial", "Dry run of a regrade"  # its verdict counts only when it is applied
    RESTORED = "restored", "Earlier result put back"  # made with its result; nothing is run


NOT_BY_THE_GRADER = (Reason.MARKED, Reason.TRIAL, Reason.RESTORED)


class Lane(models.TextChoices):
    FAST = "fast", "A learner waits"
    BULK = "bulk", "Nobody waits"


class RunQuerySet(TenantQuerySet["Run"]):
    def visible_to(self, user: User) -> RunQuerySet:
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(submission__attempt__enrolment__cohort__organisation__in=taught)

    def open(self) -> RunQuerySet:
        return self.filter(state__in=(RunState.QUEUED, RunState.RUNNING))

    def by_the_grader(self) -> RunQuerySet:
        """Those that ran or will and whose end is the submission's own: without dry runs, and
        without rows that only hold what people marked or put back."""
        return self.exclude(reason__in=NOT_BY_THE_GRADER)


class Run(models.Model):
    """One grading of one submission.

    ``lease_token`` is the fencing token: only who holds it may finish the run.
    ``claims`` rises at each claim, before any work; ``next_hint_at`` is when the dispatcher
    rings again. ``generator`` names the model that writes for this run, "" for none: such a run
    is graded once ``written_at`` says that all was written. ``trouble`` is why it was not.
    ``judged_by`` is the version whose key judges, None for the one it was handed in for.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=8, choices=Reason, default=Reason.INITIAL)
    lane = models.CharField(max_length=4, choices=Lane, default=Lane.FAST)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    claims = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_hint_at = models.DateTimeField(default=clock.now)
    queued_at = models.DateTimeField(default=clock.now, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    fault = models.TextField(blank=True)
    generator = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=16, blank=True)
    judged_by = models.ForeignKey(
        ExerciseVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TenantManager.from_queryset(RunQuerySet)()

    class Meta:
        ordering = ["queued_at"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_run_per_number"),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(state__in=["queued", "running"]) & ~Q(reason="trial"),
                name="one_open_run_per_submission",
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(state__in=["queued", "running"], reason="trial"),
                name="one_open_trial_per_submission",
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_token__isnull=False, lease_until__isnull=False)
                | ~Q(state="running"),
                name="a_running_run_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="run_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_hint_at"],
                condition=Q(state__in=["queued", "running"]),
                name="runs_due",
            ),
            models.Index(fields=["-claimed_at"], name="runs_by_claim"),
            models.Index(
                fields=["-finished_at"], condition=Q(state="fault"), name="runs_set_aside"
            ),
        ]

    def __str__(self) -> str:
        return f"Run {self.number} of {self.submission_id}"

    @property
    def waits_for_a_model(self) -> bool:
        return self.state == RunState.QUEUED and bool(self.generator) and self.written_at is None


class ResultQuerySet(TenantQuerySet["Result"]):
    def visible_to(self, user: User) -> ResultQuerySet:
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(
            Q(submission__attempt__enrolment__learner=user)
            | Q(submission__attempt__enrolment__cohort__organisation__in=taught)
        )

    def of(self, learner: User) -> ResultQuerySet:
        return self.filter(submission__attempt__enrolment__learner=learner)

    def counting(self) -> ResultQuerySet:
        """The newest result of each submission: the one that is shown and counts."""
        return self.filter(superseded_by=None)

    def with_work(self) -> ResultQuerySet:
        return self.select_related(
            "submission__attempt__version", "submission__attempt__enrolment__learner"
        )


class Result(models.Model):
    """What the grader found, as a learner may see it (``shown``), written once.

    ``status`` is the verdict's. ``score`` is 0 to ``max_score``, set exactly when passed or
    failed; ``max_score`` is 100, or less while a part waits for a person to mark it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="result")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="results")
    status = models.CharField(max_length=16)
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    max_score = models.DecimalField(max_digits=4, decimal_places=1, default=100)
    tests_passed = models.PositiveIntegerField()
    tests_total = models.PositiveIntegerField()
    shown = models.JSONField()
    engine = models.CharField(max_length=80)
    isolation = models.CharField(max_length=24)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="supersedes"
    )

    objects = TenantManager.from_queryset(ResultQuerySet)()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["passed", "failed"], score__isnull=False)
                | (~Q(status__in=["passed", "failed"]) & Q(score__isnull=True)),
                name="a_score_belongs_to_a_graded_result",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="a_score_is_0_to_100",
            ),
            models.CheckConstraint(
                condition=Q(max_score__gt=0, max_score__lte=100)
                & (Q(score__isnull=True) | Q(score__lte=F("max_score"))),
                name="a_score_is_at_most_its_maximum",
            ),
            models.CheckConstraint(
                condition=Q(tests_passed__lte=F("tests_total")),
                name="no_more_passed_than_there_are",
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(superseded_by__isnull=True),
                name="one_result_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.score if self.score is not None else ''}".strip()

    @property
    def passed(self) -> bool:
        return self.status == "passed"

    @property
    def judged_by(self) -> ExerciseVersion:
        """The version whose key judged: the one of the attempt, unless a regrade took another."""
        return self.run.judged_by or self.submission.attempt.version

    @property
    def percent(self) -> float | None:
        """The score as 0 to 100 of what could be reached, so that it compares with others."""
        return None if self.score is None else round(100 * float(self.score / self.max_score), 1)

    @property
    def verdict(self) -> Verdict:
        """The verdict as a learner may see it."""
        return Verdict.from_json(self.shown)


class SealedVerdict(models.Model):
    """The whole verdict, hidden values included. Staff only; never joined for learners."""

    result = models.OneToOneField(
        Result, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    verdict = models.JSONField()

    def __str__(self) -> str:
        return f"Sealed verdict of {self.result_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise WrittenOnce("A verdict can't be changed; regrade instead.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class TrialVerdict(models.Model):
    """What a dry run found, whole. Staff only; it becomes a result when its regrade is applied."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True, related_name="+")
    verdict = models.JSONField()
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"Dry run {self.run_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise WrittenOnce("What a dry run found can't be changed; run it anew instead.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class RubricMarkQuerySet(TenantQuerySet["RubricMark"]):
    def visible_to(self, user: User) -> RubricMarkQuerySet:
        """Those of the cohorts one teaches. Learners see points, never whose they are."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(submission__attempt__enrolment__cohort__organisation__in=taught)

    def blind_to(self, marker: User) -> RubricMarkQuerySet:
        """What this marker may see while they mark: their own alone."""
        return self.filter(marker=marker)


class RubricMark(models.Model):
    """One person's points for one criterion of a memo's rubric: who, when, and in their words."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="rubric_marks"
    )
    criterion = models.CharField(max_length=60)
    points = models.PositiveSmallIntegerField()
    marker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    marked_at = models.DateTimeField(default=clock.now)

    objects = TenantManager.from_queryset(RubricMarkQuerySet)()

    class Meta:
        ordering = ["marked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "criterion", "marker"], name="one_mark_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(points__lte=MOST), name="a_criterion_has_at_most_two_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class MarkedMemo(models.Model):
    """A memo's place in the order in which its organisation's memos were first marked.

    ``number`` counts from 1 and stays when marks are taken back, so nobody can choose which memos
    are marked twice.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, primary_key=True, related_name="marked_memo"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    needs_second = models.BooleanField()
    first_marked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_number_a_marked_memo"
            )
        ]

    def __str__(self) -> str:
        return f"Memo {self.number} of {self.organisation_id}"


class Beat(models.Model):
    """When a part last showed that it is alive."""

    name = models.CharField(primary_key=True, max_length=80)
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


class Decision(models.TextChoices):
    WAITING = "waiting", "Not decided yet"
    ACCEPTED = "accepted", "Joined the key"
    DECLINED = "declined", "Stays a false alarm"


class SuspectedDefectQuerySet(TenantQuerySet["SuspectedDefect"]):
    def visible_to(self, user: User) -> SuspectedDefectQuerySet:
        """Those of the cohorts one teaches. Their learners are told by the regraded result."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(submission__attempt__enrolment__cohort__organisation__in=taught)

    def waiting(self) -> SuspectedDefectQuerySet:
        return self.filter(decision=Decision.WAITING)

    def decidable_by(self, user: User) -> SuspectedDefectQuerySet:
        """Those that wait for this person. Nobody decides on their own."""
        return self.waiting().exclude(submission__attempt__enrolment__learner=user)


class SuspectedDefect(models.Model):
    """A comment of a review that the key calls a false alarm and its learner still stands by.

    Once accepted it is part of the key for the learner's organisation. ``number`` is the comment's
    within the submission; ``explain`` is what learners read about it after the end.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="suspected")
    number = models.PositiveSmallIntegerField()
    lines = models.CharField(max_length=16)
    category = models.CharField(max_length=16, blank=True)
    severity = models.CharField(max_length=12, blank=True)
    why = models.TextField(blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.WAITING)
    explain = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(SuspectedDefectQuerySet)()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_doubt_per_comment"),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="decision_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lines} of {self.submission_id}"


class ProbeState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    REFUSED = "refused", "Not an input that can be tried"
    FAULT = "fault", "Our fault"


class ProbeQuerySet(TenantQuerySet["Probe"]):
    def visible_to(self, user: User) -> ProbeQuerySet:
        return self.filter(attempt__enrolment__learner=user)


class Probe(models.Model):
    """One input that a learner tried on the wanted function. ``typed`` is by parameter name;
    ``called`` and ``gives`` are ready to show, ``said`` is why an input wasn't taken."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="probes")
    typed = models.JSONField()
    state = models.CharField(max_length=8, choices=ProbeState, default=ProbeState.WAITING)
    called = models.TextField(blank=True)
    gives = models.TextField(blank=True)
    said = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = TenantManager.from_queryset(ProbeQuerySet)()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.called} {self.get_state_display()}"
