"""Cohorts, who learns in them, and what each learner shares with the employer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q

from countersign.accounts.models import User
from countersign.common import clock
from countersign.common.tenancy import TenantManager, TenantQuerySet
from countersign.courses.models import Release
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids

WORDING_VERSION = "2026-11"
"""Which wording of the sharing choices a learner saw. Change it whenever the words change."""


class CohortQuerySet(TenantQuerySet["Cohort"]):
    def taught_by(self, user: User) -> CohortQuerySet:
        return self.filter(organisation__in=organisation_ids(user, Permission.TEACH))

    def overseen_by(self, user: User) -> CohortQuerySet:
        return self.filter(organisation__in=organisation_ids(user, Permission.OVERSEE))

    def running(self, today: date) -> CohortQuerySet:
        """Those that haven't come to their last day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def joined_by(self, user: User) -> CohortQuerySet:
        return self.filter(enrolments__learner=user, enrolments__ended_at=None).distinct()

    def visible_to(self, user: User) -> CohortQuerySet:
        taught = organisation_ids(user, Permission.TEACH)
        overseen = organisation_ids(user, Permission.OVERSEE)
        return self.filter(
            Q(organisation__in=taught | overseen)
            | Q(pk__in=Enrolment.objects.unscoped().of(user).current().values("cohort"))
        )


class Cohort(models.Model):
    """People who go through the bootcamp together, pinned to one release."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=120)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="cohorts")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = TenantManager.from_queryset(CohortQuerySet)()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_cohort_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Sharing(models.TextChoices):
    """What a learner lets the employer see. The first is the default."""

    PARTICIPATION = "participation", "Only that I’m taking part"
    PROGRESS = "progress", "My progress and skills"
    WORK = "work", "Also my work"


class EnrolmentQuerySet(TenantQuerySet["Enrolment"]):
    def of(self, user: User) -> EnrolmentQuerySet:
        return self.filter(learner=user)

    def current(self) -> EnrolmentQuerySet:
        return self.filter(ended_at=None)

    def with_an_employer(self) -> EnrolmentQuerySet:
        """Without the open courses, where no employer looks. With all choices, newest first."""
        closed = self.filter(cohort__organisation__is_open=False)
        return closed.select_related("cohort__organisation").prefetch_related("choices")

    def visible_to(self, user: User) -> EnrolmentQuerySet:
        """One's own, and those of the cohorts one teaches."""
        taught = organisation_ids(user, Permission.TEACH)
        return self.filter(Q(learner=user) | Q(cohort__organisation__in=taught))

    def studying(self, course_slug: str) -> EnrolmentQuerySet:
        """Current places whose release has this course, the newest first."""
        return (
            self.current()
            .filter(cohort__release__courses__slug=course_slug)
            .select_related("cohort__release")
            .order_by("-joined_at")
        )

    def sharing_at_least(self, level: Sharing) -> EnrolmentQuerySet:
        """Those whose own choice lets the employer see this much. Asked at each request."""
        levels = list(Sharing)
        return self.filter(sharing__in=levels[levels.index(level) :])


class Enrolment(models.Model):
    """A learner's place in a cohort. ``sharing`` is the newest of their sharing choices."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enrolments")
    sharing = models.CharField(max_length=16, choices=Sharing, default=Sharing.PARTICIPATION)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(EnrolmentQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "learner"], name="one_place_in_a_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.learner} in {self.cohort}"


class SharingChoice(models.Model):
    """One choice, kept for ever: which words were shown, when, and how it was made."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="choices")
    level = models.CharField(max_length=16, choices=Sharing)
    wording_version = models.CharField(max_length=16)
    method = models.CharField(max_length=16)  # join | sharing_page
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_level_display()} since {self.made_at:%Y-%m-%d}"


class InvitationQuerySet(TenantQuerySet["Invitation"]):
    def visible_to(self, user: User) -> InvitationQuerySet:
        return self.filter(cohort__organisation__in=organisation_ids(user, Permission.INVITE))

    def usable(self, at: datetime | None = None) -> InvitationQuerySet:
        at = at or clock.now()
        return self.filter(revoked_at=None, expires_at__gt=at).filter(
            Q(most_uses=None) | Q(uses__lt=models.F("most_uses"))
        )


class Invitation(models.Model):
    """A link into a cohort, for learners. Only the digest of its token is stored.

    With an ``email`` it was made for one person and works once; ``sent_at`` says when the message
    went out.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(InvitationQuerySet)()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Invitation to {self.cohort}"

    def is_usable(self, at: datetime | None = None) -> bool:
        at = at or clock.now()
        room = self.most_uses is None or self.uses < self.most_uses
        return self.revoked_at is None and self.expires_at > at and room


class AnnouncementQuerySet(TenantQuerySet["Announcement"]):
    def visible_to(self, user: User) -> AnnouncementQuerySet:
        """Those of the cohorts one teaches, and those of one's current places."""
        taught = organisation_ids(user, Permission.TEACH)
        places = Enrolment.objects.unscoped().of(user).current()
        return self.filter(
            Q(cohort__organisation__in=taught) | Q(cohort__in=places.values("cohort"))
        )

    def told_to(self, learner: User) -> AnnouncementQuerySet:
        """Those of the learner's own places."""
        places = Enrolment.objects.unscoped().of(learner).current()
        return self.filter(cohort__in=places.values("cohort"))

    def standing(self) -> AnnouncementQuerySet:
        """Those that nobody has put into the archive."""
        return self.filter(archived_at=None)

    def unread_by(self, learner: User) -> AnnouncementQuerySet:
        """Without those that the learner has put away."""
        read = AnnouncementRead.objects.filter(enrolment__learner=learner)
        return self.exclude(pk__in=read.values("announcement"))


class Announcement(models.Model):
    """What instructors tell a whole cohort. ``text`` is Markdown."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="announcements")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(AnnouncementQuerySet)()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title


class AnnouncementRead(models.Model):
    """A learner has read an announcement and put it away."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="reads")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "enrolment"], name="an_announcement_is_read_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} read {self.announcement_id}"
