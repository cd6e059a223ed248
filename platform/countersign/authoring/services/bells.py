"""Bells for checks that nobody took up. Light: the dispatcher calls it, and loads no grader."""

from __future__ import annotations

from datetime import timedelta

from countersign.authoring.models import Checking
from countersign.common import clock, doorbell

LATE = timedelta(seconds=3)
EVERY = 5.0  # seconds between two rounds of ringing
_rung_at: list[float] = []


def ring_for_late() -> None:
    """Called in each round of a dispatcher: ring for checks whose bell nobody heard, or whose
    worker died. Another dispatcher may ring too; the checks are claimed once."""
    now = clock.now()
    if _rung_at and 0 <= now.timestamp() - _rung_at[0] < EVERY:
        return
    _rung_at[:] = [now.timestamp()]
    late = Checking.objects.unscoped().due().filter(asked_at__lt=now - LATE)
    for pk in late.values_list("pk", flat=True)[:5]:
        from countersign.authoring.tasks import run_checks  # loads the grader, once there is need

        doorbell.ring(run_checks, str(pk))


def forget() -> None:
    """Ring in the next round, whenever the last one was."""
    _rung_at.clear()
