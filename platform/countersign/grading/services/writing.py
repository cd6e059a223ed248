"""Has a model write what a run is judged on: in a worker with a key and without a learner's code.

What comes back is kept by a hash of everything that led to it. The grader's worker, which has no
key, reads it from there. A model that is away is never a verdict: the run is called off, no attempt
is used, and no other model takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from countersign.common import clock
from countersign.common.outbound import Deadline
from countersign.exercises.models import graded_exercise
from countersign.grading.models import Reason, Run, RunState
from countersign.grading.services.intake import ring
from countersign.llm import samples
from countersign.llm.connections import Connection, Role, connection
from countersign.llm.gateway import Allowance, Question, ask
from countersign.llm.jobs import Write
from countersign.llm.ledger import Spender
from countersign.llm.trouble import ModelAway, Trouble
from countersign.submissions.models import State, Submission
from grader.kinds import KINDS
from grader.kinds.generation import GenerationRequest, Generations
from grader.sandbox.base import HarnessBroken

LONGEST = 80.0  # seconds for all trials of a run together


def write(run_id: UUID) -> Write:
    """Ask for everything that is not written yet. Answers what to change in the database."""
    run = Run.objects.unscoped().get(pk=run_id)
    submission = _submission(run)
    found = connection(Role.GENERATOR, _organisation(submission))
    if found is None or found.model != run.generator:
        return partial(call_off, run_id, Trouble.OFF)
    overall = Deadline.within(LONGEST)
    try:
        for request in _requests(submission):
            for trial in range(request.trials):
                _write_one(
                    request, trial, run=run, submission=submission, overall=overall, by=found
                )
    except ModelAway as away:
        return partial(call_off, run_id, away.trouble)
    return partial(_hand_on, run_id)


def _submission(run: Run) -> Submission:
    submission: Submission = (
        Submission.objects.unscoped()
        .select_related("attempt__enrolment__cohort")
        .get(pk=run.submission_id)
    )
    return submission


def _organisation(submission: Submission) -> UUID:
    return submission.attempt.enrolment.cohort.organisation_id


def _requests(submission: Submission) -> tuple[GenerationRequest, ...]:
    exercise = graded_exercise(submission.attempt.version_id)
    return KINDS[exercise.kind].requests(exercise, submission.as_answer)


def _write_one(
    request: GenerationRequest,
    trial: int,
    *,
    run: Run,
    submission: Submission,
    overall: Deadline,
    by: Connection,
) -> None:
    """One trial: from store, or asked for and kept."""
    key = _key(request, trial, run, submission)
    if samples.kept(key) is not None:
        return
    deadline = Deadline.within(min(float(settings.LLM_DEADLINE), overall.left))
    enrolment = submission.attempt.enrolment
    question = Question(
        role=Role.GENERATOR,
        system=request.system,
        texts=(request.prompt,),
        spender=Spender(
            learner=enrolment.learner_id,
            cohort=enrolment.cohort_id,
            organisation=_organisation(submission),
            about=submission.pk,
        ),
        prompt=f"exercise/{request.key}"[:60],
        temperature=request.temperature,
        max_tokens=request.max_tokens,
    )
    reply = ask(question, connection=by, allowance=Allowance(deadline=deadline))
    samples.keep(key, reply.text, model=by.model)


def _key(request: GenerationRequest, trial: int, run: Run, submission: Submission) -> str:
    return samples.sample_key(
        organisation=_organisation(submission),
        version=submission.attempt.version_id,
        model=run.generator,
        request=request.key,
        system=request.system,
        prompt=request.prompt,
        parameters=_parameters(request),
        trial=trial,
    )


def _parameters(request: GenerationRequest) -> dict[str, float]:
    return {"temperature": request.temperature, "max_tokens": request.max_tokens}


def written_for(run: Run, submission: Submission) -> Mapping[str, Generations] | None:
    """What was written for this run, by request; None where no model was asked.

    Raises HarnessBroken when something that was written is no longer there.
    """
    if not run.generator:
        return None
    return {
        request.key: Generations(
            engine=run.generator,
            parameters=_parameters(request),
            trials=tuple(
                _kept(_key(request, trial, run, submission)) for trial in range(request.trials)
            ),
        )
        for request in _requests(submission)
    }


def _kept(key: str) -> str:
    text = samples.kept(key)
    if text is None:
        raise HarnessBroken("a text that a model wrote is no longer kept")
    return text


def _hand_on(run_id: UUID) -> None:
    """All is written: the run waits for a grader now."""
    waits = Run.objects.unscoped().filter(pk=run_id, state=RunState.QUEUED)
    if waits.update(written_at=clock.now(), next_hint_at=clock.now()):
        run = Run.objects.unscoped().get(pk=run_id)
        transaction.on_commit(partial(ring, run), robust=True)


def call_off(run_id: UUID, trouble: Trouble) -> None:
    """The model is away: end the run without a result. No attempt is used. Needs a transaction."""
    waits = Run.objects.unscoped().filter(pk=run_id, state=RunState.QUEUED)
    called_off = waits.update(
        state=RunState.CANCELLED, finished_at=clock.now(), trouble=trouble.value
    )
    run = Run.objects.unscoped().get(pk=run_id)
    if called_off and run.reason not in (
        Reason.REGRADE,
        Reason.TRIAL,
    ):  # a regrade's old result goes on counting
        Submission.objects.unscoped().filter(pk=run.submission_id).update(state=State.MODEL_AWAY)
