"""Is grading alive: figures for the supervisor, the ready check and the health page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign.common import clock
from countersign.grading.models import Beat, Run, RunState
from countersign.grading.services.breaker import on_hold
from countersign.grading.services.dispatcher import DISPATCHER
from countersign.grading.services.queue import waiting

STALLED_AFTER = timedelta(seconds=8)


@dataclass(frozen=True)
class Health:
    """``oldest_wait`` in seconds since the oldest waiting run became due, 0 when none waits."""

    waiting: int
    running: int
    oldest_wait: float
    last_claim_at: datetime | None
    dispatcher_at: datetime | None
    faults_today: int
    at: datetime

    @property
    def dispatcher_lives(self) -> bool:
        return self.dispatcher_at is not None and self.at - self.dispatcher_at < STALLED_AFTER

    @property
    def is_stalled(self) -> bool:
        """Something has been due for a while and nobody has claimed anything since."""
        if self.oldest_wait < STALLED_AFTER.total_seconds():
            return False
        return self.last_claim_at is None or self.at - self.last_claim_at > STALLED_AFTER


def beats_since(moment: datetime) -> dict[str, str]:
    """The parts that have shown since then that they are alive, and what they noted."""
    return dict(Beat.objects.filter(at__gte=moment).values_list("name", "note"))


def health() -> Health:
    """The state of the queue now. A few indexed queries; safe to ask every second."""
    now = clock.now()
    rows = Run.objects.unscoped()
    due = rows.filter(waiting(now), next_hint_at__lte=now).exclude(on_hold())
    oldest = due.order_by("queued_at").values_list("queued_at", flat=True).first()
    return Health(
        waiting=rows.filter(waiting(now)).count(),
        running=rows.filter(state=RunState.RUNNING, lease_until__gte=now).count(),
        oldest_wait=(now - oldest).total_seconds() if oldest else 0.0,
        last_claim_at=rows.exclude(claimed_at=None)
        .order_by("-claimed_at")
        .values_list("claimed_at", flat=True)
        .first(),
        dispatcher_at=Beat.objects.filter(pk=DISPATCHER).values_list("at", flat=True).first(),
        faults_today=rows.filter(
            state=RunState.FAULT, finished_at__gt=now - timedelta(days=1)
        ).count(),
        at=now,
    )
