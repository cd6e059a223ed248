"""Badges and certificates, the keys that sign them, and the public list of withdrawn ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q

from countersign.accounts.models import User
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet

GOOD_FOR = timedelta(days=730)


class SigningKey(models.Model):
    """An Ed25519 key of this site. A retired key still verifies; a compromised one doesn't.

    ``public`` holds 32 raw bytes; ``sealed`` the private key, readable with the site's secret.
    """

    kid = models.CharField(primary_key=True, max_length=40)
    public = models.BinaryField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.kid


class StatusEntry(models.Model):
    """One place in the public status list. It outlives the credential and names nobody."""

    index = models.PositiveIntegerField(primary_key=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.index}{' withdrawn' if self.withdrawn_at else ''}"


class CredentialKind(models.TextChoices):
    SKILL = "skill", "Badge"
    COURSE = "course", "Certificate"


class Withdrawal(models.TextChoices):
    """Why a credential no longer holds, in words that anyone may read."""

    GROUND_LOST = "ground_lost", "Work that it rested on was graded again, with another result."
    REPLACED = "replaced", "Work that it rested on was graded again. A new one took its place."
    ASKED = "asked", "The person it was issued to asked for it."
    MISTAKE = "mistake", "It was issued by mistake."


class CredentialQuerySet(TenantQuerySet["Credential"]):
    def visible_to(self, user: User) -> CredentialQuerySet:
        """One's own. Everyone else verifies by its code."""
        return self.filter(learner=user)

    def standing(self) -> CredentialQuerySet:
        return self.filter(status__withdrawn_at=None)


class Credential(models.Model):
    """What was issued to whom, on which ground.

    ``subject`` is a skill's id or a course's uuid. ``title``, ``description`` and ``named`` (the
    person's name) are kept as they were when it was issued. ``score`` is 0 to 100.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="credentials")
    named = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=CredentialKind)
    subject = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    description = models.TextField()
    areas = models.JSONField(default=list)
    submissions = models.JSONField()
    tasks = models.PositiveIntegerField()
    score = models.FloatField(null=True)
    engines = models.JSONField()
    salt = models.CharField(max_length=32)
    shows_figures = models.BooleanField(default=True)
    status = models.OneToOneField(StatusEntry, on_delete=models.PROTECT, related_name="credential")
    withdrawal = models.CharField(max_length=12, choices=Withdrawal, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(default=clock.now, editable=False)
    good_until = models.DateTimeField()

    objects = TenantManager.from_queryset(CredentialQuerySet)()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "kind", "subject"],
                condition=Q(withdrawal=""),
                name="one_standing_credential",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="a_credentials_score_is_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_withdrawn(self) -> bool:
        return self.status.withdrawn_at is not None

    def has_run_out(self, at: datetime) -> bool:
        return at >= self.good_until
