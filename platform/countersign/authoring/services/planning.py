"""Courses that an organisation puts together, and the releases they become."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.text import slugify

from countersign import audit
from countersign.accounts.models import User
from countersign.authoring.models import CoursePlan
from countersign.authoring.plans import LessonPlan, Outline, UnitPlan, outline_of
from countersign.cohorts.models import Cohort
from countersign.common import clock
from countersign.courses.events import ReleaseMade
from countersign.courses.models import Course, ExercisePlace, Lesson, Module, Release
from countersign.events import outbox
from countersign.exercises.models import ExerciseVersion
from countersign.organisations.models import Organisation
from countersign.submissions.models import Attempt


class PlannedMeanwhile(Exception):
    """Somebody else has saved this course since the page was opened."""


class NotReady(Exception):
    """A course can't be released yet. ``reasons`` say why, for its author."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds in a whole course."""

    title: str
    summary: str
    most_tries: int | None
    gives_hints: bool


def plan_course(*, organisation: Organisation, title: str) -> CoursePlan:
    """A course without anything in it yet."""
    wished = (slugify(title) or "course")[:50]
    taken = set(organisation.course_plans.values_list("slug", flat=True))
    names = (f"{wished}-{n}" if n > 1 else wished for n in range(1, len(taken) + 2))
    made: CoursePlan = CoursePlan.objects.create(
        organisation=organisation,
        slug=next(name for name in names if name not in taken),
        title=title[:120],
    )
    return made


@transaction.atomic
def save_plan(*, plan: CoursePlan, rules: Rules, outline: Outline, edition: int) -> CoursePlan:
    """Keep the course. Raises PlannedMeanwhile if it isn't the edition that was opened."""
    saved = CoursePlan.objects.unscoped().filter(pk=plan.pk, edition=edition)
    if not saved.update(
        title=rules.title[:120] or plan.title,
        summary=rules.summary[:400],
        most_tries=rules.most_tries,
        gives_hints=rules.gives_hints,
        outline=outline.as_json(),
        edition=F("edition") + 1,
        saved_at=clock.now(),
    ):
        raise PlannedMeanwhile
    plan.refresh_from_db()
    return plan


def choosable(organisation: Organisation) -> QuerySet[ExerciseVersion]:
    """The newest published version of each exercise that its courses may hold: its own, and the
    site's of the newest release."""
    places = ExercisePlace.objects.of_current_release().values("version")
    own = (
        ExerciseVersion.objects.filter(exercise__organisation=organisation)
        .values("exercise")
        .annotate(newest=Max("number"))
    )
    newest = Q(pk__in=[])
    for each in own:
        newest |= Q(exercise=each["exercise"], number=each["newest"])
    return ExerciseVersion.objects.filter(Q(pk__in=places) | newest).order_by("title")


@transaction.atomic
def make_release(*, organisation: Organisation, actor: User) -> Release:
    """The site's courses as they are now, and this organisation's own, as one release.

    Learners notice nothing until a cohort is moved to it. The same content is one release.
    Raises NotReady.
    """
    plans = list(organisation.course_plans.all())
    versions = {each.exercise_id: each for each in choosable(organisation)}
    site = Release.objects.current()
    _refuse_unready(plans, versions, site)
    content = _content_hash(organisation, plans, versions, site)
    known = Release.objects.filter(organisation=organisation, content_hash=content).first()
    if known is not None:
        return known
    last = organisation.releases.aggregate(last=Max("number"))["last"] or 0
    made = Release.objects.create(organisation=organisation, number=last + 1, content_hash=content)
    copied = list(site.courses.with_outline()) if site else []
    for course in copied:
        _copy_course(made, course)
    _copy_checks(made, site)
    for position, plan in enumerate(plans, start=len(copied)):
        _keep_plan(made, plan, position, versions)
    audit.record(
        audit.Action.RELEASE_MADE,
        actor=actor,
        organisation=organisation.pk,
        thing=made,
        number=made.number,
    )
    outbox.publish(ReleaseMade(release=made.pk, number=made.number))
    return made


def _refuse_unready(
    plans: Iterable[CoursePlan],
    versions: Mapping[UUID, ExerciseVersion],
    site: Release | None,
) -> None:
    reasons: list[str] = []
    taken = set(site.courses.values_list("slug", flat=True)) if site else set()
    for plan in plans:
        outline = outline_of(plan.outline)
        if plan.slug in taken:
            reasons.append(f"“{plan.title}” has the name of a course of the site. Rename it.")
        if not outline.exercises:
            reasons.append(f"“{plan.title}” has no exercise yet. Add one.")
        if set(outline.exercises) - versions.keys():
            reasons.append(
                f"“{plan.title}” holds an exercise that isn't published any more. Take it out."
            )
    if reasons:
        raise NotReady(reasons)


def _content_hash(
    organisation: Organisation,
    plans: Iterable[CoursePlan],
    versions: Mapping[UUID, ExerciseVersion],
    site: Release | None,
) -> str:
    content = [
        str(organisation.pk),
        site.content_hash if site else "",
        [
            [
                str(plan.pk), plan.slug, plan.title, plan.summary, plan.most_tries,
                plan.gives_hints, plan.outline,
                [versions[each].content_hash for each in outline_of(plan.outline).exercises],
            ]
            for plan in plans
        ],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _copy_course(release: Release, course: Course) -> None:
    modules = list(course.modules.all())
    course.pk, course.release = None, release
    course._state.adding = True
    course.save()
    for module in modules:
        lessons = list(module.lessons.all())
        module.pk, module.course = None, course
        module._state.adding = True
        module.save()
        for lesson in lessons:
            _copy_lesson(module, lesson)


def _copy_lesson(module: Module, lesson: Lesson) -> None:
    places = list(lesson.places.all())
    body = Lesson.objects.values_list("body", flat=True).get(pk=lesson.pk)
    lesson.pk, lesson.module, lesson.body = None, module, body
    lesson._state.adding = True
    lesson.save()
    for place in places:
        place.pk, place.lesson = None, lesson
        place._state.adding = True
        place.save()


def _copy_checks(release: Release, site: Release | None) -> None:
    for check in site.checks.all() if site else ():
        check.pk, check.release = None, release
        check._state.adding = True
        check.save()


def _keep_plan(
    release: Release, plan: CoursePlan, position: int, versions: Mapping[UUID, ExerciseVersion]
) -> None:
    outline = outline_of(plan.outline)
    used = [versions[each] for each in outline.exercises]
    course = Course.objects.create(
        release=release,
        uuid=plan.pk,
        slug=plan.slug,
        title=plan.title,
        summary=plan.summary,
        minutes=sum(each.minutes for each in used)
        + sum(lesson.minutes for unit in outline.units for lesson in unit.lessons),
        skills=sorted({skill for each in used for skill in each.skills}),
        position=position,
        most_tries=plan.most_tries,
        gives_hints=plan.gives_hints,
    )
    units, steps = _Slugs(), _Slugs()
    for number, unit in enumerate(outline.units):
        module = _keep_unit(course, unit, number, units.of(unit.title))
        for at, lesson in enumerate(unit.lessons):
            _keep_lesson(module, lesson, at, steps, versions)


class _Slugs:
    """Names for addresses, each given once."""

    def __init__(self) -> None:
        self.given: set[str] = set()

    def of(self, title: str) -> str:
        wished = (slugify(title) or "step")[:60]
        names = (f"{wished}-{n}" if n > 1 else wished for n in range(1, len(self.given) + 2))
        name = next(name for name in names if name not in self.given)
        self.given.add(name)
        return name


def _keep_unit(course: Course, unit: UnitPlan, position: int, slug: str) -> Module:
    return Module.objects.create(
        course=course,
        uuid=UUID(unit.uuid),
        slug=slug,
        title=unit.title,
        summary=unit.summary,
        position=position,
        opens_after=unit.opens_after,
        waits_for_the_last=unit.waits,
    )


def _keep_lesson(
    module: Module,
    plan: LessonPlan,
    position: int,
    slugs: _Slugs,
    versions: Mapping[UUID, ExerciseVersion],
) -> None:
    lesson = Lesson.objects.create(
        module=module,
        uuid=UUID(plan.uuid),
        slug=slugs.of(plan.title),
        title=plan.title,
        minutes=plan.minutes,
        body=plan.body,
        position=position,
    )
    for number, exercise in enumerate(plan.exercises):
        version = versions[UUID(exercise)]
        ExercisePlace.objects.create(
            lesson=lesson, version=version, slug=slugs.of(version.title), position=number
        )


@dataclass(frozen=True, kw_only=True)
class Move:
    """What moving a cohort to a release would do. ``changed``, ``added`` and ``gone`` hold titles
    of exercises; ``begun`` counts attempts that were begun on what changes or goes."""

    cohort: Cohort
    release: Release
    people: int
    changed: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    courses_gone: tuple[str, ...]
    begun: int
    learners: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        return not (self.changed or self.added or self.gone or self.courses_gone)


def move_preview(*, cohort: Cohort, release: Release) -> Move:
    """Who is affected, and by what. Nothing is written."""
    now, then = _held(cohort.release), _held(release)
    changed = [each for each in now if each in then and now[each] != then[each]]
    gone = [each for each in now if each not in then]
    begun = Attempt.objects.unscoped().filter(
        enrolment__cohort=cohort,
        enrolment__ended_at=None,
        version__exercise__in=[*changed, *gone],
        submissions__isnull=False,
    )
    kept = set(release.courses.values_list("uuid", flat=True))
    return Move(
        cohort=cohort,
        release=release,
        people=cohort.enrolments.filter(ended_at=None).count(),
        changed=tuple(sorted(now[each].title for each in changed)),
        added=tuple(sorted(then[each].title for each in then if each not in now)),
        gone=tuple(sorted(now[each].title for each in gone)),
        courses_gone=tuple(
            course.title for course in cohort.release.courses.all() if course.uuid not in kept
        ),
        begun=begun.values("pk").distinct().count(),
        learners=tuple(sorted({str(each.enrolment.learner) for each in _with_learner(begun)})),
    )


def _held(release: Release) -> dict[UUID, ExerciseVersion]:
    places = ExercisePlace.objects.filter(lesson__module__course__release=release)
    return {place.version.exercise_id: place.version for place in places.select_related("version")}


def _with_learner(attempts: Any) -> Iterator[Attempt]:
    yield from attempts.select_related("enrolment__learner").distinct()


@transaction.atomic
def move_cohort(*, cohort: Cohort, release: Release, actor: User) -> None:
    """Pin the cohort to another release. What was handed in stays, with its results.

    ``release`` is the organisation's own or the site's; anything else raises NotReady.
    """
    if release.organisation_id not in (None, cohort.organisation_id):
        raise NotReady(["That release is another organisation's."])
    before = cohort.release.pk
    Cohort.objects.unscoped().filter(pk=cohort.pk).update(release=release)
    audit.record(
        audit.Action.COHORT_MOVED,
        actor=actor,
        organisation=cohort.organisation_id,
        thing=cohort,
        release=release.pk,
        before=before,
    )
