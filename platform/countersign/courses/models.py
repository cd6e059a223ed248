"""Releases of the curriculum: courses, modules and lessons as they stood at one moment.

A release is immutable. ``uuid`` is the identity of a thing through releases; the primary key
is the identity of its state in one release.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Count, Prefetch

from countersign.common import clock
from countersign.exercises.models import ExerciseVersion
from countersign.organisations.models import Organisation


class Skill(models.Model):
    """A skill of the framework. The id (``prompt.goal``) is stable."""

    id = models.CharField(primary_key=True, max_length=40)
    competency = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    evidence = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of_the_site(self) -> ReleaseQuerySet:
        """Those made from the curriculum's files, which everyone may be given."""
        return self.filter(organisation=None)

    def current(self) -> Release | None:
        """The site's newest release: what new cohorts and visitors see."""
        return self.of_the_site().order_by("-number").first()


class Release(models.Model):
    """The whole curriculum at one moment. ``content_hash`` makes the same content one release.

    One with an ``organisation`` holds that organisation's own courses beside the site's; only its
    cohorts are given it. Each organisation counts its releases from 1.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="releases"
    )
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, unique=True)
    git_sha = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(organisation=None),
                name="one_release_per_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_own_release_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Release {self.number}"


class CourseQuerySet(models.QuerySet["Course"]):
    def of_current_release(self) -> CourseQuerySet:
        """The newest release's courses: what new cohorts and visitors see."""
        newest = Release.objects.of_the_site().order_by("-number").values("pk")[:1]
        return self.filter(release__in=newest)

    def in_catalogue(self) -> CourseQuerySet:
        """The newest release's courses, each with its number of ``units`` and ``exercises``."""
        return self.of_current_release().annotate(
            units=Count("modules", distinct=True),
            exercises=Count("modules__lessons__places", distinct=True),
        )

    def with_outline(self) -> CourseQuerySet:
        """With modules, lessons and exercise places, in order, in four queries."""
        return self.prefetch_related(Prefetch("modules", Module.objects.with_outline()))


class Course(models.Model):
    """A course in a release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="courses")
    uuid = models.UUIDField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400)
    needs = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    starts_from_zero = models.BooleanField(default=False)
    skills = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()
    most_tries = models.PositiveSmallIntegerField(null=True)
    """Counted tries at one exercise; None: as many as one likes."""
    gives_hints = models.BooleanField(default=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "uuid"], name="one_course_per_release"),
            models.UniqueConstraint(fields=["release", "slug"], name="one_course_per_slug"),
        ]

    def __str__(self) -> str:
        return self.title


class ModuleQuerySet(models.QuerySet["Module"]):
    def with_outline(self) -> ModuleQuerySet:
        """With lessons and exercise places, in order, in three queries."""
        places = ExercisePlace.objects.select_related("version").defer(
            "version__shown", "version__brief", "version__hints"
        )
        return self.order_by("position").prefetch_related(
            Prefetch("lessons", Lesson.objects.defer("body").order_by("position")),
            Prefetch("lessons__places", places.order_by("position")),
        )


class Module(models.Model):
    """A unit of a course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="modules")
    uuid = models.UUIDField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField()
    opens_after = models.PositiveSmallIntegerField(null=True)
    """Days from the cohort's first day until it opens; None: open from the start."""
    waits_for_the_last = models.BooleanField(default=False)
    """Whether every exercise of the unit before has to be passed first."""

    objects = ModuleQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_module_per_slug")
        ]

    def __str__(self) -> str:
        return self.title


class LessonQuerySet(models.QuerySet["Lesson"]):
    def at(self, release: Release, course: str, unit: str, slug: str) -> Lesson | None:
        """The lesson at this address, with its unit and course."""
        return (
            self.filter(
                module__course__release=release,
                module__course__slug=course,
                module__slug=unit,
                slug=slug,
            )
            .select_related("module__course")
            .first()
        )


class Lesson(models.Model):
    """One idea, in a few minutes of reading, with its exercises."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lessons")
    uuid = models.UUIDField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()
    skills = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    body = models.TextField()
    position = models.PositiveSmallIntegerField()

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["module", "slug"], name="one_lesson_per_slug")
        ]

    def __str__(self) -> str:
        return self.title


class ExercisePlaceQuerySet(models.QuerySet["ExercisePlace"]):
    def of_current_release(self) -> ExercisePlaceQuerySet:
        """The newest release's places, in the curriculum's order."""
        newest = Release.objects.of_the_site().order_by("-number").values("pk")[:1]
        return self.filter(lesson__module__course__release__in=newest).select_related(
            "version", "lesson__module__course"
        )

    def of_exercise(self, release: Release, exercise: UUID) -> ExercisePlace | None:
        """Where an exercise, by its identity, stands in a release, with its course."""
        return (
            self.filter(lesson__module__course__release=release, version__exercise=exercise)
            .select_related("lesson__module__course")
            .order_by("lesson__module__course__position", "lesson__position")
            .first()
        )

    def at(self, release: Release, course: str, unit: str, slug: str) -> ExercisePlace | None:
        """The exercise at this address, with its version, lesson, unit and course."""
        return (
            self.filter(
                lesson__module__course__release=release,
                lesson__module__course__slug=course,
                lesson__module__slug=unit,
                slug=slug,
            )
            .select_related("version", "lesson__module__course")
            .order_by("lesson__position")
            .first()
        )


class ExercisePlace(models.Model):
    """Where an exercise version stands in a lesson, and the last part of its address."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="places")
    version = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="places")
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()

    objects = ExercisePlaceQuerySet.as_manager()

    class Meta:
        ordering = ["lesson__module__position", "lesson__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "slug"], name="one_place_per_slug")
        ]

    def __str__(self) -> str:
        return self.slug


class SkillCheck(models.Model):
    """A skill check in a release: two parallel forms that stand in no course."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="checks")
    uuid = models.UUIDField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400)
    minutes = models.PositiveSmallIntegerField()
    before = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["release", "slug"], name="one_check_per_slug")
        ]

    def __str__(self) -> str:
        return self.title
