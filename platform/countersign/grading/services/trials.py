"""Dry runs: judge handed-in work without changing anything, then let what was found count, or not.

A dry run is a run like any other (claimed, leased, settled once) on the bulk lane. Its verdict is
kept apart until ``adopt`` makes a result of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from countersign.common import clock
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import (
    Lane,
    Reason,
    Result,
    Run,
    RunState,
    SealedVerdict,
    TrialVerdict,
)
from countersign.grading.services.intake import WRITING, counting_run
from countersign.grading.services.settlement import put_in_force
from countersign.llm import jobs
from countersign.submissions.models import Submission
from grader.verdict import Verdict


@transaction.atomic
def begin_trials(
    submissions: Iterable[Submission], *, judged_by: ExerciseVersion | None
) -> dict[UUID, Run]:
    """Have these judged by another version's key (None: each by its own). Answers the new runs by
    submission; one that has an open dry run already is left out, and may be asked for again.

    No bell is rung: the dispatcher brings them in, a few at a time.
    """
    wanted = {each.pk: each for each in submissions}
    busy = Run.objects.unscoped().open().filter(submission__in=wanted, reason=Reason.TRIAL)
    for taken in busy.values_list("submission", flat=True):
        wanted.pop(taken, None)
    runs = [_trial(each, number + 1, judged_by) for each, number in _with_last_numbers(wanted)]
    Run.objects.bulk_create(runs)
    for run in runs:
        if run.generator:
            jobs.enqueue(WRITING, run.pk)
    return {run.submission_id: run for run in runs}


def _trial(submission: Submission, number: int, judged_by: ExerciseVersion | None) -> Run:
    counting = counting_run(submission)
    return Run(
        submission=submission,
        number=number,
        reason=Reason.TRIAL,
        lane=Lane.BULK,
        judged_by=judged_by,
        generator=counting.generator if counting else "",
    )


def _with_last_numbers(wanted: dict[UUID, Submission]) -> list[tuple[Submission, int]]:
    numbers = dict(
        Run.objects.unscoped()
        .filter(submission__in=wanted)
        .order_by()
        .values_list("submission")
        .annotate(last=Max("number"))
    )
    return [(each, numbers.get(key, 0)) for key, each in wanted.items()]


def stop_trials(runs: Collection[UUID]) -> int:
    """Stop those that wait or run; a worker that has one finds its token stale. Answers how many
    were stopped."""
    stopped: int = (
        Run.objects.unscoped()
        .open()
        .filter(pk__in=runs, reason=Reason.TRIAL)
        .update(
            state=RunState.CANCELLED, finished_at=clock.now(), lease_token=None, lease_until=None
        )
    )
    for run in Run.objects.unscoped().filter(pk__in=runs, written_at=None).exclude(generator=""):
        jobs.cancel(WRITING, run.pk)
    return stopped


def adopt(trial: TrialVerdict) -> Result:
    """Let what a dry run found count from now on. Needs a transaction."""
    return put_in_force(trial.run_id, trial.run.submission_id, Verdict.from_json(trial.verdict))


def put_back(earlier: Result) -> Result:
    """Let an earlier result count again, as a new row that says the same. Needs a transaction."""
    last = earlier.submission.runs.aggregate(last=Max("number"))["last"] or 0
    now = clock.now()
    run = earlier.submission.runs.create(
        number=last + 1,
        reason=Reason.RESTORED,
        lane=Lane.BULK,
        state=RunState.DONE,
        claimed_at=now,
        finished_at=now,
        generator=earlier.run.generator,
        written_at=earlier.run.written_at,
        judged_by=earlier.run.judged_by,
    )
    sealed = SealedVerdict.objects.get(pk=earlier.pk).verdict
    return put_in_force(run.pk, earlier.submission_id, Verdict.from_json(sealed))
