"""Access to models, their budget, what was asked, and the queue of those who wait for them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from countersign.common import clock
from countersign.organisations.models import Organisation


class ModelAccess(models.Model):
    """An organisation's own endpoint. The key is sealed for this very address: a new address
    needs its key again. ``key_tail`` is all that is ever shown of it."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="model_access"
    )
    is_on = models.BooleanField(default=True)
    base_url = models.URLField(max_length=300)
    sealed_key = models.BinaryField(default=b"")
    key_tail = models.CharField(max_length=4, blank=True)
    generator = models.CharField(max_length=120, blank=True)
    coach = models.CharField(max_length=120, blank=True)
    judge = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"Model access of {self.organisation_id}"

    def model_for(self, role: str) -> str:
        named: dict[str, str] = {
            "generator": self.generator,
            "coach": self.coach,
            "judge": self.judge,
        }
        return named[role]


class Endpoint(models.Model):
    """What we learned about one model at one address: its breaker, and how it can be asked.

    ``key`` is a hash of organisation, address and model. ``lacks`` lists reply formats that it
    refused. ``failures`` counts those in a row; ``recent`` holds the last outcomes, 1 for well.
    """

    key = models.CharField(primary_key=True, max_length=64)
    organisation = models.UUIDField(null=True, db_index=True)
    host = models.CharField(max_length=255)
    model = models.CharField(max_length=120)
    failures = models.PositiveIntegerField(default=0)
    recent = models.CharField(max_length=20, blank=True)
    openings = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    probe_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=16, blank=True)
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    lacks = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.model} at {self.host}"


class Purse(models.Model):
    """How much of a limit is used: by one ``scope`` within one ``period``.

    ``tokens`` holds what was spent and what is reserved. Nothing is given back that a crash left
    open.
    """

    scope = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    calls = models.PositiveIntegerField(default=0)
    tokens = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "period"], name="one_purse_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.period}"


class CallState(models.TextChoices):
    RESERVED = "reserved", "Under way"
    SETTLED = "settled", "Settled"
    LOST = "lost", "Never settled; counted in full"


class Call(models.Model):
    """One request to a model: the ledger's line and the call log. No text, no name, no person.

    ``about`` is the id of what it was made for (a submission); ``tokens_counted`` is what the
    limits counted: all that was reserved until it is settled.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(default=clock.now, db_index=True)
    organisation = models.UUIDField(null=True)
    cohort = models.UUIDField(null=True)
    about = models.UUIDField(null=True, db_index=True)
    role = models.CharField(max_length=12)
    prompt = models.CharField(max_length=60, blank=True)
    host = models.CharField(max_length=255)
    model = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=CallState, default=CallState.RESERVED)
    tokens_reserved = models.PositiveIntegerField()
    tokens_counted = models.PositiveIntegerField()
    tokens_in = models.PositiveIntegerField(null=True)
    tokens_out = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["organisation", "-at"], name="calls_by_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(tokens_counted__lte=models.F("tokens_reserved")),
                name="no_more_counted_than_reserved",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.model} {self.at:%H:%M:%S}"


class Sample(models.Model):
    """A reply, kept by a hash of everything that led to it: the same question costs nothing."""

    key = models.CharField(primary_key=True, max_length=64)
    text = models.TextField()
    model = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"Sample {self.key[:10]}"


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    GIVEN_UP = "given_up", "Given up"


class Job(models.Model):
    """Work that needs a model's key: claimed, leased and fenced as runs are.

    ``kind`` names who performs it (``llm.jobs``), ``subject`` what it is about.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    state = models.CharField(max_length=8, choices=JobState, default=JobState.QUEUED)
    claims = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    next_hint_at = models.DateTimeField(default=clock.now)
    queued_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)

    class Meta:
        ordering = ["queued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=["queued", "running"]),
                name="one_open_job_per_subject",
            ),
            models.CheckConstraint(
                condition=~Q(state="running")
                | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="a_running_job_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_hint_at"],
                condition=Q(state__in=["queued", "running"]),
                name="jobs_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
