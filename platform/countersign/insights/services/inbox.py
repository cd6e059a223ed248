"""What waits for an instructor's decision, counted by the same rows that the pages behind show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Min

from countersign.accounts.models import User
from countersign.coaching.models import Appeal, Feedback
from countersign.grading.models import SuspectedDefect
from countersign.grading.services.marking import memos_to_mark


class What(StrEnum):
    """What sort of work waits."""

    MEMOS = "memos"
    APPEALS = "appeals"
    EXTRA_FINDS = "extra_finds"
    CONTESTED = "contested"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """So many of one sort wait, the oldest since then."""

    what: What
    number: int
    oldest: datetime | None


def _appeals(viewer: User) -> Any:
    return Appeal.objects.visible_to(viewer).answerable_by(viewer).open()


def _extra_finds(viewer: User) -> Any:
    return SuspectedDefect.objects.visible_to(viewer).decidable_by(viewer)


def _contested(viewer: User) -> Any:
    return Feedback.objects.visible_to(viewer).of_cohorts_taught_by(viewer).contested()


SOURCES: Mapping[What, tuple[Callable[[User], Any], str]] = {
    What.MEMOS: (memos_to_mark, "received_at"),
    What.APPEALS: (_appeals, "made_at"),
    What.EXTRA_FINDS: (_extra_finds, "made_at"),
    What.CONTESTED: (_contested, "contested_at"),
}
"""The rows that wait, and the field that says since when."""


def inbox(viewer: User) -> list[Waiting]:
    """The sorts of which something waits for this person."""
    found = (_waiting(what, viewer) for what in What)
    return [each for each in found if each.number]


def _waiting(what: What, viewer: User) -> Waiting:
    rows, since = SOURCES[what]
    told = rows(viewer).order_by().aggregate(number=Count("pk", distinct=True), oldest=Min(since))
    return Waiting(what=what, number=told["number"], oldest=told["oldest"])
