"""Snapshots: a cohort's figures, worked out beforehand so that pages never add up results."""

from __future__ import annotations

from django.db import models

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.organisations.permissions import Permission, organisation_ids


class SnapshotQuerySet(TenantQuerySet["Snapshot"]):
    def visible_to(self, user: User) -> SnapshotQuerySet:
        allowed = organisation_ids(user, Permission.TEACH) | organisation_ids(
            user, Permission.OVERSEE
        )
        return self.filter(cohort__organisation__in=allowed)


class Snapshot(models.Model):
    """Figures of each person in a cohort (``insights.figures.PersonFigures`` as JSON).

    Who may see whose is decided when it is read, by the choices that hold at that moment.
    """

    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, primary_key=True, related_name="snapshot"
    )
    people = models.JSONField(default=list)
    computed_at = models.DateTimeField(default=clock.now)
    is_stale = models.BooleanField(default=False)

    objects = TenantManager.from_queryset(SnapshotQuerySet)()

    def __str__(self) -> str:
        return f"Figures of {self.cohort_id} at {self.computed_at:%H:%M}"
