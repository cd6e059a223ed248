"""What learners are told of a regrade: what changed, why, and that the old result stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign.accounts.models import User
from countersign.common import clock
from countersign.grading.models import Result
from countersign.regrades.models import Entry, Stage

LATELY = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One result of a learner that a regrade changed. ``undone``: the old one counts again."""

    before: Result
    after: Result
    at: datetime
    why: str
    undone: bool


def told(result: Result) -> Told | None:
    """What to say beside a result that a regrade or its undoing brought about."""
    rows = Entry.objects.unscoped().filter(
        submission=result.submission_id, after__isnull=False, before__isnull=False
    )
    found = rows.select_related(*ABOUT).order_by("-regrade__decided_at").first()
    if found is None:
        return None
    said = _told(found)
    stands = found.after_id == result.pk or (said.undone and result.run.reason == "restored")
    return said if stands else None


ABOUT = (
    "regrade",
    "before__submission__attempt__version",
    "after__submission__attempt__version",
    "after__run__judged_by",
    "after__submission__attempt__enrolment",
)


def told_lately(learner: User) -> list[Told]:
    """A learner's results that regrades changed in the last days, the newest first."""
    rows = (
        Entry.objects.unscoped()
        .told_to(learner)
        .filter(before__isnull=False, regrade__decided_at__gt=clock.now() - LATELY)
        .select_related(*ABOUT)
        .order_by("-regrade__decided_at", "-submission__received_at")
    )
    return [_told(each) for each in rows]


def _told(entry: Entry) -> Told:
    assert entry.before is not None
    assert entry.after is not None
    undone = entry.regrade.stage == Stage.UNDONE
    at = entry.regrade.undone_at if undone else entry.regrade.decided_at
    assert at is not None
    return Told(before=entry.before, after=entry.after, at=at, why=entry.regrade.why, undone=undone)
