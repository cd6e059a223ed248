"""Defects that learners found and the key doesn't know: raised, decided, and judged by."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.common import clock
from countersign.exercises.models import graded_exercise
from countersign.grading.models import Decision, Result, SealedVerdict, SuspectedDefect
from countersign.grading.services.intake import regrade
from countersign.submissions.models import Submission
from grader.exercise import Exercise, ExerciseError
from grader.kinds.review.joined import with_defect

__all__ = ["CannotJoin", "accept", "decline", "judged_exercise", "suspect"]

CONTESTABLE = ("false_alarm", "decoy")


class CannotJoin(Exception):
    """The defect can't be part of this key; the message says why."""


@transaction.atomic
def suspect(*, submission: Submission, number: int) -> SuspectedDefect | None:
    """Ask the author to look at a comment that counted as a false alarm. Once per comment; None
    where the comment isn't there or was found."""
    result = Result.objects.unscoped().counting().filter(submission=submission).first()
    if result is None or not _is_alarm(result, number):
        return None
    said = submission.answer["fields"]["findings"][number - 1]
    kept, _ = SuspectedDefect.objects.unscoped().get_or_create(
        submission=submission,
        number=number,
        defaults={
            "lines": _lines(said["lines"])[:16],
            "category": said.get("category", ""),
            "severity": said.get("severity", ""),
            "why": said.get("why", ""),
        },
    )
    found: SuspectedDefect = kept
    return found


def _is_alarm(result: Result, number: int) -> bool:
    details = SealedVerdict.objects.get(pk=result.pk).verdict.get("details", {})
    comments = details.get("review", {}).get("findings", ())
    return any(each["number"] == number and each["outcome"] in CONTESTABLE for each in comments)


def _lines(said: object) -> str:
    return "-".join(map(str, said)) if isinstance(said, list) else str(said)


@transaction.atomic
def accept(*, suspected: SuspectedDefect, actor: User, explain: str) -> int:
    """The key knows it from now on, and all work of the organisation on this version is graded
    anew. Answers how many runs were made. Raises CannotJoin."""
    suspected.explain = explain.strip() or suspected.why
    base = judged_exercise(suspected.submission)
    try:
        _joined(base, [suspected])
    except ExerciseError as error:
        raise CannotJoin(error.problems[0].message) from error
    _decide(suspected, actor, Decision.ACCEPTED)
    return regrade(submissions=_affected(suspected), actor=actor)


@transaction.atomic
def decline(*, suspected: SuspectedDefect, actor: User) -> None:
    """It stays a false alarm."""
    _decide(suspected, actor, Decision.DECLINED)


def _decide(suspected: SuspectedDefect, actor: User, decision: Decision) -> None:
    suspected.decision, suspected.decided_by = decision, actor
    suspected.decided_at = clock.now()
    suspected.save()
    audit.record(
        audit.Action.CONTEST_DECIDED,
        actor=actor,
        organisation=_organisation(suspected.submission),
        thing=suspected,
        decision=decision.value,
    )


def _affected(suspected: SuspectedDefect) -> Iterable[Submission]:
    rows: Iterable[Submission] = (
        Submission.objects.unscoped()
        .with_a_verdict()
        .filter(
            attempt__version=suspected.submission.attempt.version_id,
            attempt__enrolment__cohort__organisation=_organisation(suspected.submission),
        )
    )
    return rows


def judged_exercise(submission: Submission, *, by: UUID | None = None) -> Exercise:
    """The exercise as this submission is judged by: its version or another one (``by``), with the
    defects that its organisation has accepted since."""
    version = by or submission.attempt.version_id
    exercise = graded_exercise(version)
    if exercise.kind != "review":
        return exercise
    accepted = SuspectedDefect.objects.unscoped().filter(
        decision=Decision.ACCEPTED,
        submission__attempt__version=version,
        submission__attempt__enrolment__cohort__organisation=_organisation(submission),
    )
    return _joined(exercise, accepted.order_by("decided_at"))


def _joined(exercise: Exercise, accepted: Iterable[SuspectedDefect]) -> Exercise:
    for each in accepted:
        exercise = with_defect(
            exercise,
            name=f"found-{each.pk.hex[:12]}",
            lines=each.lines,
            category=each.category,
            severity=each.severity,
            explain=each.explain,
        )
    return exercise


def _organisation(submission: Submission) -> UUID:
    return submission.attempt.enrolment.cohort.organisation_id
