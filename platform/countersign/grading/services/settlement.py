"""A verdict becomes a result: once, and only by who holds the run."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from countersign.common import clock
from countersign.common.text import clean_json
from countersign.events import outbox
from countersign.grading.events import SubmissionGraded
from countersign.grading.models import Result, Run, RunState, SealedVerdict
from countersign.grading.services.queue import Claim
from countersign.submissions.models import State, Submission
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
    """Write the result. None when the run is no longer ours: the work is thrown away."""
    held = Run.objects.unscoped().filter(
        pk=claim.run_id, lease_token=claim.token, state=RunState.RUNNING
    )
    finished = held.update(
        state=RunState.DONE, finished_at=clock.now(), lease_token=None, lease_until=None, fault=""
    )
    if not finished:
        return None
    result = _write(claim, verdict)
    _show(result, verdict)
    return result


def _write(claim: Claim, verdict: Verdict) -> Result:
    result_id = uuid4()
    _supersede(claim.submission_id, by=result_id)
    result = Result.objects.create(
        id=result_id,
        run_id=claim.run_id,
        submission_id=claim.submission_id,
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
