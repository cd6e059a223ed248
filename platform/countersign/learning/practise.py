"""What to practise again, and when: what was missed, got by luck, or wrong and certain. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from countersign.learning.trust import said_in, trust_of

WAITS = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=21))
"""How long after a try it comes back: after trouble, and after the first, second and third clean
try since. After the fourth it doesn't."""


class Trouble(StrEnum):
    """Why something comes back, the most useful first."""

    CERTAIN = "certain"  # wrong, and certain of it
    MISSED = "missed"  # let something wrong stand
    WRONG = "wrong"
    LUCKY = "lucky"  # right, and a guess


@dataclass(frozen=True, kw_only=True)
class Try:
    """One graded try of an exercise; ``troubles`` is empty for a clean one."""

    exercise: UUID
    at: datetime
    troubles: frozenset[Trouble]


@dataclass(frozen=True, kw_only=True)
class Due:
    """An exercise that is worth doing again from ``due`` on."""

    exercise: UUID
    why: Trouble
    due: datetime


def troubles_of(details: Mapping[str, Any], *, passed: bool) -> frozenset[Trouble]:
    """What was troublesome in one graded try."""
    answers, counts = said_in(details), trust_of(details)
    found = {
        Trouble.CERTAIN: any(each.sure == "certain" and not each.right for each in answers),
        Trouble.MISSED: counts.caught < counts.planted,
        Trouble.WRONG: not passed,
        Trouble.LUCKY: any(each.sure == "guess" and each.right for each in answers),
    }
    return frozenset(trouble for trouble, there in found.items() if there)


def comes_back(tries: Iterable[Try]) -> list[Due]:
    """Everything that comes back, the soonest first; of equals the most useful."""
    by_exercise: dict[UUID, list[Try]] = defaultdict(list)
    for each in sorted(tries, key=lambda each: each.at):
        by_exercise[each.exercise].append(each)
    found = [due for each in by_exercise.values() if (due := _due(each)) is not None]
    return sorted(found, key=lambda due: (due.due, list(Trouble).index(due.why), due.exercise.int))


def _due(tries: Sequence[Try]) -> Due | None:
    """When one exercise comes back; None when it never was trouble, or is behind its learner."""
    last_trouble = next((at for at in reversed(range(len(tries))) if tries[at].troubles), None)
    if last_trouble is None:
        return None
    clean_since = len(tries) - 1 - last_trouble
    if clean_since >= len(WAITS):
        return None
    why = min(tries[last_trouble].troubles, key=list(Trouble).index)
    return Due(exercise=tries[0].exercise, why=why, due=tries[-1].at + WAITS[clean_since])
