"""Ring for what waits: fair by learner, then by organisation, then by age.

Any number of dispatchers may run; each run's ``next_hint_at`` is moved by one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from countersign.common import clock
from countersign.events import outbox
from countersign.grading.models import Beat, Lane, Run, RunState
from countersign.grading.services.breaker import on_hold
from countersign.grading.services.intake import ring
from countersign.grading.services.queue import MOST_CLAIMS, set_aside, waiting
from countersign.llm import jobs

HINT_EVERY = timedelta(seconds=3)
FAR_AHEAD = timedelta(seconds=60)  # a hint beyond this was planned by a clock that was set back
DISPATCHER = "dispatcher"


def dispatch() -> int:
    """One round: set aside what is spent, ring for what is due. Answers how often it rang."""
    now = clock.now()
    beat(DISPATCHER)
    set_aside(now)
    outbox.ring_for_due()
    jobs.round_of_the_dispatcher()
    for seen_to in _rounds:
        seen_to()
    return sum(ring(run) for run in _due(now) if _put_off(run, now))


_rounds: list[Callable[[], object]] = []


def each_round(seen_to: Callable[[], object]) -> None:
    """Have the dispatcher call this in each round: one short query while nothing is to be done.
    For the floors above; naming it twice changes nothing."""
    if seen_to not in _rounds:
        _rounds.append(seen_to)


def beat(name: str, note: str = "") -> None:
    """Show that a part is alive."""
    Beat.objects.update_or_create(pk=name[:80], defaults={"at": clock.now(), "note": note[:200]})


def _put_off(run: Run, now: datetime) -> bool:
    """Move the next hint forward; False when another dispatcher just did."""
    return bool(
        Run.objects.unscoped()
        .filter(_hint_is_due(now), pk=run.pk)
        .update(next_hint_at=now + HINT_EVERY)
    )


def _hint_is_due(now: datetime) -> Q:
    return Q(next_hint_at__lte=now) | Q(next_hint_at__gt=now + FAR_AHEAD)


def _due(now: datetime) -> list[Run]:
    slots = settings.GRADING_SLOTS
    fast = list(_fair(now, Lane.FAST)[: 2 * slots])
    return fast + list(_fair(now, Lane.BULK)[: _bulk_room(now, slots, fast_waits=bool(fast))])


def _bulk_room(now: datetime, slots: int, *, fast_waits: bool) -> int:
    """Work that nobody waits for gets a quarter of the slots, and never the last one."""
    if slots == 1 and fast_waits:
        return 0
    busy = Run.objects.unscoped().filter(
        lane=Lane.BULK, state=RunState.RUNNING, lease_until__gte=now
    )
    running: int = busy.count()
    return max(0, max(1, slots // 4) - running)


def _fair(now: datetime, lane: Lane) -> QuerySet[Run]:
    learner = F("submission__attempt__enrolment__learner")
    due: QuerySet[Run] = (
        Run.objects.unscoped()
        .filter(waiting(now), _hint_is_due(now), lane=lane, claims__lt=MOST_CLAIMS)
        .exclude(on_hold())
        .annotate(
            turn=Window(RowNumber(), partition_by=learner, order_by="queued_at"),
            busy_learner=_busy(now, "learner"),
            busy_organisation=_busy(now, "cohort__organisation"),
        )
        .order_by("busy_learner", "turn", "busy_organisation", "queued_at")
    )
    return due


def _busy(now: datetime, whose: str) -> Coalesce:
    path = f"submission__attempt__enrolment__{whose}"
    running = (
        Run.objects.unscoped()
        .filter(state=RunState.RUNNING, lease_until__gte=now, **{path: OuterRef(path)})
        .order_by()
        .values(path)
        .annotate(many=Count("pk"))
        .values("many")
    )
    return Coalesce(Subquery(running), 0, output_field=IntegerField())
