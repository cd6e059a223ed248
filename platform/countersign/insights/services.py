"""Work figures out beforehand, and read them under the rules of consent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.common import clock
from countersign.courses.models import ExercisePlace, Skill
from countersign.exercises.models import Exercise
from countersign.grading.models import Result
from countersign.insights.figures import Overview, Person, PersonFigures, overview, person_figures
from countersign.insights.models import Snapshot
from countersign.learning import services as learning
from countersign.learning.evidence import tasks_of
from countersign.submissions.models import COUNTED


def refresh(cohort: Cohort) -> Snapshot:
    """Work a cohort's figures out anew. Running it twice changes nothing."""
    competencies = dict(Skill.objects.values_list("pk", "competency"))
    people = [_figures(enrolment, competencies) for enrolment in _activity(cohort)]
    snapshot, _ = Snapshot.objects.unscoped().update_or_create(
        cohort=cohort,
        defaults={
            "people": [figures.as_json() for figures in people],
            "computed_at": clock.now(),
            "is_stale": False,
        },
    )
    found: Snapshot = snapshot
    return found


def _activity(cohort: Cohort) -> Sequence[Enrolment]:
    counted = Q(attempts__submissions__state__in=COUNTED)
    return list(
        cohort.enrolments.filter(ended_at=None).annotate(
            submissions=Count("attempts__submissions", filter=counted),
            last_active=Max("attempts__submissions__received_at"),
        )
    )


def _figures(enrolment: Enrolment, competencies: dict[str, str]) -> PersonFigures:
    return person_figures(
        enrolment.pk,
        learning.tasks(enrolment),
        submissions=enrolment.submissions,  # type: ignore[attr-defined]
        last_active=enrolment.last_active,  # type: ignore[attr-defined]
        competencies=competencies,
    )


def snapshot(cohort: Cohort) -> Snapshot:
    """The newest figures. A cohort without any, or with stale ones, gets them worked out now."""
    found = Snapshot.objects.unscoped().filter(cohort=cohort).first()
    return refresh(cohort) if found is None or found.is_stale else found


@dataclass(frozen=True)
class CohortView:
    """What a page shows of a cohort, and when its figures were worked out."""

    cohort: Cohort
    overview: Overview
    computed_at: datetime


def employer_view(cohort: Cohort, *, viewer: User) -> CohortView:
    """The cohort as its employer may see it now. Each look is kept."""
    audit.record(
        audit.Action.COHORT_VIEWED,
        actor=viewer,
        organisation=cohort.organisation_id,
        thing=cohort,
    )
    found = snapshot(cohort)
    figures = overview(
        _people(cohort, found),
        exercises=exercise_count(cohort),
        competencies=list(_competency_titles()),
        now=clock.now(),
    )
    return CohortView(cohort, figures, found.computed_at)


def _competency_titles() -> list[str]:
    return list(dict.fromkeys(Skill.objects.values_list("competency", flat=True)))


def _people(cohort: Cohort, found: Snapshot) -> list[Person]:
    """Everyone in the cohort; names are blank where the person does not share progress."""
    figures = {row["enrolment"]: PersonFigures.from_json(row) for row in found.people}
    return [
        _person(enrolment, figures[str(enrolment.pk)])
        for enrolment in cohort.enrolments.filter(ended_at=None).select_related("learner")
        if str(enrolment.pk) in figures
    ]


def _person(enrolment: Enrolment, figures: PersonFigures) -> Person:
    shares = enrolment.sharing in (Sharing.PROGRESS, Sharing.WORK)
    return Person(
        name=enrolment.learner.display_name if shares else "",
        figures=figures,
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
class RosterLine:
    """One learner for their instructor, who sees everyone."""

    enrolment: Enrolment
    figures: PersonFigures


def roster(cohort: Cohort) -> list[RosterLine]:
    """The cohort's learners with their figures, by name. For those who teach it."""
    figures = {row["enrolment"]: PersonFigures.from_json(row) for row in snapshot(cohort).people}
    enrolments = cohort.enrolments.filter(ended_at=None).select_related("learner")
    lines = [
        RosterLine(enrolment, figures[str(enrolment.pk)])
        for enrolment in enrolments
        if str(enrolment.pk) in figures
    ]
    return sorted(lines, key=lambda line: line.enrolment.learner.display_name.casefold())


@dataclass(frozen=True)
class RuleFigure:
    """How often one rule of an exercise did not hold at the first graded try."""

    says: str
    missed: int
    of: int


@dataclass(frozen=True)
class ExerciseFigures:
    """How an exercise does with the people one teaches. Shares need at least ``FEWEST_TRIES``."""

    learners: int
    passed: int
    passed_first: int
    submissions: int
    rules: tuple[RuleFigure, ...]
    tries_until_passed: tuple[tuple[int, int], ...]  # (tries, how many learners)

    FEWEST_TRIES = 10

    @property
    def first_try_share(self) -> float | None:
        if self.learners < self.FEWEST_TRIES:
            return None
        return round(100 * self.passed_first / self.learners, 1)


def exercise_figures(exercise: Exercise, *, viewer: User) -> ExerciseFigures:
    """First tries, tries until passed, and which rules go wrong, in the viewer's cohorts."""
    results = list(
        Result.objects.visible_to(viewer)
        .counting()
        .filter(submission__attempt__version__exercise=exercise, score__isnull=False)
        .exclude(submission__attempt__enrolment__learner=viewer)
        .select_related("submission__attempt__version", "submission__attempt__enrolment")
        .order_by("submission__received_at")
    )
    by_place: dict[UUID, list[Result]] = {}
    for result in results:
        by_place.setdefault(result.submission.attempt.enrolment_id, []).append(result)
    tasks = [
        tasks_of(learning.work_of(result, hints=0) for result in tries)[0]
        for tries in by_place.values()
    ]
    until = Counter(task.tries_until_passed for task in tasks if task.tries_until_passed)
    return ExerciseFigures(
        learners=len(tasks),
        passed=sum(task.passed for task in tasks),
        passed_first=sum(task.passed_first for task in tasks),
        submissions=len(results),
        rules=_rule_figures([tries[0] for tries in by_place.values()]),
        tries_until_passed=tuple(sorted(until.items())),
    )


def _rule_figures(first_results: Sequence[Result]) -> tuple[RuleFigure, ...]:
    missed: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for result in first_results:
        for rule in result.verdict.requirements:
            seen[rule.says] += 1
            missed[rule.says] += not rule.holds
    return tuple(
        RuleFigure(says, missed[says], seen[says])
        for says in sorted(seen, key=lambda says: -missed[says])
    )
