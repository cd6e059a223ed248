"""Curriculum files become a release."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.db.models import Max

from countersign import audit
from countersign.courses.events import ReleaseMade
from countersign.courses.models import (
    Course,
    ExercisePlace,
    Lesson,
    Module,
    Release,
    Skill,
    SkillCheck,
)
from countersign.events import outbox
from countersign.exercises.services import keep_version
from grader.curriculum import Course as CourseFiles
from grader.curriculum import Curriculum
from grader.curriculum import Lesson as LessonFiles
from grader.curriculum import Module as ModuleFiles
from grader.curriculum import SkillCheck as CheckFiles


@transaction.atomic
def release(curriculum: Curriculum, *, git_sha: str = "") -> tuple[Release, bool]:
    """Keep the curriculum as a release. Answers the release and whether it is new."""
    _keep_skills(curriculum)
    content_hash = _content_hash(curriculum)
    known = Release.objects.of_the_site().filter(content_hash=content_hash).first()
    if known is not None:
        return known, False
    last = Release.objects.of_the_site().aggregate(last=Max("number"))["last"] or 0
    made = Release.objects.create(number=last + 1, content_hash=content_hash, git_sha=git_sha)
    for position, course in enumerate(curriculum.courses):
        _keep_course(made, course, position)
    for check in curriculum.checks:
        _keep_check(made, check)
    audit.record(audit.Action.RELEASE_MADE, thing=made, number=made.number)
    outbox.publish(ReleaseMade(release=made.pk, number=made.number))
    return made, True


def _keep_skills(curriculum: Curriculum) -> None:
    for position, skill in enumerate(curriculum.skills):
        Skill.objects.update_or_create(
            pk=skill.id,
            defaults={
                "competency": skill.competency,
                "title": skill.title,
                "evidence": skill.evidence,
                "position": position,
            },
        )


def _content_hash(curriculum: Curriculum) -> str:
    outline = [
        [
            str(course.uuid), course.slug, course.title, course.summary, course.needs,
            course.minutes, course.starts_from_zero, list(course.skills),
            [
                [
                    str(module.uuid), module.slug, module.title, module.summary,
                    [
                        [
                            str(lesson.uuid), lesson.slug, lesson.title, lesson.minutes,
                            lesson.body, list(lesson.skills), list(lesson.needs),
                            [[at.slug, at.exercise.content_hash] for at in lesson.exercises],
                        ]
                        for lesson in module.lessons
                    ],
                ]
                for module in course.modules
            ],
        ]
        for course in curriculum.courses
    ]  # fmt: skip
    checks = [
        [
            str(check.uuid), check.slug, check.title, check.summary, check.minutes,
            [form.exercise.content_hash for form in check.forms],
        ]
        for check in curriculum.checks
    ]  # fmt: skip
    content = [outline, checks] if checks else outline
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


def _keep_check(release_: Release, check: CheckFiles) -> None:
    before, after = (keep_version(form.exercise) for form in check.forms)
    SkillCheck.objects.create(
        release=release_,
        uuid=check.uuid,
        slug=check.slug,
        title=check.title,
        summary=check.summary,
        minutes=check.minutes,
        before=before,
        after=after,
    )


def _keep_course(release_: Release, course: CourseFiles, position: int) -> None:
    row = Course.objects.create(
        release=release_,
        uuid=course.uuid,
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        needs=course.needs,
        minutes=course.minutes,
        starts_from_zero=course.starts_from_zero,
        skills=list(course.skills),
        position=position,
    )
    for number, module in enumerate(course.modules):
        _keep_module(row, module, number)


def _keep_module(course: Course, module: ModuleFiles, position: int) -> None:
    row = Module.objects.create(
        course=course,
        uuid=module.uuid,
        slug=module.slug,
        title=module.title,
        summary=module.summary,
        position=position,
    )
    for number, lesson in enumerate(module.lessons):
        _keep_lesson(row, lesson, number)


def _keep_lesson(module: Module, lesson: LessonFiles, position: int) -> None:
    row = Lesson.objects.create(
        module=module,
        uuid=lesson.uuid,
        slug=lesson.slug,
        title=lesson.title,
        minutes=lesson.minutes,
        skills=list(lesson.skills),
        needs=list(lesson.needs),
        body=lesson.body,
        position=position,
    )
    for number, placed in enumerate(lesson.exercises):
        version = keep_version(placed.exercise)
        ExercisePlace.objects.create(lesson=row, version=version, slug=placed.slug, position=number)
