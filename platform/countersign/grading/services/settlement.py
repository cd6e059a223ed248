"""A verdict becomes a result: once, and only by who holds the run."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from countersign.common import clock
from countersign.common.text import clean_json
from countersign.events import outbox
from countersign.grading.events import SubmissionGraded
from countersign.grading.models import (
    Lane,
    Reason,
    Result,
    Run,
    RunState,
    SealedVerdict,
    TrialVerdict,
)
from countersign.grading.services.marks import points_for_reasons
from countersign.grading.services.queue import Claim
from countersign.submissions.models import State, Submission
from grader.kinds.decide.rubric import with_rubric
from grader.verdict import Status, Verdict

STATE_OF = {
    Status.PASSED: State.GRADED,
    Status.FAILED: State.GRADED,
    Status.INVALID: State.INVALID,
    Status.TIMED_OUT: State.TIMED_OUT,
    Status.OUT_OF_MEMORY: State.OUT_OF_MEMORY,
    Status.OUTPUT_LIMIT: State.OUTPUT_LIMIT,
}


@transaction.atomic
def settle(claim: Claim, verdict: Verdict) -> Result | None:
    """Write the result. None when the run is no longer ours (the work is thrown away), and for a
    dry run, whose verdict is kept apart."""
    held = Run.objects.unscoped().filter(
        pk=claim.run_id, lease_token=claim.token, state=RunState.RUNNING
    )
    finished = held.update(
        state=RunState.DONE, finished_at=clock.now(), lease_token=None, lease_until=None, fault=""
    )
    if not finished:
        return None
    if Run.objects.unscoped().filter(pk=claim.run_id, reason=Reason.TRIAL).exists():
        TrialVerdict.objects.create(run_id=claim.run_id, verdict=_stored(verdict))
        return None
    return put_in_force(claim.run_id, claim.submission_id, verdict)


def put_in_force(run_id: UUID, submission_id: UUID, verdict: Verdict) -> Result:
    """Write the result of a finished run: it counts from now on, and the earlier one stays
    readable. Needs a transaction."""
    whole = with_reasons(submission_id, verdict)
    result = _write(run_id, submission_id, whole)
    _show(result, whole)
    return result


@transaction.atomic
def settle_marks(submission: Submission) -> Result | None:
    """Write the counting verdict anew with what people gave for its reasons.

    None where nothing counts yet: the marks join when the run settles. The old result stays
    readable.
    """
    found = Result.objects.unscoped().counting().filter(submission=submission)
    counting: Result | None = found.select_related("run").first()
    if counting is None:
        return None
    before = Verdict.from_json(SealedVerdict.objects.get(pk=counting.pk).verdict)
    whole = with_reasons(submission.pk, before)
    if whole == before:
        return counting
    now = clock.now()
    last = submission.runs.aggregate(last=Max("number"))["last"] or 0
    run = submission.runs.create(
        number=last + 1,
        reason=Reason.MARKED,
        lane=Lane.BULK,
        state=RunState.DONE,
        claimed_at=now,
        finished_at=now,
        judged_by=counting.run.judged_by,
    )
    result = _write(run.pk, submission.pk, whole)
    _show(result, whole)
    return result


def with_reasons(submission_id: UUID, verdict: Verdict) -> Verdict:
    """The verdict of a memo with its marks; any other as it is. Holds the memo until the
    transaction ends, so that marks and a regrade can't miss each other."""
    parts = verdict.details.get("points")
    if not isinstance(parts, dict) or "rubric" not in parts:
        return verdict
    held = Submission.objects.unscoped().select_for_update().get(pk=submission_id)
    return with_rubric(verdict, points_for_reasons(held))


def _write(run_id: UUID, submission_id: UUID, verdict: Verdict) -> Result:
    result_id = uuid4()
    _supersede(submission_id, by=result_id)
    result = Result.objects.create(
        id=result_id,
        run_id=run_id,
        submission_id=submission_id,
        status=verdict.status.value,
        score=None if verdict.score is None else Decimal(str(verdict.score)),
        max_score=Decimal(str(verdict.max_score)),
        tests_passed=verdict.tests_passed,
        tests_total=len(verdict.tests),
        shown=_stored(verdict.for_learner()),
        engine=verdict.engine,
        isolation=verdict.isolation,
    )
    SealedVerdict.objects.create(result=result, verdict=_stored(verdict))
    return result


def _stored(verdict: Verdict) -> dict[str, Any]:
    stored: dict[str, Any] = clean_json(verdict.as_json())
    return stored


def _supersede(submission_id: UUID, *, by: UUID) -> None:
    """The new result is named before it is written: exactly one may count at any moment, and
    foreign keys are checked when the transaction ends."""
    Result.objects.unscoped().counting().filter(submission_id=submission_id).update(
        superseded_by=by
    )


def _show(result: Result, verdict: Verdict) -> None:
    Submission.objects.unscoped().filter(pk=result.submission_id).update(
        state=STATE_OF[verdict.status]
    )
    enrolment = (
        Submission.objects.unscoped()
        .select_related("attempt__enrolment")
        .get(pk=result.submission_id)
        .attempt.enrolment
    )
    outbox.publish(
        SubmissionGraded(
            submission=result.submission_id,
            result=result.pk,
            learner=enrolment.learner_id,
            cohort=enrolment.cohort_id,
        )
    )
