"""Help that was given: hints, comments, and what a model said about a result."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from countersign.accounts.models import User
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.submissions.models import Attempt, Submission


class HintTaken(models.Model):
    """One rung of an exercise's hint ladder, opened by the learner. Rungs count from 1."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="hints_taken")
    rung = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["rung"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "rung"], name="a_rung_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"Hint {self.rung} of {self.attempt_id}"


class CommentText(models.Model):
    """An organisation's own words for a comment key, in place of those that come with us."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="comment_texts"
    )
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_text_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.organisation_id}"


class CommentKind(models.TextChoices):
    """How much a comment asks for."""

    ESSENTIAL = "essential", "Has to change"
    ACTIONABLE = "actionable", "Worth changing"
    INFORMATIVE = "informative", "Good to know"
    CELEBRATORY = "celebratory", "Well done"


class LibraryComment(models.Model):
    """A comment that an organisation's instructors keep for use again. ``{name}`` in its text
    stands for what the instructor fills in. One that is retired is offered no more."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="library_comments"
    )
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=CommentKind, default=CommentKind.ACTIONABLE)
    text = models.CharField(max_length=400)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_library_key"),
            models.CheckConstraint(
                condition=Q(kind__in=CommentKind.values), name="library_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.organisation_id}"


class InstructorCommentQuerySet(models.QuerySet["InstructorComment"]):
    def standing(self) -> InstructorCommentQuerySet:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)


class InstructorComment(models.Model):
    """What an instructor wrote about one submission, shown to equal work too (``shape``).

    ``line`` counts from 1 within ``file``; None for the whole. ``key`` names the comment of the
    library that it was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="instructor_comments"
    )
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    shape = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=12, choices=CommentKind, default=CommentKind.INFORMATIVE)
    key = models.CharField(max_length=40, blank=True)
    file = models.CharField(max_length=120, blank=True)
    line = models.PositiveIntegerField(null=True)
    text = models.TextField(max_length=1000)
    written_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InstructorCommentQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CommentKind.values), name="comment_kind_is_known"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "version", "shape"], name="comments_by_shape")
        ]

    def __str__(self) -> str:
        return f"Comment on {self.submission_id}"


class FeedbackState(models.TextChoices):
    """Each is told on the page, in words."""

    WAITING = "waiting", "On its way"
    READY = "ready", "Here"
    NOTHING = "nothing", "The model had nothing to ask"
    OFF = "off", "No model"
    UNAIDED = "unaided", "Work without help"
    AWAY = "away", "The model was away"
    BUDGET = "budget", "The budget was used up"
    WITHHELD = "withheld", "Kept back by our checks"


class FeedbackQuerySet(TenantQuerySet["Feedback"]):
    def visible_to(self, user: User) -> FeedbackQuerySet:
        """About one's own work, and about that of the cohorts one teaches."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(
            Q(result__submission__attempt__enrolment__learner=user)
            | Q(result__submission__attempt__enrolment__cohort__organisation__in=taught)
        )

    def of_cohorts_taught_by(self, user: User) -> FeedbackQuerySet:
        """About work of the cohorts one teaches, but not about one's own."""
        taught = organisation_ids(user, Permission.TEACH)
        rows = self.filter(result__submission__attempt__enrolment__cohort__organisation__in=taught)
        return rows.exclude(result__submission__attempt__enrolment__learner=user)

    def contested(self) -> FeedbackQuerySet:
        """Those that a learner calls wrong and nobody has decided on."""
        return self.filter(contested_at__isnull=False, upheld=None)


class Feedback(models.Model):
    """What a model said about one result, or why it said nothing. Never a score.

    ``issues`` are what passed the guard: ``{rule, file, line, quote, happens, question}``.
    ``prompt`` and ``prompt_hash`` name the numbered prompt, ``model`` who answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    result = models.OneToOneField(Result, on_delete=models.CASCADE, related_name="feedback")
    state = models.CharField(max_length=8, choices=FeedbackState, default=FeedbackState.WAITING)
    trouble = models.CharField(max_length=16, blank=True)
    issues = models.JSONField(default=list)
    prompt = models.CharField(max_length=40, blank=True)
    prompt_hash = models.CharField(max_length=64, blank=True)
    model = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True)
    is_useful = models.BooleanField(null=True)
    reported_at = models.DateTimeField(null=True)
    contested_at = models.DateTimeField(null=True)
    contest = models.CharField(max_length=600, blank=True)
    upheld = models.BooleanField(null=True)

    objects = TenantManager.from_queryset(FeedbackQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FeedbackState.values), name="feedback_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"Feedback on {self.result_id}: {self.state}"


class TurnState(models.TextChoices):
    WAITING = "waiting", "The model is writing"
    HERE = "here", "Here"
    TAKEN = "taken", "Taken"
    REFUSED = "refused", "Not taken"
    UNDONE = "undone", "Taken and undone"
    AWAY = "away", "The model was away"
    WITHHELD = "withheld", "Kept back by our checks"


class TurnQuerySet(TenantQuerySet["Turn"]):
    def visible_to(self, user: User) -> TurnQuerySet:
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(
            Q(attempt__enrolment__learner=user)
            | Q(attempt__enrolment__cohort__organisation__in=taught)
        )


class Turn(models.Model):
    """One question to the assistant in a code exercise, and the change that it suggested.

    ``files`` is the learner's work when they asked; ``text`` the suggested text of ``file``.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    asked = models.CharField(max_length=1000)
    files = models.JSONField()
    state = models.CharField(max_length=8, choices=TurnState, default=TurnState.WAITING)
    trouble = models.CharField(max_length=16, blank=True)
    says = models.TextField(blank=True)
    file = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    prompt = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(TurnQuerySet)()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="one_number_a_turn"),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(state="waiting"), name="one_question_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Turn {self.number} of {self.attempt_id}"


class AppealQuerySet(TenantQuerySet["Appeal"]):
    def visible_to(self, user: User) -> AppealQuerySet:
        """One's own, and those from the cohorts one teaches."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(
            Q(result__submission__attempt__enrolment__learner=user)
            | Q(result__submission__attempt__enrolment__cohort__organisation__in=taught)
        )

    def answerable_by(self, user: User) -> AppealQuerySet:
        """Those from the cohorts one teaches. Nobody answers their own."""
        taught = organisation_ids(user, Permission.TEACH)
        rows = self.filter(result__submission__attempt__enrolment__cohort__organisation__in=taught)
        return rows.exclude(result__submission__attempt__enrolment__learner=user)

    def open(self) -> AppealQuerySet:
        return self.filter(answered_at=None)


class Appeal(models.Model):
    """“I did say this”: a learner contests how their words were read. A person answers; nothing
    changes by itself. ``decision`` is the id of the decision, ``about`` its words."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="appeals")
    decision = models.CharField(max_length=80)
    about = models.CharField(max_length=300)
    says = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    upheld = models.BooleanField(null=True)
    reply = models.CharField(max_length=600, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(AppealQuerySet)()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["result", "decision"], name="one_appeal_a_decision")
        ]

    def __str__(self) -> str:
        return f"Appeal about {self.decision}"
