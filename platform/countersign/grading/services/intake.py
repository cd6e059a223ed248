"""Have work graded: for the first time, again after our fault, or anew after a fix."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock, doorbell
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Lane, Reason, Run, RunState
from countersign.grading.services import building
from countersign.llm import jobs
from countersign.llm.connections import Role, model_name
from countersign.submissions.models import State, Submission
from countersign.submissions.services import Receipt, open_attempt, receive
from grader.answer import Answer
from grader.kinds import KINDS, nothing_to_ask


@transaction.atomic
def hand_in(
    *,
    enrolment: Enrolment,
    version: ExerciseVersion,
    answer: Answer,
    key: UUID,
    practice: bool = False,
) -> Receipt:
    """Take in an answer and have it graded. The same key twice is one submission.

    Submission and run are one transaction; the doorbell rings after it. ``practice``: the learner
    wants the practice model although there is a real one. Raises what
    ``submissions.services.receive`` raises.
    """
    if version.kind == "build":
        answer = building.handed_in(open_attempt(enrolment=enrolment, version=version), answer)
    receipt = receive(enrolment=enrolment, version=version, answer=answer, key=key)
    if receipt.is_new:
        generator = "" if practice else generator_for(receipt.submission)
        _queue(receipt.submission, Reason.INITIAL, Lane.FAST, generator=generator)
    return receipt


def generator_for(submission: Submission) -> str:
    """The model that writes for this submission; "" where its kind asks none or none is there."""
    attempt = submission.attempt
    if KINDS[attempt.version.kind].requests is nothing_to_ask:
        return ""
    return model_name(Role.GENERATOR, attempt.enrolment.cohort.organisation_id)


@transaction.atomic
def run_again(*, submission: Submission, actor: User | None = None, practice: bool = False) -> bool:
    """Grade once more after our fault, or after a model was away. False: there is nothing to mend.

    ``practice``: the practice model shall play this time. A regrade that met our fault stays a
    regrade: its old result goes on counting.
    """
    run = _again(submission, practice=practice)
    if run is not None:
        audit.record(
            audit.Action.RUN_AGAIN_ASKED,
            actor=actor,
            organisation=submission.attempt.enrolment.cohort.organisation_id,
            thing=run,
        )
    return run is not None


def _again(submission: Submission, *, practice: bool) -> Run | None:
    mendable = (State.PLATFORM_ERROR, State.MODEL_AWAY)
    rows = Submission.objects.unscoped().filter(pk=submission.pk, state__in=mendable)
    newest = submission.runs.by_the_grader().order_by("-number").first()
    if rows.update(state=State.QUEUED):
        asked_a_model = newest is not None and bool(newest.generator) and not practice
        generator = generator_for(submission) if asked_a_model else ""
        return _queue(submission, Reason.RETRY, Lane.FAST, generator=generator)
    if newest is not None and newest.state == RunState.FAULT:
        return _queue(submission, Reason.REGRADE, Lane.BULK, like=newest)
    return None


@transaction.atomic
def regrade(*, submissions: Iterable[Submission], actor: User) -> int:
    """Grade finished work anew, where nobody waits. Answers how many runs were made.

    The old result counts until the new one is written, and stays readable for ever.
    """
    made = 0
    for submission in submissions:
        if submission.runs.open().by_the_grader().exists():
            continue
        run = _queue(submission, Reason.REGRADE, Lane.BULK, like=counting_run(submission))
        organisation = submission.attempt.enrolment.cohort.organisation_id
        audit.record(audit.Action.REGRADE_ASKED, actor=actor, organisation=organisation, thing=run)
        made += 1
    return made


@transaction.atomic
def cancel(*, submission: Submission, actor: User) -> bool:
    """Stop waiting for a run. False when it had come to an end already."""
    stopped = (
        Run.objects.unscoped()
        .filter(
            submission=submission,
            state__in=(RunState.QUEUED, RunState.RUNNING),
            reason__in=(Reason.INITIAL, Reason.RETRY),
        )
        .update(
            state=RunState.CANCELLED, finished_at=clock.now(), lease_token=None, lease_until=None
        )
    )
    if stopped:
        for run in submission.runs.filter(written_at=None).exclude(generator=""):
            jobs.cancel(WRITING, run.pk)
        Submission.objects.unscoped().filter(pk=submission.pk).update(state=State.CANCELLED)
        audit.record(
            audit.Action.SUBMISSION_CANCELLED,
            actor=actor,
            organisation=submission.attempt.enrolment.cohort.organisation_id,
            thing=submission,
        )
    return bool(stopped)


def counting_run(submission: Submission) -> Run | None:
    """The run whose result counts: a regrade judges the very same texts by the same key."""
    counting = submission.results.filter(superseded_by=None).select_related("run").first()
    return counting.run if counting else None


def _queue(
    submission: Submission,
    reason: Reason,
    lane: Lane,
    *,
    generator: str = "",
    like: Run | None = None,
) -> Run:
    """``like``: judged by the same version, on texts of the same model."""
    last = submission.runs.aggregate(last=Max("number"))["last"] or 0
    generator = like.generator if like else generator
    run = submission.runs.create(
        number=last + 1,
        reason=reason,
        lane=lane,
        generator=generator,
        judged_by_id=like.judged_by_id if like else None,
    )
    if generator:
        jobs.enqueue(WRITING, run.pk)
    else:
        transaction.on_commit(lambda: ring(run), robust=True)
    return run


WRITING = "writing"
"""The job of having a model write what a run is judged on."""


def ring(run: Run) -> bool:
    """Tell a worker that a run waits; the dispatcher rings again if nobody hears it."""
    from countersign.grading.tasks import grade_bulk, grade_fast

    return doorbell.ring(grade_fast if run.lane == Lane.FAST else grade_bulk, str(run.pk))
