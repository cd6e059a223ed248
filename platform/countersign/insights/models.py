"""Snapshots: each learner's figures, worked out beforehand so that pages never add up results."""

from __future__ import annotations

from django.db import models

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.exercises.models import Exercise
from countersign.insights.figures import DEFINITIONS, PersonFigures
from countersign.insights.items import ItemFigures
from countersign.insights.targets import TEMPLATES, Role, Targets
from countersign.organisations.models import Organisation
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
    def is_current(self) -> bool:
        """Whether the row follows today's definitions."""
        return bool(self.figures.get("definitions") == DEFINITIONS)

    @property
    def as_figures(self) -> PersonFigures:
        return PersonFigures.from_json(self.figures)


class Closing(models.Model):
    """When the figures of a cohort's people who don't share were last counted, and how many.

    Between two closings the figures of at least five of them have moved, so that two looks at a
    group never differ by what fewer did.
    """

    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, primary_key=True, related_name="closing"
    )
    at = models.DateTimeField(default=clock.now)
    people = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.people} people at {self.at:%Y-%m-%d %H:%M}"


class CountedFiguresQuerySet(TenantQuerySet["CountedFigures"]):
    def visible_to(self, user: User) -> CountedFiguresQuerySet:
        """Nobody's: they go into groups alone."""
        return self.none()


class CountedFigures(models.Model):
    """One person's figures at their cohort's last closing (``PersonFigures`` as JSON)."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, primary_key=True, related_name="counted"
    )
    figures = models.JSONField()

    objects = TenantManager.from_queryset(CountedFiguresQuerySet)()

    def __str__(self) -> str:
        return f"Counted figures of {self.enrolment_id}"

    @property
    def is_current(self) -> bool:
        """Whether the row follows today's definitions."""
        return bool(self.figures.get("definitions") == DEFINITIONS)

    @property
    def as_figures(self) -> PersonFigures:
        return PersonFigures.from_json(self.figures)


class TargetChoiceQuerySet(TenantQuerySet["TargetChoice"]):
    def visible_to(self, user: User) -> TargetChoiceQuerySet:
        overseen = organisation_ids(user, Permission.OVERSEE)
        return self.filter(cohort__organisation__in=overseen)


class TargetChoice(models.Model):
    """What a cohort's employer aims at (``Targets`` as JSON). Without a row: everyday use."""

    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, primary_key=True, related_name="target_choice"
    )
    targets = models.JSONField()
    set_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField(default=clock.now)

    objects = TenantManager.from_queryset(TargetChoiceQuerySet)()

    def __str__(self) -> str:
        return f"Targets of {self.cohort_id}"


def targets_of(cohort: Cohort) -> Targets:
    """What the cohort's employer aims at."""
    chosen = TargetChoice.objects.unscoped().filter(cohort=cohort).first()
    return Targets.from_json(chosen.targets) if chosen else TEMPLATES[Role.EVERYDAY]


class ItemAnalysis(models.Model):
    """When an organisation's items were asked for and worked out."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="item_analysis"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Items of {self.organisation_id}"


class ItemSnapshotQuerySet(TenantQuerySet["ItemSnapshot"]):
    def visible_to(self, user: User) -> ItemSnapshotQuerySet:
        """Those of the organisations in which one teaches."""
        return self.filter(organisation__in=organisation_ids(user, Permission.TEACH))


class ItemSnapshot(models.Model):
    """One item's figures in one organisation (``ItemFigures`` as JSON), worked out beforehand.

    ``scope`` is ``all``, ``version:<number>`` or ``cohort:<id>``.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="item_snapshots"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=48)
    figures = models.JSONField()
    computed_at = models.DateTimeField(default=clock.now)

    objects = TenantManager.from_queryset(ItemSnapshotQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "exercise", "scope"], name="one_row_per_item_and_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} in {self.organisation_id}, {self.scope}"

    @property
    def as_figures(self) -> ItemFigures:
        return ItemFigures.from_json(self.figures)
