"""Take in what a learner makes. Nothing typed is lost; nothing is taken twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.common.text import storable_json
from countersign.courses.models import ExercisePlace
from countersign.exercises.models import ExerciseVersion
from countersign.submissions.models import COUNTED, UNFINISHED, Attempt, Draft, State, Submission
from grader.answer import Answer


class KeyUsedForOtherWork(Exception):
    """The idempotency key came before with a different answer."""


class AttemptOver(Exception):
    """The learner has asked for the answers: nothing more is scored on this attempt."""


class NoTriesLeft(AttemptOver):
    """The course allows so many counted tries at an exercise, and they are used up."""


class DraftConflict(Exception):
    """Another tab saved since this one last did. ``draft`` is what is stored."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("The draft was saved elsewhere.")
        self.draft = draft


class TooMany(Exception):
    """A limit is reached. ``retry_after`` in seconds; ``reason``: unfinished, hour or day."""

    def __init__(self, reason: str, retry_after: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


@dataclass(frozen=True)
class Receipt:
    """A submission, and whether this request made it."""

    submission: Submission
    is_new: bool


@transaction.atomic
def open_attempt(*, enrolment: Enrolment, version: ExerciseVersion) -> Attempt:
    """The learner's attempt on this version, begun now if it wasn't."""
    attempt, _ = Attempt.objects.unscoped().get_or_create(enrolment=enrolment, version=version)
    found: Attempt = attempt
    return found


@transaction.atomic
def receive(
    *, enrolment: Enrolment, version: ExerciseVersion, answer: Answer, key: UUID
) -> Receipt:
    """Keep an answer. The same key with the same answer is one submission.

    Raises KeyUsedForOtherWork, AttemptOver, NoTriesLeft, TooMany, or UnstorableText for
    characters no database holds.
    """
    content = storable_json(answer.as_json())
    _lock(enrolment)
    attempt = open_attempt(enrolment=enrolment, version=version)
    known = attempt.submissions.filter(idempotency_key=key).first()
    if known is not None:
        if known.content_hash != answer.content_hash:
            raise KeyUsedForOtherWork
        return Receipt(known, is_new=False)
    if _is_over(attempt):
        raise AttemptOver
    if tries_left(enrolment, version) == 0:
        raise NoTriesLeft
    _refuse_too_many(enrolment.learner)
    submission = attempt.submissions.create(
        number=_next_number(attempt),
        answer=content,
        content_hash=answer.content_hash,
        idempotency_key=key,
        state=State.QUEUED,
    )
    audit.record(
        audit.Action.SUBMISSION_RECEIVED,
        actor=enrolment.learner,
        organisation=enrolment.cohort.organisation_id,
        thing=submission,
        exercise=str(version.exercise_id),
    )
    return Receipt(submission, is_new=True)


def tries_left(enrolment: Enrolment, version: ExerciseVersion) -> int | None:
    """How many more tries the course allows at this exercise; None where it sets no limit.

    Tries that cost none (unreadable work, our faults, stopped runs) aren't counted.
    """
    place = ExercisePlace.objects.of_exercise(enrolment.cohort.release, version.exercise_id)
    most = place.lesson.module.course.most_tries if place else None
    if most is None:
        return None
    made = Submission.objects.unscoped().filter(
        attempt__enrolment=enrolment,
        attempt__version__exercise=version.exercise_id,
        state__in=(*COUNTED, *UNFINISHED),
    )
    return max(0, most - int(made.count()))


def _is_over(attempt: Attempt) -> bool:
    """Whether a graded hand-in of this attempt asked for the answers."""
    graded = attempt.submissions.filter(state=State.GRADED)
    return graded.filter(answer__fields__ended=True).exists()


def _lock(enrolment: Enrolment) -> None:
    """One hand-in of a learner at a time, so that limits and numbers hold.

    The learner's row is locked on PostgreSQL; SQLite has taken its write lock already.
    """
    list(User.objects.select_for_update().filter(pk=enrolment.learner_id).values_list("pk"))


def _next_number(attempt: Attempt) -> int:
    return (attempt.submissions.aggregate(last=Max("number"))["last"] or 0) + 1


def _refuse_too_many(learner: User) -> None:
    limits: dict[str, int] = settings.SUBMISSION_LIMITS
    rows = Submission.objects.unscoped().of(learner)
    if rows.filter(state__in=UNFINISHED).count() >= limits["unfinished"]:
        raise TooMany("unfinished", retry_after=5)
    now = clock.now()
    for reason, most, span in (
        ("hour", limits["an_hour"], timedelta(hours=1)),
        ("day", limits["a_day"], timedelta(days=1)),
    ):
        recent = rows.filter(received_at__gt=now - span).order_by("-received_at")
        oldest = recent.values_list("received_at", flat=True)[most - 1 : most].first()
        if oldest is not None:
            raise TooMany(reason, retry_after=_seconds_until(oldest + span, now))


def _seconds_until(moment: datetime, now: datetime) -> int:
    return max(1, int((moment - now).total_seconds()) + 1)


@transaction.atomic
def save_draft(*, attempt: Attempt, answer: Answer, revision: int) -> Draft:
    """Keep what is typed. ``revision`` is the one this tab last saw, 0 for none.

    Raises DraftConflict when another tab has saved since, unless it saved the same.
    """
    content = storable_json(answer.as_json())
    draft, made = Draft.objects.get_or_create(
        attempt=attempt, defaults={"answer": content, "revision": 1}
    )
    if made or draft.answer == content:
        return draft
    saved = Draft.objects.filter(attempt=attempt, revision=revision).update(
        answer=content, revision=F("revision") + 1, saved_at=clock.now()
    )
    draft.refresh_from_db()
    if not saved:
        raise DraftConflict(draft)
    return draft


@transaction.atomic
def adopt_guest_work(*, guest: User, enrolment: Enrolment) -> int:
    """Give a guest's attempts to the learner the guest became. Answers how many moved."""
    moved = 0
    for attempt in Attempt.objects.unscoped().filter(enrolment__learner=guest):
        taken = Attempt.objects.unscoped().filter(enrolment=enrolment, version=attempt.version)
        if not taken.exists():
            moved += Attempt.objects.unscoped().filter(pk=attempt.pk).update(enrolment=enrolment)
    return moved
