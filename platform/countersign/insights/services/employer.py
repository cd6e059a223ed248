"""What an employer sees: a cohort's overview, and a person as far as that person shares now.

Consent is read here, at each request, and never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.common import clock
from countersign.courses.models import ExercisePlace, Skill
from countersign.grading.models import Result
from countersign.insights.figures import PersonFigures, expected_by
from countersign.insights.groups import Overview, Person, overview
from countersign.insights.models import Snapshot
from countersign.insights.services.snapshots import figures_of
from countersign.insights.services.teaching import ExerciseLine, lines_of
from countersign.learning.services.sharing import left_out
from countersign.submissions.models import Submission


class NotShared(Exception):
    """This person doesn't share so much with the employer now."""


@dataclass(frozen=True)
class CohortView:
    """What a page shows of a cohort, and when its newest figures were worked out."""

    cohort: Cohort
    overview: Overview
    computed_at: datetime | None


def employer_view(cohort: Cohort, *, viewer: User) -> CohortView:
    """The cohort as its employer may see it now. Each look is kept."""
    audit.record(
        audit.Action.COHORT_VIEWED,
        actor=viewer,
        organisation=cohort.organisation_id,
        thing=cohort,
    )
    now = clock.now()
    exercises = exercise_count(cohort)
    figures = overview(
        people_of(cohort),
        exercises=exercises,
        expected=expected_by(
            now.date(), starts_on=cohort.starts_on, ends_on=cohort.ends_on, exercises=exercises
        ),
        competencies=competency_titles(),
        now=now,
    )
    return CohortView(cohort, figures, _computed_at(cohort))


def _computed_at(cohort: Cohort) -> datetime | None:
    rows = Snapshot.objects.unscoped().filter(enrolment__cohort=cohort)
    newest: datetime | None = rows.aggregate(newest=Max("computed_at"))["newest"]
    return newest


def competency_titles() -> list[str]:
    """The competencies of the framework, in its order."""
    return list(dict.fromkeys(Skill.objects.values_list("competency", flat=True)))


def people_of(cohort: Cohort) -> list[Person]:
    """Everyone in the cohort; names are blank where the person does not share progress."""
    enrolments = list(cohort.enrolments.filter(ended_at=None).select_related("learner"))
    figures = figures_of(enrolments)
    return [_person(place, figures[str(place.pk)]) for place in enrolments]


def _person(enrolment: Enrolment, figures: PersonFigures) -> Person:
    shares = enrolment.sharing in (Sharing.PROGRESS, Sharing.WORK)
    return Person(
        name=enrolment.learner.display_name if shares else "",
        figures=figures,
        joined_at=enrolment.joined_at,
        shares_progress=shares,
        shares_work=enrolment.sharing == Sharing.WORK,
    )


def exercise_count(cohort: Cohort) -> int:
    """How many exercises the cohort's release holds."""
    return (
        ExercisePlace.objects.filter(lesson__module__course__release=cohort.release_id)
        .values("version__exercise")
        .distinct()
        .count()
    )


@dataclass(frozen=True)
class SharedPerson:
    """One learner as far as they share now. ``lines`` is empty unless they share their work."""

    enrolment: Enrolment
    person: Person
    lines: Sequence[ExerciseLine]
    looks_this_month: int


def shared_person(enrolment: Enrolment, *, viewer: User) -> SharedPerson:
    """One learner for an employer, or NotShared. Each look is kept, and the learner sees it."""
    person = _person(enrolment, figures_of([enrolment])[str(enrolment.pk)])
    if not person.shares_progress:
        raise NotShared
    _keep_the_look(enrolment, viewer, seen="work" if person.shares_work else "progress")
    return SharedPerson(
        enrolment=enrolment,
        person=person,
        lines=_handed_in(enrolment) if person.shares_work else (),
        looks_this_month=_looks_this_month(enrolment),
    )


def _handed_in(enrolment: Enrolment) -> list[ExerciseLine]:
    """Their work. What they only opened, are still writing, or left out, is nobody else's."""
    hidden = left_out(enrolment)
    return [
        line
        for line in lines_of(enrolment)
        if line.submissions and line.version.exercise_id not in hidden
    ]


def _keep_the_look(enrolment: Enrolment, viewer: User, *, seen: str) -> None:
    audit.record(
        audit.Action.PERSON_VIEWED,
        actor=viewer,
        organisation=enrolment.cohort.organisation_id,
        thing=enrolment,
        seen=seen,
        by="employer",
    )


def _looks_this_month(enrolment: Enrolment) -> int:
    """How often an employer looked at this person since the first of the month."""
    begin = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return audit.Entry.objects.filter(
        action=audit.Action.PERSON_VIEWED,
        thing_kind="enrolment",
        thing=str(enrolment.pk),
        at__gte=begin,
        details__by="employer",
    ).count()


@dataclass(frozen=True)
class SharedWork:
    """One submission as its learner saw it: the verdict holds nothing that is hidden from them."""

    submission: Submission
    result: Result | None


def shared_work(enrolment: Enrolment, submission_id: UUID, *, viewer: User) -> SharedWork:
    """A submission of somebody who shares their work, or NotShared. Each look is kept.

    Raises Submission.DoesNotExist for one that isn't this person's in this cohort.
    """
    if enrolment.sharing != Sharing.WORK:
        raise NotShared
    submission: Submission = (
        Submission.objects.unscoped()
        .select_related("attempt__version")
        .get(pk=submission_id, attempt__enrolment=enrolment)
    )
    if submission.attempt.version.exercise_id in left_out(enrolment):
        raise NotShared
    _keep_the_look(enrolment, viewer, seen="submission")
    return SharedWork(submission, submission.results.filter(superseded_by=None).first())
