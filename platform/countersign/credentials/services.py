"""Issue, withdraw and put right. Everything follows from results; nothing is given by hand."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.courses.models import Course, Skill
from countersign.credentials import status
from countersign.credentials.areas import areas_of
from countersign.credentials.codes import new_code
from countersign.credentials.ground import (
    Ground,
    Way,
    badge_grounds,
    course_ground,
    ways,
)
from countersign.credentials.models import GOOD_FOR, Credential, CredentialKind, Withdrawal
from countersign.grading.models import Result
from countersign.learning.evidence import Task, tasks_of
from countersign.learning.services import graded_work


def review(learner: User) -> None:
    """Bring a learner's credentials in line with their results.

    New ones are issued. A standing one stays as it is, whatever is done later, unless work that
    it rests on was graded again: then it is replaced, or withdrawn if the ground is gone.
    Running it twice changes nothing. Guests earn nothing: nobody knows who they are.
    """
    if learner.is_guest:
        return
    tasks = all_tasks(learner)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=learner.pk)  # one at a time
        for standing in _standing(learner):
            _put_right(standing, tasks)
        _issue_new(learner, tasks)


def with_code(code: str) -> Credential | None:
    """The credential with this code, whoever asks: the code was handed out to be asked about."""
    found: Credential | None = _all().filter(code=code).first()
    return found


def with_id(pk: UUID) -> Credential | None:
    """The credential with this id, whoever asks: its address was handed out by its owner."""
    found: Credential | None = _all().filter(pk=pk).first()
    return found


def latest(kind: str, subject: str) -> Credential | None:
    """The newest that was issued for this skill or course; it speaks for what it stands for."""
    found: Credential | None = (
        _all().filter(kind=kind, subject=subject).order_by("-issued_at").first()
    )
    return found


def _all() -> Any:
    return Credential.objects.unscoped().select_related("status", "learner", "replaced_by")


def all_tasks(learner: User) -> list[Task]:
    """One task per exercise over all of the learner's places."""
    places = Enrolment.objects.unscoped().of(learner)
    return tasks_of(work for place in places for work in graded_work(place))


def on_the_way(learner: User) -> list[tuple[Skill, Way]]:
    """Badges that aren't earned yet, nearest first."""
    earned = set(
        Credential.objects.visible_to(learner)
        .standing()
        .filter(kind=CredentialKind.SKILL)
        .values_list("subject", flat=True)
    )
    skills = Skill.objects.in_bulk()
    found = [way for way in ways(all_tasks(learner)) if way.skill not in earned]
    return [(skills[way.skill], way) for way in found if way.skill in skills]


def _standing(learner: User) -> Iterable[Credential]:
    return list(
        Credential.objects.visible_to(learner).standing().select_related("status", "learner")
    )


def _put_right(credential: Credential, tasks: list[Task]) -> None:
    if not _was_graded_again(credential):
        return
    ground = _ground_now(credential, tasks)
    if ground is None:
        withdraw(credential, Withdrawal.GROUND_LOST)
    elif _says_otherwise(credential, ground):
        _replace(credential, ground)


def _was_graded_again(credential: Credential) -> bool:
    """Has a newer result come for work that it rests on, since it was issued?"""
    return bool(
        Result.objects.unscoped()
        .counting()
        .filter(submission__in=credential.submissions, made_at__gt=credential.issued_at)
        .exists()
    )


def _ground_now(credential: Credential, tasks: list[Task]) -> Ground | None:
    if credential.kind == CredentialKind.SKILL:
        return badge_grounds(tasks).get(credential.subject)
    return course_ground(tasks, exercises=_exercises(UUID(credential.subject), credential.learner))


def _says_otherwise(credential: Credential, ground: Ground) -> bool:
    return (credential.score, credential.tasks) != (ground.score, ground.tasks)


def _replace(credential: Credential, ground: Ground) -> None:
    withdraw(credential, Withdrawal.REPLACED)
    new = _issue(
        credential.learner,
        kind=CredentialKind(credential.kind),
        subject=credential.subject,
        title=credential.title,
        description=credential.description,
        areas=tuple(credential.areas),
        ground=ground,
    )
    Credential.objects.unscoped().filter(pk=new.pk).update(shows_figures=credential.shows_figures)
    Credential.objects.unscoped().filter(pk=credential.pk).update(replaced_by=new)


@transaction.atomic
def withdraw(credential: Credential, why: Withdrawal, *, actor: User | None = None) -> None:
    """It no longer holds, from now on and for everyone who asks."""
    status.withdraw(credential.status)
    Credential.objects.unscoped().filter(pk=credential.pk).update(withdrawal=why)
    audit.record(
        audit.Action.CREDENTIAL_WITHDRAWN, actor=actor, thing=credential, why=str(why.value)
    )


def _issue_new(learner: User, tasks: list[Task]) -> None:
    had = set(
        Credential.objects.visible_to(learner)
        .exclude(withdrawal=Withdrawal.GROUND_LOST)
        .values_list("kind", "subject")
    )
    grounds = badge_grounds(tasks)
    for skill in Skill.objects.all():
        ground = grounds.get(skill.pk)
        if ground is not None and (CredentialKind.SKILL.value, skill.pk) not in had:
            _issue(
                learner,
                kind=CredentialKind.SKILL,
                subject=skill.pk,
                title=skill.title,
                description=skill.evidence,
                areas=areas_of(skill.pk),
                ground=ground,
            )
    for course in _courses(learner):
        found = course_ground(tasks, exercises=_exercises(course.uuid, learner))
        if found is not None and (CredentialKind.COURSE.value, str(course.uuid)) not in had:
            _issue(
                learner,
                kind=CredentialKind.COURSE,
                subject=str(course.uuid),
                title=course.title,
                description=course.summary,
                areas=tuple(dict.fromkeys(area for s in course.skills for area in areas_of(s))),
                ground=found,
            )


def _courses(learner: User) -> list[Course]:
    """Each course of the learner's releases once, the newest release's."""
    courses = (
        Course.objects.filter(release__cohorts__enrolments__learner=learner)
        .order_by("release__number")
        .distinct()
    )
    return list({course.uuid: course for course in courses}.values())


def _exercises(course: UUID, learner: User) -> frozenset[UUID]:
    """Identities of the course's exercises in the newest release that the learner is on."""
    newest = (
        Course.objects.filter(uuid=course, release__cohorts__enrolments__learner=learner)
        .order_by("-release__number")
        .first()
    )
    if newest is None:
        return frozenset()
    return frozenset(
        newest.modules.filter(lessons__places__isnull=False).values_list(
            "lessons__places__version__exercise", flat=True
        )
    )


def _issue(
    learner: User,
    *,
    kind: CredentialKind,
    subject: str,
    title: str,
    description: str,
    areas: tuple[str, ...],
    ground: Ground,
) -> Credential:
    now = clock.now()
    credential: Credential = Credential.objects.create(
        code=_free_code(),
        learner=learner,
        named=learner.name,
        kind=kind,
        subject=subject,
        title=title,
        description=description,
        areas=list(areas),
        submissions=[str(each) for each in ground.submissions],
        tasks=ground.tasks,
        score=ground.score,
        engines=list(ground.engines),
        salt=secrets.token_hex(8),
        status=status.take_place(),
        issued_at=now,
        good_until=now + GOOD_FOR,
    )
    audit.record(audit.Action.CREDENTIAL_ISSUED, thing=credential, subject=subject)
    return credential


def _free_code() -> str:
    while True:
        code = new_code()
        if not Credential.objects.unscoped().filter(code=code).exists():
            return code


@transaction.atomic
def show_figures(credential: Credential, *, show: bool) -> None:
    """Let the public page and the document say the figures, or keep them to oneself."""
    Credential.objects.unscoped().filter(pk=credential.pk).update(shows_figures=show)


@transaction.atomic
def withdraw_own(credential: Credential, *, actor: User) -> None:
    """Its owner doesn't want it any more. It can't be brought back."""
    if not credential.is_withdrawn:
        withdraw(credential, Withdrawal.ASKED, actor=actor)
