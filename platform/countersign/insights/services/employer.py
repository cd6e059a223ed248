"""What an employer sees: a cohort's overview, and a person as far as that person shares now.

Consent is read here, at each request, and never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.common import clock
from countersign.courses.models import ExercisePlace, Skill
from countersign.grading.models import Result
from countersign.insights.figures import PersonFigures, expected_by
from countersign.insights.groups import FEWEST_PEOPLE, Person
from countersign.insights.models import Closing, CountedFigures, Snapshot, targets_of
from countersign.insights.overview import Overview, overview
from countersign.insights.services.snapshots import figures_of
from countersign.insights.services.teaching import ExerciseLine, lines_of
from countersign.insights.targets import Targets
from countersign.learning.services.sharing import left_out
from countersign.submissions.models import Submission


class NotShared(Exception):
    """This person doesn't share so much with the employer now."""


@dataclass(frozen=True)
class CohortView:
    """What a page shows of a cohort, and when its newest figures were worked out; ``counted_at``
    is when those of the people who don't share were."""

    cohort: Cohort
    overview: Overview
    targets: Targets
    computed_at: datetime | None
    counted_at: datetime | None


def employer_view(cohort: Cohort, *, viewer: User, practice: bool = True) -> CohortView:
    """The cohort as its employer may see it now. Each look is kept.

    ``practice=False`` leaves work of the practice model out of every score.
    """
    audit.record(
        audit.Action.COHORT_VIEWED,
        actor=viewer,
        organisation=cohort.organisation_id,
        thing=cohort,
    )
    return cohort_view(cohort, practice=practice)


def cohort_view(cohort: Cohort, *, practice: bool = True) -> CohortView:
    """The cohort as its employer may see it now, without keeping a look."""
    now, pace, targets = clock.now(), pace_of(cohort), targets_of(cohort)
    people, counted_at = people_of(cohort, practice=practice)
    figures = overview(
        people,
        exercises=pace.exercises,
        expected=pace.by(now.date()),
        competencies=competency_titles(),
        now=now,
        targets=targets,
    )
    return CohortView(cohort, figures, targets, _computed_at(cohort), counted_at)


@dataclass(frozen=True)
class Pace:
    """A steady pace through a cohort's exercises."""

    starts_on: date | None
    ends_on: date | None
    exercises: int

    def by(self, day: date) -> int | None:
        """How many exercises it has passed by then; None without both dates."""
        return expected_by(
            day, starts_on=self.starts_on, ends_on=self.ends_on, exercises=self.exercises
        )


def pace_of(cohort: Cohort) -> Pace:
    """The pace that the cohort's dates and release ask for."""
    return Pace(cohort.starts_on, cohort.ends_on, exercise_count(cohort))


def _computed_at(cohort: Cohort) -> datetime | None:
    rows = Snapshot.objects.unscoped().filter(enrolment__cohort=cohort)
    newest: datetime | None = rows.aggregate(newest=Max("computed_at"))["newest"]
    return newest


def competency_titles() -> list[str]:
    """The competencies of the framework, in its order."""
    return list(dict.fromkeys(Skill.objects.values_list("competency", flat=True)))


def people_of(cohort: Cohort, *, practice: bool = True) -> tuple[list[Person], datetime | None]:
    """Everyone in the cohort, and when those who don't share were counted. Their names are blank
    and their figures those of then."""
    enrolments = list(cohort.enrolments.filter(ended_at=None).select_related("learner"))
    sharing = [place for place in enrolments if shares_progress(place)]
    figures = figures_of(sharing)
    named = [_named(place, figures[str(place.pk)]) for place in sharing]
    closing = Closing.objects.filter(cohort=cohort).first()
    private = _counted([each for each in enrolments if not shares_progress(each)], cohort, closing)
    if not practice:
        named, private = [_live(each) for each in named], _live_if_hidden(private)
    return [*named, *private], closing.at if closing else None


def shares_progress(enrolment: Enrolment) -> bool:
    return enrolment.sharing in (Sharing.PROGRESS, Sharing.WORK)


def _named(enrolment: Enrolment, figures: PersonFigures) -> Person:
    return Person(
        name=enrolment.learner.display_name,
        figures=figures,
        joined_at=enrolment.joined_at,
        shares_progress=True,
        shares_work=enrolment.sharing == Sharing.WORK,
    )


def _counted(private: Sequence[Enrolment], cohort: Cohort, closing: Closing | None) -> list[Person]:
    """The people who don't share, as of the last closing.

    If somebody who was counted then has left, nobody counts: the rest taken from the whole of
    before would give that one away.
    """
    rows = CountedFigures.objects.unscoped().filter(enrolment__cohort=cohort)
    rows = rows.select_related("enrolment")
    known = {row.pk: row for row in rows}
    gone = closing is None or len(known) < closing.people
    gone = gone or any(row.enrolment.ended_at is not None for row in known.values())
    pace = pace_of(cohort)
    return [
        Person(
            name="",
            figures=row.as_figures if row and row.is_current else _nothing(place),
            joined_at=place.joined_at,
            shares_progress=False,
            moment=closing.at if closing else None,
            expected=pace.by(closing.at.date()) if closing else None,
            counted=bool(row and row.is_current) and not gone,
        )
        for place in private
        for row in [known.get(place.pk)]
    ]


def _nothing(enrolment: Enrolment) -> PersonFigures:
    return PersonFigures(enrolment=str(enrolment.pk))


def _live(person: Person) -> Person:
    return replace(person, figures=person.figures.without_practice())


def _live_if_hidden(private: Sequence[Person]) -> list[Person]:
    """Without the practice model's work. Where one to four of them have any, the two figures of
    the switch would differ by it: then none of them counts."""
    differing = sum(bool(person.counted and person.figures.practice) for person in private)
    hidden = not 0 < differing < FEWEST_PEOPLE
    return [replace(_live(person), counted=person.counted and hidden) for person in private]


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
    if not shares_progress(enrolment):
        raise NotShared
    person = _named(enrolment, figures_of([enrolment])[str(enrolment.pk)])
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
