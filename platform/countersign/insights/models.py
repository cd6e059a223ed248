"""Snapshots: each learner's figures, worked out beforehand so that pages never add up results."""

from __future__ import annotations

from django.db import models

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.insights.figures import PersonFigures
from countersign.organisations.permissions import Permission, organisation_ids


class SnapshotQuerySet(TenantQuerySet["Snapshot"]):
    def visible_to(self, user: User) -> SnapshotQuerySet:
        """Those of the cohorts one teaches. Employers read groups, in ``insights.services``."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(enrolment__cohort__organisation__in=taught)


class Snapshot(models.Model):
    """One learner's figures in one cohort (``PersonFigures`` as JSON).

    Written anew after each result of theirs; a learner without a row has handed nothing in that
    was graded. Who may see whose is decided when it is read, by the choices that hold then.
    """

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, primary_key=True, related_name="snapshot"
    )
    figures = models.JSONField()
    computed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager.from_queryset(SnapshotQuerySet)()

    def __str__(self) -> str:
        return f"Figures of {self.enrolment_id} at {self.computed_at:%H:%M}"

    @property
    def as_figures(self) -> PersonFigures:
        return PersonFigures.from_json(self.figures)
