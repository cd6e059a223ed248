"""The dry run of a regrade: begin it, see how far it is, go on with it, cancel it.

Nothing a learner sees changes. Whatever dies in between loses nothing: what is still to do is
read from the entries and their runs, and each submission is judged once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.common import clock
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.grading.models import Result, RunState
from countersign.grading.services.breaker import paused
from countersign.grading.services.trials import begin_trials, stop_trials
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.regrades.models import Entry, Regrade, Stage
from countersign.submissions.models import Submission

BATCH = 200
"""How many dry runs one round of the dispatcher begins at most."""


class NothingToRegrade(Exception):
    """No work in the scope has come to a verdict."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is regraded. None: all. ``since`` and ``until`` are days of handing in, both inside."""

    organisation: Organisation
    exercise: Exercise
    version: ExerciseVersion | None = None
    cohort: Cohort | None = None
    since: date | None = None
    until: date | None = None


def in_scope(scope: Scope, *, actor: User) -> QuerySet[Submission]:
    """The submissions that a regrade would judge, without this person's own; none where they may
    not regrade."""
    rows: QuerySet[Submission] = (
        Submission.objects.unscoped()
        .with_a_verdict()
        .filter(
            attempt__enrolment__cohort__organisation=scope.organisation,
            attempt__version__exercise=scope.exercise,
        )
        .exclude(attempt__enrolment__learner=actor)
        .order_by("received_at", "pk")
    )
    if scope.organisation.pk not in organisation_ids(actor, Permission.REGRADE):
        return rows.none()
    return rows.filter(_narrowed(scope))


def _narrowed(scope: Scope) -> Q:
    found = Q()
    if scope.version is not None:
        found &= Q(attempt__version=scope.version)
    if scope.cohort is not None:
        found &= Q(attempt__enrolment__cohort=scope.cohort)
    if scope.since is not None:
        found &= Q(received_at__date__gte=scope.since)
    if scope.until is not None:
        found &= Q(received_at__date__lte=scope.until)
    return found


@transaction.atomic
def begin(scope: Scope, *, target: ExerciseVersion | None, actor: User) -> Regrade:
    """Begin a dry run. ``target`` is a version of the same exercise, None for each one's own.

    Raises NothingToRegrade.
    """
    assert target is None or target.exercise_id == scope.exercise.pk
    wanted = list(in_scope(scope, actor=actor).values_list("pk", flat=True))
    if not wanted:
        raise NothingToRegrade
    regrade = Regrade.objects.create(
        organisation=scope.organisation,
        exercise=scope.exercise,
        version=scope.version,
        cohort=scope.cohort,
        since=scope.since,
        until=scope.until,
        target=target,
        made_by=actor,
    )
    Entry.objects.bulk_create(Entry(regrade=regrade, submission_id=each) for each in wanted)
    audit.record(
        audit.Action.REGRADE_ASKED,
        actor=actor,
        organisation=scope.organisation.pk,
        thing=regrade,
        submissions=len(wanted),
        target=str(target.pk) if target else "",
    )
    _begin_runs(regrade)
    return regrade


def go_on() -> int:
    """Begin what dry runs under way still lack (the dispatcher's part). Answers how many runs."""
    return sum(_begin_runs(each) for each in Regrade.objects.unscoped().filter(stage=Stage.DRY))


@transaction.atomic
def _begin_runs(regrade: Regrade) -> int:
    """Dry runs for entries that have none, and for those that a newer result has overtaken."""
    held = (
        Regrade.objects.unscoped()
        .select_for_update(of=("self",))
        .filter(pk=regrade.pk, stage=Stage.DRY)
    )
    if not held.exists():
        return 0
    lacking = Entry.objects.unscoped().filter(regrade=regrade).filter(to_begin())
    entries = {each.submission_id: each for each in lacking.select_related("submission")[:BATCH]}
    runs = begin_trials([each.submission for each in entries.values()], judged_by=regrade.target)
    for submission, run in runs.items():
        entries[submission].run = run
    Entry.objects.unscoped().bulk_update([entries[submission] for submission in runs], ["run"])
    return len(runs)


def to_begin() -> Q:
    """Entries that nothing was run for yet, or whose result was written anew since it was: the
    key may have changed with it."""
    newer = (
        Result.objects.unscoped()
        .counting()
        .filter(submission=OuterRef("submission"), made_at__gt=OuterRef("run__claimed_at"))
    )
    return Q(run=None) | Q(Exists(newer), run__state=RunState.DONE)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a dry run is. ``faults`` met our fault and were set aside; ``called_off`` had no
    model to write for them. ``is_paused``: the target met our fault so often that it waits."""

    total: int
    done: int
    faults: int
    called_off: int
    is_paused: bool

    @property
    def ended(self) -> int:
        return self.done + self.faults + self.called_off

    @property
    def is_ready(self) -> bool:
        """Everything has come to an end of some kind."""
        return self.ended == self.total

    @property
    def percent(self) -> int:
        return 100 * self.ended // self.total if self.total else 0


def progress(regrade: Regrade) -> Progress:
    """Counted from the runs, now."""
    entries = Entry.objects.unscoped().filter(regrade=regrade)
    again = entries.filter(to_begin())
    states = list(entries.exclude(pk__in=again.values("pk")).values_list("run__state", flat=True))
    return Progress(
        total=entries.count(),
        done=states.count(RunState.DONE),
        faults=states.count(RunState.FAULT),
        called_off=states.count(RunState.CANCELLED),
        is_paused=regrade.is_open and bool(_judges(regrade) & set(paused())),
    )


def _judges(regrade: Regrade) -> set[object]:
    if regrade.target_id is not None:
        return {regrade.target_id}
    entries = Entry.objects.unscoped().filter(regrade=regrade)
    return set(entries.values_list("submission__attempt__version", flat=True))


@transaction.atomic
def try_again(regrade: Regrade) -> int:
    """Run those anew that met our fault or had no model. Answers how many."""
    if not Regrade.objects.unscoped().filter(pk=regrade.pk, stage=Stage.DRY).exists():
        return 0
    without: int = (
        Entry.objects.unscoped()
        .filter(regrade=regrade, run__state__in=(RunState.FAULT, RunState.CANCELLED))
        .update(run=None)
    )
    _begin_runs(regrade)
    return without


@transaction.atomic
def cancel(regrade: Regrade, *, actor: User) -> bool:
    """Stop the dry run and drop what it found. False: it was decided already."""
    dropped = (
        Regrade.objects.unscoped()
        .filter(pk=regrade.pk, stage=Stage.DRY)
        .update(stage=Stage.CANCELLED, decided_by=actor, decided_at=clock.now())
    )
    if not dropped:
        return False
    entries = Entry.objects.unscoped().filter(regrade=regrade, run__isnull=False)
    stop_trials(list(entries.values_list("run", flat=True)))
    audit.record(
        audit.Action.REGRADE_CANCELLED,
        actor=actor,
        organisation=regrade.organisation_id,
        thing=regrade,
    )
    return True


def counting(regrade: Regrade) -> dict[object, Result]:
    """The result that counts now, by submission."""
    entries = Entry.objects.unscoped().filter(regrade=regrade)
    rows = Result.objects.unscoped().counting().filter(submission__in=entries.values("submission"))
    return {each.submission_id: each for each in rows.select_related("run__judged_by")}
