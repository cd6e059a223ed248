"""Taking a skill check: started, timed, paused, handed in, and compared with the one before.

Nothing that was saved is ever lost: when the time is up, the last save counts and is handed in, as
soon as the learner comes back or the dispatcher sees it (``overdue``). A form is taken once, alone,
and its keys are never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.courses.models import SkillCheck
from countersign.grading.models import Result, SealedVerdict
from countersign.grading.services import hand_in
from countersign.learning.estimate import Gain, Observation, gain
from countersign.learning.models import ItemDifficulty, Sitting
from countersign.submissions.models import Draft
from countersign.submissions.services import open_attempt, save_draft
from grader.answer import Answer

EXTENSIONS = (Decimal(1), Decimal("1.25"), Decimal("1.5"), Decimal(2))
"""How much longer than usual somebody may take, without being asked why."""

LONGEST_PAUSE = timedelta(minutes=15)
"""All pauses of one sitting together. What is longer counts as time."""

GRACE = timedelta(seconds=20)
"""A save that was on its way when the time ran out is still taken."""


class TimeIsUp(Exception):
    """The time of this sitting has run out, or it was handed in: nothing more is saved."""


class NotYet(Exception):
    """The form for after opens once the one for before was handed in."""


@transaction.atomic
def start(
    check: SkillCheck, *, enrolment: Enrolment, after: bool, extension: Decimal = EXTENSIONS[0]
) -> Sitting:
    """Begin a form, or go on with it: a second start changes nothing. Raises NotYet."""
    known = _of(enrolment, check, after=after)
    if known is not None:
        return known
    before = _of(enrolment, check, after=False)
    if after and (before is None or before.finished_at is None):
        raise NotYet
    now = clock.now()
    minutes = float(check.minutes * extension)
    made, _ = Sitting.objects.unscoped().get_or_create(
        enrolment=enrolment,
        check_uuid=check.uuid,
        is_after=after,
        defaults={
            "version": check.after if after else check.before,
            "minutes": check.minutes,
            "extension": extension,
            "started_at": now,
            "ends_at": now + timedelta(minutes=minutes),
        },
    )
    found: Sitting = made
    return found


def _of(enrolment: Enrolment, check: SkillCheck, *, after: bool) -> Sitting | None:
    rows = Sitting.objects.unscoped().filter(enrolment=enrolment, check_uuid=check.uuid)
    found: Sitting | None = rows.filter(is_after=after).first()
    return found


def remaining(sitting: Sitting, now: datetime) -> timedelta:
    """The time that is left; it stands still while the clock is paused, up to LONGEST_PAUSE."""
    if sitting.paused_at is None:
        return max(timedelta(), sitting.ends_at - now)
    return max(timedelta(), sitting.ends_at + _pause_so_far(sitting, now) - now)


def _pause_so_far(sitting: Sitting, now: datetime) -> timedelta:
    """How long the pause under way may stop the clock."""
    assert sitting.paused_at is not None
    return min(now - sitting.paused_at, LONGEST_PAUSE - sitting.paused_for)


def is_over(sitting: Sitting, now: datetime) -> bool:
    """Whether nothing more can be saved."""
    return sitting.finished_at is not None or remaining(sitting, now) <= timedelta()


def save(sitting: Sitting, *, answer: Answer, revision: int) -> Draft:
    """Keep what is answered. Raises TimeIsUp, and what ``save_draft`` raises."""
    if sitting.finished_at or sitting.is_paused:
        raise TimeIsUp
    if clock.now() > sitting.ends_at + GRACE:
        raise TimeIsUp
    attempt = open_attempt(enrolment=sitting.enrolment, version=sitting.version)
    return save_draft(attempt=attempt, answer=answer, revision=revision)


def saved(sitting: Sitting) -> tuple[Answer, int]:
    """What was saved last, and its revision; nothing and 0 before the first save."""
    draft = Draft.objects.filter(
        attempt__enrolment=sitting.enrolment, attempt__version=sitting.version
    ).first()
    return (Answer.from_json(draft.answer), draft.revision) if draft else (Answer(), 0)


@transaction.atomic
def pause(sitting: Sitting) -> bool:
    """Stop the clock. False when it can't be: over, stopped already, or no pause is left."""
    now = clock.now()
    if is_over(sitting, now) or sitting.paused_for >= LONGEST_PAUSE:
        return False
    stopped: int = (
        Sitting.objects.unscoped()
        .filter(pk=sitting.pk, paused_at=None, finished_at=None)
        .update(paused_at=now)
    )
    return bool(stopped)


@transaction.atomic
def go_on(sitting: Sitting) -> bool:
    """Let the clock run again. False when it runs already."""
    if sitting.paused_at is None:
        return False
    length = _pause_so_far(sitting, clock.now())
    moved: int = (
        Sitting.objects.unscoped()
        .filter(pk=sitting.pk, paused_at=sitting.paused_at)
        .update(
            paused_at=None,
            paused_for=sitting.paused_for + length,
            ends_at=sitting.ends_at + length,
        )
    )
    return bool(moved)


@transaction.atomic
def finish(sitting: Sitting) -> Sitting:
    """Hand in what was saved. Twice is once. Nothing answered is handed in as nothing."""
    held: Sitting = Sitting.objects.unscoped().select_for_update().get(pk=sitting.pk)
    if held.finished_at is not None:
        return held
    answer, _ = saved(held)
    receipt = hand_in(enrolment=held.enrolment, version=held.version, answer=answer, key=held.pk)
    held.submission = receipt.submission
    held.finished_at = clock.now()
    held.paused_at = None
    held.save(update_fields=["submission", "finished_at", "paused_at"])
    return held


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a sitting came to: how many items are right, in all and by skill; None while it is
    being graded. ``items`` are what the model reads."""

    right: int
    total: int
    by_skill: dict[str, tuple[int, int]]
    items: tuple[Observation, ...]


def outcome(sitting: Sitting) -> Outcome | None:
    """What came of it. Nothing answered is nothing right."""
    result = _result(sitting)
    if result is None:
        return None
    questions = sitting.version.shown["questions"]
    skills: dict[str, list[str]] = _skills(sitting)
    found = _found(result)
    marks = {each["id"]: float(found.get(each["id"], {}).get("share", 0)) for each in questions}
    return Outcome(
        right=sum(mark == 1 for mark in marks.values()),
        total=len(marks),
        by_skill=_by_skill(marks, skills),
        items=_items(sitting, marks),
    )


def _result(sitting: Sitting) -> Result | None:
    found: Result | None = (
        Result.objects.unscoped().counting().filter(submission=sitting.submission_id).first()
        if sitting.submission_id
        else None
    )
    return found


def _found(result: Result) -> dict[str, Any]:
    sealed = SealedVerdict.objects.get(pk=result.pk).verdict
    questions: dict[str, Any] = sealed.get("details", {}).get("questions", {})
    return questions


def _skills(sitting: Sitting) -> dict[str, list[str]]:
    return {each["id"]: each.get("skills", []) for each in sitting.version.shown["questions"]}


def _by_skill(marks: dict[str, float], skills: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for item, mark in marks.items():
        for skill in skills[item]:
            right, total = found.get(skill, (0, 0))
            found[skill] = (right + (mark == 1), total + 1)
    return found


def _items(sitting: Sitting, marks: dict[str, float]) -> tuple[Observation, ...]:
    """Every item at the difficulty of its form, so that a harder form is no loss."""
    known = ItemDifficulty.objects.filter(exercise=sitting.version.exercise_id).first()
    difficulty = known.difficulty if known else 0.0
    return tuple(Observation(share=mark, difficulty=difficulty) for mark in marks.values())


def change(before: Outcome | None, after: Outcome | None) -> Gain | None:
    """From the first form to the second, with a 95 % interval; None until both are graded."""
    if before is None or after is None:
        return None
    return gain(before.items, after.items)


def sittings_of(enrolment: Enrolment) -> dict[tuple[UUID, bool], Sitting]:
    """Every sitting of a place, by check and by whether it is the one after."""
    rows = Sitting.objects.unscoped().filter(enrolment=enrolment).select_related("version")
    return {(each.check_uuid, each.is_after): each for each in rows}
