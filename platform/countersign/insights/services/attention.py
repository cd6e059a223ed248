"""What waits for an instructor: our faults, people who are stuck or silent, links that run out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment, Invitation
from countersign.common import clock
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result, Run, RunState
from countersign.insights.figures import Sign, expected_by, signs
from countersign.insights.services.employer import exercise_count
from countersign.insights.services.snapshots import figures_of
from countersign.submissions.models import COUNTED, Attempt

STUCK_AFTER = 4
STILL_FRESH = timedelta(days=14)
RUNS_OUT_WITHIN = timedelta(days=5)
FEW_PLACES = 2
MOST = 20
"""Tries on one exercise without passing; how long that stays on the list; when a link is said to
run out (time, places); how many runs and links are shown."""


@dataclass(frozen=True)
class Stuck:
    """Somebody who tried one exercise several times and hasn't passed it."""

    enrolment: Enrolment
    version: ExerciseVersion
    tries: int
    last_at: datetime


@dataclass(frozen=True)
class Silent:
    """Somebody whom a rule picks: no work for a week, far behind, low results in a row."""

    enrolment: Enrolment
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class WorkList:
    """What needs the instructor: of runs and links the first ``MOST``, of people all."""

    set_aside: Sequence[Run]
    stuck: Sequence[Stuck]
    silent: Sequence[Silent]
    running_out: Sequence[Invitation]

    @property
    def is_empty(self) -> bool:
        return not (self.set_aside or self.stuck or self.silent or self.running_out)


def work_list(viewer: User) -> WorkList:
    """Everything in the viewer's cohorts that waits for them."""
    now = clock.now()
    return WorkList(
        set_aside=list(runs_set_aside(viewer)[:MOST]),
        stuck=_stuck(viewer, now),
        silent=_silent(viewer, now),
        running_out=list(_running_out(viewer, now)[:MOST]),
    )


def runs_set_aside(viewer: User) -> QuerySet[Run]:
    """Runs that met our fault too often and that nobody has run again since, newest first."""
    newer = (
        Run.objects.unscoped()
        .by_the_grader()
        .filter(submission=OuterRef("submission"), number__gt=OuterRef("number"))
    )
    rows: QuerySet[Run] = (
        Run.objects.visible_to(viewer)
        .by_the_grader()
        .filter(~Exists(newer), state=RunState.FAULT)
        .select_related(
            "submission__attempt__version", "submission__attempt__enrolment__learner",
            "submission__attempt__enrolment__cohort",
        )
        .order_by("-finished_at")
    )  # fmt: skip
    return rows


def _stuck(viewer: User, now: datetime) -> list[Stuck]:
    passed = (
        Result.objects.unscoped()
        .counting()
        .filter(submission__attempt=OuterRef("pk"), status="passed")
    )
    attempts = (
        Attempt.objects.visible_to(viewer)
        .filter(enrolment__ended_at=None)
        .exclude(enrolment__learner=viewer)
        .annotate(
            tries=Count("submissions", filter=Q(submissions__state__in=COUNTED)),
            last=Max("submissions__received_at"),
        )
        .filter(~Exists(passed), tries__gte=STUCK_AFTER, last__gt=now - STILL_FRESH)
        .select_related("version", "enrolment__learner", "enrolment__cohort")
        .defer("version__shown", "version__brief", "version__hints")
        .order_by("-last")
    )
    return [
        Stuck(each.enrolment, each.version, each.tries, each.last)  # type: ignore[attr-defined]
        for each in attempts  # annotated above
    ]


def _silent(viewer: User, now: datetime) -> list[Silent]:
    found = [
        line
        for cohort in Cohort.objects.visible_to(viewer).taught_by(viewer).running(now.date())
        for line in _silent_in(cohort, now)
    ]
    return sorted(found, key=lambda line: -max(sign.number for sign in line.signs))


def _silent_in(cohort: Cohort, now: datetime) -> list[Silent]:
    enrolments = list(cohort.enrolments.filter(ended_at=None).select_related("learner", "cohort"))
    figures = figures_of(enrolments)
    expected = expected_by(
        now.date(),
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        exercises=exercise_count(cohort),
    )
    lines = [
        Silent(
            place,
            signs(figures[str(place.pk)], joined_at=place.joined_at, expected=expected, now=now),
        )
        for place in enrolments
    ]
    return [line for line in lines if line.signs]


def _running_out(viewer: User, now: datetime) -> QuerySet[Invitation]:
    soon = Q(expires_at__lt=now + RUNS_OUT_WITHIN)
    full = Q(most_uses__isnull=False, uses__gte=F("most_uses") - FEW_PLACES)
    rows: QuerySet[Invitation] = (
        Invitation.objects.visible_to(viewer)
        .usable(now)
        .filter(soon | full, email="")
        .select_related("cohort")
        .order_by("expires_at")
    )
    return rows
