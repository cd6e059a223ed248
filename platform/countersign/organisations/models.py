"""Tenants, and what each role may do in them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from countersign.accounts.models import User
from countersign.common import clock


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, user: User) -> OrganisationQuerySet:
        """The organisations in which this person has a role."""
        return self.filter(memberships__user=user).distinct()


class Organisation(models.Model):
    """A tenant: an employer, a school. ``is_open`` marks the one that anyone may learn in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    is_open = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_open"],
                condition=models.Q(is_open=True),
                name="one_open_organisation",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OWNER = "owner", "Owner"
    INSTRUCTOR = "instructor", "Instructor"
    EMPLOYER = "employer", "Employer"
    LEARNER = "learner", "Learner"


class Membership(models.Model):
    """A person's role in an organisation. One person may hold several roles."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    since = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"], name="one_membership_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.get_role_display()} of {self.organisation}"
