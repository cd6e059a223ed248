"""Suggest practice to somebody who shares their progress; it waits on their home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.courses.models import ExercisePlace, Skill
from countersign.insights.models import Assignment
from countersign.insights.services.employer import NotShared, shares_progress
from countersign.learning import services as learning

MOST = 3
"""So many exercises are suggested at a time: as many as a score needs."""


def suggestions(enrolment: Enrolment, *, competency: str, aided: bool) -> Sequence[ExercisePlace]:
    """The first exercises of a competency that this person hasn't passed or been given, in the
    course's order. Raises NotShared for somebody who doesn't share their progress."""
    if not shares_progress(enrolment):
        raise NotShared
    skills = set(Skill.objects.filter(competency=competency).values_list("pk", flat=True))
    given = Assignment.objects.unscoped().filter(enrolment=enrolment)
    done = learning.progress(enrolment).passed | set(given.values_list("exercise", flat=True))
    found: dict[UUID, ExercisePlace] = {}
    for place in _places(enrolment, aided=aided):
        if skills & set(place.version.skills) and place.version.exercise_id not in done:
            found.setdefault(place.version.exercise_id, place)
    return list(found.values())[:MOST]


def _places(enrolment: Enrolment, *, aided: bool) -> Sequence[ExercisePlace]:
    rows = ExercisePlace.objects.filter(
        lesson__module__course__release=enrolment.cohort.release_id, version__aided=aided
    ).select_related("version", "lesson__module__course")
    return list(
        rows.order_by(
            "lesson__module__course__position",
            "lesson__module__position",
            "lesson__position",
            "position",
        )
    )


@transaction.atomic
def assign_practice(
    enrolment: Enrolment, *, competency: str, aided: bool, actor: User
) -> Sequence[ExercisePlace]:
    """Suggest the next exercises of a competency. Twice gives the ones after. Raises NotShared."""
    Enrolment.objects.unscoped().select_for_update().get(pk=enrolment.pk)
    enrolment.refresh_from_db(fields=["sharing"])
    places = suggestions(enrolment, competency=competency, aided=aided)
    Assignment.objects.bulk_create(
        Assignment(
            enrolment=enrolment,
            exercise_id=place.version.exercise_id,
            competency=competency,
            made_by=actor,
        )
        for place in places
    )
    if places:
        audit.record(
            audit.Action.PRACTICE_ASSIGNED,
            actor=actor,
            organisation=enrolment.cohort.organisation_id,
            thing=enrolment,
            exercises=[str(place.version.exercise_id) for place in places],
        )
    return places


@dataclass(frozen=True)
class Given:
    """A suggestion as its learner sees it, with where the exercise stands."""

    assignment: Assignment
    place: ExercisePlace


def given_to(learner: User) -> list[Given]:
    """What was suggested to this learner and isn't passed or put aside, the oldest first."""
    rows = (
        Assignment.objects.visible_to(learner)
        .open()
        .filter(enrolment__ended_at=None)
        .select_related("enrolment__cohort__organisation", "enrolment__cohort__release")
    )
    return [given for row in rows for given in _given(row)]


def _given(assignment: Assignment) -> list[Given]:
    """One, or none where it was passed since or left the course."""
    if assignment.exercise_id in learning.progress(assignment.enrolment).passed:
        return []
    release = assignment.enrolment.cohort.release
    place = ExercisePlace.objects.of_exercise(release, assignment.exercise_id)
    return [Given(assignment, place)] if place else []


def put_aside(assignment: Assignment) -> None:
    """The learner doesn't want to be reminded. Nobody else is told."""
    rows = Assignment.objects.unscoped().filter(pk=assignment.pk, put_aside_at=None)
    rows.update(put_aside_at=clock.now())
