"""The hint ladder: one rung up only after a new try."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from countersign.coaching.models import HintTaken
from countersign.courses.models import ExercisePlace
from countersign.exercises.models import ExerciseVersion
from countersign.submissions.models import COUNTED, Attempt


@dataclass(frozen=True)
class Ladder:
    """Where a learner stands. ``opened`` are the texts so far; ``can_open`` the next rung's
    number or None; ``needs_a_try`` says that a new try opens it."""

    opened: tuple[str, ...]
    total: int
    can_open: int | None
    needs_a_try: bool


def untouched(version: ExerciseVersion) -> Ladder:
    """The ladder before the learner has begun: the first rung may be opened."""
    rungs = len(_hints(version))
    return Ladder((), rungs, can_open=1 if rungs else None, needs_a_try=False)


def _hints(version: ExerciseVersion) -> list[str]:
    """The exercise's rungs; none where work is to be done without help."""
    return list(version.hints) if version.aided else []


def no_hints() -> Ladder:
    """Where the course gives none."""
    return Ladder((), 0, can_open=None, needs_a_try=False)


def _given(attempt: Attempt) -> list[str]:
    """The rungs that this attempt's course gives."""
    release = attempt.enrolment.cohort.release
    place = ExercisePlace.objects.of_exercise(release, attempt.version.exercise_id)
    if place is not None and not place.lesson.module.course.gives_hints:
        return []
    return _hints(attempt.version)


def ladder(attempt: Attempt) -> Ladder:
    """The hints of this attempt's exercise as this learner may see them now."""
    hints = _given(attempt)
    taken = list(attempt.hints_taken.all())
    opened = tuple(hints[hint.rung - 1] for hint in taken if hint.rung <= len(hints))
    if len(opened) >= len(hints):
        return Ladder(opened, len(hints), can_open=None, needs_a_try=False)
    tried = not taken or _tried_since(attempt, taken[-1])
    next_rung = len(opened) + 1 if tried else None
    return Ladder(opened, len(hints), can_open=next_rung, needs_a_try=not tried)


def _tried_since(attempt: Attempt, hint: HintTaken) -> bool:
    return attempt.submissions.filter(state__in=COUNTED, received_at__gt=hint.at).exists()


def open_hint(attempt: Attempt) -> Ladder:
    """Open the next rung if it may be opened; pressing twice opens one."""
    rung = ladder(attempt).can_open
    if rung is not None:
        try:
            with transaction.atomic():
                HintTaken.objects.create(attempt=attempt, rung=rung)
        except IntegrityError:
            pass  # the other press of a double press opened it
    return ladder(attempt)
