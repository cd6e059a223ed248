"""How exercises do with the people one teaches: first tries, tries until passed, rules missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment
from countersign.courses.models import ExercisePlace
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.grading.models import Result

FEWEST_TRIES = 10
BATCH = 500
"""Results read at once."""


@dataclass(frozen=True)
class RuleFigure:
    """How often one rule of an exercise did not hold at the first graded try."""

    says: str
    missed: int
    of: int

    @property
    def share(self) -> float:
        return round(100 * self.missed / self.of)


@dataclass(frozen=True)
class ExerciseFigures:
    """How an exercise does with the people one teaches. Shares need at least ``FEWEST_TRIES``.

    ``learners`` counts first tries; ``tries_until_passed`` pairs a number of tries with how many
    learners took it.
    """

    learners: int = 0
    passed: int = 0
    passed_first: int = 0
    submissions: int = 0
    rules: tuple[RuleFigure, ...] = ()
    tries_until_passed: tuple[tuple[int, int], ...] = ()

    FEWEST_TRIES = FEWEST_TRIES

    @property
    def first_try_share(self) -> float | None:
        if self.learners < FEWEST_TRIES:
            return None
        return round(100 * self.passed_first / self.learners)

    @property
    def worst_rule(self) -> RuleFigure | None:
        """The rule that goes wrong most, if any does and enough have tried."""
        worst = self.rules[0] if self.rules and self.learners >= FEWEST_TRIES else None
        return worst if worst is not None and worst.missed else None

    @property
    def not_yet(self) -> int:
        """Who tried and hasn't passed."""
        return self.learners - self.passed


def exercise_figures(exercise: Exercise, *, viewer: User) -> ExerciseFigures:
    """One exercise in the viewer's cohorts, over all its versions."""
    return _figures(_first_to_last(viewer, exercise=exercise)).get(exercise.pk, ExerciseFigures())


def all_exercise_figures(viewer: User) -> dict[UUID, ExerciseFigures]:
    """Every exercise that somebody in the viewer's cohorts has tried."""
    return _figures(_first_to_last(viewer))


def taught_exercises(viewer: User) -> list[tuple[ExerciseVersion, ExerciseFigures]]:
    """The exercises in the releases of the viewer's cohorts, in the order of the course."""
    figures = all_exercise_figures(viewer)
    return [
        (version, figures.get(version.exercise_id, ExerciseFigures()))
        for version in taught_versions(viewer)
    ]


def taught_versions(viewer: User) -> Iterable[ExerciseVersion]:
    """The newest version of each exercise in the releases of the viewer's cohorts."""
    releases = Cohort.objects.visible_to(viewer).taught_by(viewer).values("release")
    places = (
        ExercisePlace.objects.filter(lesson__module__course__release__in=releases)
        .select_related("version")
        .defer("version__shown", "version__brief", "version__hints")
        .order_by("lesson__module__course__position", "lesson__module__position",
                  "lesson__position", "position", "version__number")
    )  # fmt: skip
    newest: dict[UUID, ExerciseVersion] = {}
    for place in places:
        known = newest.get(place.version.exercise_id)
        if known is None or known.number < place.version.number:
            newest[place.version.exercise_id] = place.version
    return newest.values()


@dataclass(frozen=True)
class _Try:
    """One graded result, as far as figures need it."""

    exercise: UUID
    enrolment: UUID
    result: UUID
    passed: bool


def _first_to_last(viewer: User, exercise: Exercise | None = None) -> list[_Try]:
    rows = (
        Result.objects.visible_to(viewer)
        .counting()
        .filter(score__isnull=False)
        .exclude(submission__attempt__enrolment__learner=viewer)
    )
    if exercise is not None:
        rows = rows.filter(submission__attempt__version__exercise=exercise)
    return [
        _Try(exercise_id, enrolment, result, status == "passed")
        for exercise_id, enrolment, result, status in rows.order_by(
            "submission__received_at"
        ).values_list(
            "submission__attempt__version__exercise",
            "submission__attempt__enrolment",
            "pk",
            "status",
        )
    ]


def _figures(tries: Sequence[_Try]) -> dict[UUID, ExerciseFigures]:
    found: dict[UUID, dict[UUID, list[_Try]]] = defaultdict(lambda: defaultdict(list))
    for one in tries:
        found[one.exercise][one.enrolment].append(one)
    firsts = [each[0].result for people in found.values() for each in people.values()]
    rules = _rules(firsts)
    return {exercise: _exercise(list(people.values()), rules) for exercise, people in found.items()}


def _exercise(people: list[list[_Try]], rules: dict[UUID, list[dict[str, Any]]]) -> ExerciseFigures:
    until = [_until_passed(tries) for tries in people]
    return ExerciseFigures(
        learners=len(people),
        passed=sum(tries is not None for tries in until),
        passed_first=sum(tries == 1 for tries in until),
        submissions=sum(len(tries) for tries in people),
        rules=_rule_figures([rules.get(tries[0].result, []) for tries in people]),
        tries_until_passed=tuple(sorted(Counter(n for n in until if n).items())),
    )


def _until_passed(tries: Sequence[_Try]) -> int | None:
    return next((n for n, one in enumerate(tries, 1) if one.passed), None)


def _rules(results: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The rules of each result's verdict, without loading the rest of it."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for start in range(0, len(results), BATCH):
        rows = Result.objects.unscoped().filter(pk__in=results[start : start + BATCH])
        found.update(rows.values_list("pk", "shown__requirements"))
    return found


def _rule_figures(first_tries: Sequence[list[dict[str, Any]]]) -> tuple[RuleFigure, ...]:
    missed: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for rules in first_tries:
        for rule in rules:
            seen[rule["says"]] += 1
            missed[rule["says"]] += rule["passed"] < rule["total"] or rule["total"] == 0
    return tuple(
        RuleFigure(says, missed[says], seen[says])
        for says in sorted(seen, key=lambda says: -missed[says])
    )


@dataclass(frozen=True)
class Trier:
    """A learner who tried an exercise: how it went, and their newest submission."""

    enrolment: Enrolment
    tries: int
    passed: bool
    best: float
    newest: UUID
    last_at: datetime


def triers(exercise: Exercise, *, viewer: User) -> list[Trier]:
    """Who tried it in the viewer's cohorts: first those who haven't passed, most tries first."""
    rows = (
        Result.objects.visible_to(viewer)
        .counting()
        .filter(score__isnull=False, submission__attempt__version__exercise=exercise)
        .exclude(submission__attempt__enrolment__learner=viewer)
        .defer("shown")
        .select_related(
            "submission__attempt__enrolment__learner", "submission__attempt__enrolment__cohort"
        )
        .order_by("submission__received_at")
    )
    by_place: dict[UUID, list[Result]] = defaultdict(list)
    for result in rows:
        by_place[result.submission.attempt.enrolment_id].append(result)
    found = [_trier(results) for results in by_place.values()]
    return sorted(found, key=lambda trier: (trier.passed, -trier.tries))


def _trier(results: Sequence[Result]) -> Trier:
    newest = results[-1].submission
    return Trier(
        enrolment=newest.attempt.enrolment,
        tries=len(results),
        passed=any(result.passed for result in results),
        best=max(result.percent or 0.0 for result in results),
        newest=newest.pk,
        last_at=newest.received_at,
    )
