"""Sittings whose time is up are handed in by the dispatcher, without their learner's return."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from countersign.common import clock
from countersign.learning.models import Sitting
from countersign.learning.services.sittings import GRACE, finish, is_over
from countersign.submissions.services import TooMany

log = logging.getLogger(__name__)

LOOK_EVERY = 10.0
"""Seconds between looks."""

AT_ONCE = 50

_looked_at: float | None = None


def look_for_overdue() -> int:
    """Hand in what is overdue (the dispatcher's part). Answers how many."""
    global _looked_at  # noqa: PLW0603 -- each dispatcher process looks now and then
    if _looked_at is not None and time.monotonic() - _looked_at < LOOK_EVERY:
        return 0
    _looked_at = time.monotonic()
    return finish_overdue(clock.now())


def finish_overdue(now: datetime) -> int:
    """Hand in each sitting that has been over for longer than GRACE, with what was saved last.

    One that can't be taken now, because its learner has too much waiting, is tried again later.
    """
    due = (
        Sitting.objects.unscoped()
        .filter(finished_at=None, ends_at__lt=now - GRACE)
        .select_related("enrolment__cohort", "enrolment__learner", "version")
        .order_by("ends_at")
    )
    return sum(_finished(each) for each in due[:AT_ONCE] if is_over(each, now - GRACE))


def _finished(sitting: Sitting) -> bool:
    try:
        finish(sitting)
    except TooMany as limit:
        log.info("A sitting waits: its learner has reached a limit (%s)", limit.reason)
        return False
    return True
