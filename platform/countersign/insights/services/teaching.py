"""What those who teach a cohort see: its roster, one learner's work, one submission in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Enrolment
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import (
    NOT_BY_THE_GRADER,
    Reason,
    Result,
    Run,
    RunState,
    SealedVerdict,
)
from countersign.insights.figures import PersonFigures
from countersign.insights.services.snapshots import figures_of
from countersign.submissions.models import COUNTED, UNFINISHED, Attempt, State, Submission
from grader.verdict import Verdict


@dataclass(frozen=True)
class RosterLine:
    """One learner for their instructor, who sees everyone."""

    enrolment: Enrolment
    figures: PersonFigures


def roster(cohort: Cohort) -> list[RosterLine]:
    """The cohort's learners with their figures, by name. For those who teach it."""
    enrolments = list(cohort.enrolments.filter(ended_at=None).select_related("learner"))
    figures = figures_of(enrolments)
    lines = [RosterLine(place, figures[str(place.pk)]) for place in enrolments]
    return sorted(lines, key=lambda line: line.enrolment.learner.display_name.casefold())


@dataclass(frozen=True)
class ExerciseLine:
    """A learner's work on one exercise. ``best`` is None while nothing was graded."""

    attempt: Attempt
    version: ExerciseVersion
    state: str  # passed | not_passed | waiting | our_fault | unread | begun
    tries: int
    best: float | None
    hints: int
    last_at: datetime
    submissions: tuple[Submission, ...]


def learner_lines(enrolment: Enrolment, *, viewer: User) -> list[ExerciseLine]:
    """One learner's work, newest first. The look is kept."""
    audit.record(
        audit.Action.PERSON_VIEWED,
        actor=viewer,
        organisation=enrolment.cohort.organisation_id,
        thing=enrolment,
        seen="attempts",
    )
    return lines_of(enrolment)


def lines_of(enrolment: Enrolment) -> list[ExerciseLine]:
    """One line per exercise that the learner opened, newest work first."""
    best = _best(enrolment)
    attempts = (
        enrolment.attempts.select_related("version")
        .defer("version__shown", "version__brief", "version__hints")
        .prefetch_related("submissions")
        .annotate(
            opened=Count("hints_taken", distinct=True),
            tries=Count("submissions", filter=Q(submissions__state__in=COUNTED), distinct=True),
            last=Max("submissions__received_at"),
        )
    )
    lines = [_line(attempt, best) for attempt in attempts]
    return sorted(lines, key=lambda line: line.last_at, reverse=True)


def _best(enrolment: Enrolment) -> dict[object, Result]:
    """The best counting, graded result of each attempt; of equals the earlier."""
    results = (
        Result.objects.unscoped()
        .counting()
        .filter(submission__attempt__enrolment=enrolment, score__isnull=False)
        .defer("shown")
        .select_related("submission")
        .order_by("score", "-made_at")
    )
    return {result.submission.attempt_id: result for result in results}


def _line(attempt: Attempt, best: dict[object, Result]) -> ExerciseLine:
    result = best.get(attempt.pk)
    submissions = tuple(attempt.submissions.all())
    return ExerciseLine(
        attempt=attempt,
        version=attempt.version,
        state=_state(result, submissions),
        tries=attempt.tries,  # type: ignore[attr-defined]  # annotated above
        best=None if result is None else result.percent or 0.0,
        hints=attempt.opened,  # type: ignore[attr-defined]
        last_at=attempt.last or attempt.started_at,  # type: ignore[attr-defined]
        submissions=submissions,
    )


def _state(best: Result | None, submissions: Sequence[Submission]) -> str:
    if best is not None and best.passed:
        return "passed"
    newest = submissions[-1].state if submissions else ""
    if newest in UNFINISHED:
        return "waiting"
    if newest == State.PLATFORM_ERROR:
        return "our_fault"
    if best is not None or newest in COUNTED:
        return "not_passed"
    return "unread" if newest == State.INVALID else "begun"


@dataclass(frozen=True)
class SubmissionInFull:
    """Everything about one submission, hidden checks included. Staff only.

    ``verdict`` belongs to ``result``, the one that counts or was asked for; both None before the
    first. ``earlier`` are all others.
    """

    submission: Submission
    result: Result | None
    verdict: Verdict | None
    runs: tuple[Run, ...]
    earlier: tuple[Result, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether a run of it waits or is at work."""
        waits = (RunState.QUEUED, RunState.RUNNING)
        return any(run.state in waits and run.reason != Reason.TRIAL for run in self.runs)

    @property
    def is_our_fault(self) -> bool:
        """Whether the newest run was set aside and somebody has to run it again."""
        ran = [run for run in self.runs if run.reason not in NOT_BY_THE_GRADER]
        return bool(ran) and ran[0].state == RunState.FAULT

    @property
    def may_be_regraded(self) -> bool:
        return self.result is not None and not self.is_waiting

    @property
    def flagged(self) -> list[int]:
        """The line that stopped it, if the verdict names one."""
        problem = self.verdict.problem if self.verdict else None
        return [problem.line] if problem and problem.line else []


def in_full(
    submission: Submission, *, viewer: User, result: UUID | None = None
) -> SubmissionInFull:
    """One submission for those who teach its cohort, with the result that counts or the one that
    is asked for. The look is kept."""
    enrolment = submission.attempt.enrolment
    audit.record(
        audit.Action.PERSON_VIEWED,
        actor=viewer,
        organisation=enrolment.cohort.organisation_id,
        thing=enrolment,
        seen="submission",
        submission=str(submission.pk),
    )
    results = list(submission.results.order_by("-made_at"))
    counting = next((each for each in results if each.superseded_by_id is None), None)
    counting = next((each for each in results if each.pk == result), counting)
    return SubmissionInFull(
        submission=submission,
        result=counting,
        verdict=_whole(counting),
        runs=tuple(submission.runs.order_by("-number")),
        earlier=tuple(each for each in results if each is not counting),
    )


def _whole(result: Result | None) -> Verdict | None:
    """The verdict with everything that learners don't see."""
    if result is None:
        return None
    return Verdict.from_json(SealedVerdict.objects.get(pk=result.pk).verdict)
