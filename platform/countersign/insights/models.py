"""Snapshots: each learner's figures, worked out beforehand so that pages never add up results."""

from __future__ import annotations

from uuid import uuid4

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


class AssignmentQuerySet(TenantQuerySet["Assignment"]):
    def visible_to(self, user: User) -> AssignmentQuerySet:
        """One's own. Employers see what a person shares, in ``insights.services``."""
        return self.filter(enrolment__learner=user)

    def open(self) -> AssignmentQuerySet:
        """Those that their learner hasn't put aside."""
        return self.filter(put_aside_at=None)


class Assignment(models.Model):
    """An exercise that an employer suggested to somebody who shares their progress."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="practice_assignments"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    competency = models.CharField(max_length=60)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    put_aside_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(AssignmentQuerySet)()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "exercise"], name="assigned_once")
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} for {self.enrolment_id}"


class ExportQuerySet(TenantQuerySet["Export"]):
    def visible_to(self, user: User) -> ExportQuerySet:
        """One's own, of cohorts that one still oversees."""
        overseen = organisation_ids(user, Permission.OVERSEE)
        return self.filter(asked_by=user, cohort__organisation__in=overseen)

    def unexpired(self) -> ExportQuerySet:
        return self.filter(expires_at__gt=clock.now())


class ExportKind(models.TextChoices):
    SKILLS = "skills", "Skills"
    OVERSIGHT = "oversight", "Oversight"
    COMPLETION = "completion", "Completion"


class ExportState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Ready"
    FAULT = "fault", "Our fault"


class Export(models.Model):
    """A table asked for as a file: ``done`` of ``total`` people are through.

    ``group`` lists the rows that stand for the group. Those of people are ``ExportRows``; whose of
    them are handed out is asked at each download. ``practice``: whether the practice model's
    work counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ExportKind)
    practice = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    group = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects = TenantManager.from_queryset(ExportQuerySet)()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ExportKind.values), name="export_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ExportState.values), name="export_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.cohort_id}"


class ExportRowsQuerySet(TenantQuerySet["ExportRows"]):
    def visible_to(self, user: User) -> ExportRowsQuerySet:
        """Nobody's: ``insights.services.download`` asks for the choices that hold first."""
        return self.none()


class ExportRows(models.Model):
    """One person's rows of an export, without the name. They go with the person's place."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="people")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    rows = models.JSONField()

    objects = TenantManager.from_queryset(ExportRowsQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["export", "enrolment"], name="one_person_an_export")
        ]

    def __str__(self) -> str:
        return f"Rows of {self.enrolment_id}"


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
