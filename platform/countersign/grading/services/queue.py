"""Who may work on a run: claim, heartbeat, give back, set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, F, Q

from countersign import audit
from countersign.common import clock
from countersign.events import outbox
from countersign.grading.events import SubmissionSetAside
from countersign.grading.models import Reason, Run, RunState
from countersign.grading.services.breaker import on_hold
from countersign.submissions.models import State, Submission

LEASE = timedelta(seconds=30)
SHARED_CLAIMS = 3  # tries beside other work
MOST_CLAIMS = 5  # then two tries alone, then it is set aside
FAR_AHEAD = timedelta(seconds=90)  # a lease beyond this was written by a clock that was set back


@dataclass(frozen=True)
class Claim:
    """The right to finish one run, until the lease runs out or someone else claims it."""

    run_id: UUID
    token: UUID
    submission_id: UUID
    number: int


def lease_is_over(now: datetime) -> Q:
    """Running, and its worker has not shown itself in time (or the clock was set back)."""
    return Q(state=RunState.RUNNING) & (
        Q(lease_until__lt=now) | Q(lease_until__gt=now + LEASE + FAR_AHEAD)
    )


READY = Q(generator="") | Q(written_at__isnull=False)
"""Nothing is left for a model to write."""


def waiting(now: datetime) -> Q:
    """Ready to be graded, and queued or abandoned by its worker."""
    return READY & (Q(state=RunState.QUEUED) | lease_is_over(now))


def claim(run_id: UUID, *, worker: str) -> Claim | None:
    """Take a run, or None: someone has it, it is done, or it must wait until it is alone.

    One conditional UPDATE. The claim is counted before any work, so that work that kills its
    worker is counted too.
    """
    now = clock.now()
    token = uuid4()
    free = Run.objects.unscoped().filter(waiting(now), pk=run_id, claims__lt=MOST_CLAIMS)
    # Bells ring twice; one too many costs the others no wait for a lock. What is on hold is asked
    # here: the UPDATE's condition must be about the run's own row to be safe in a race.
    if not free.exclude(on_hold()).exists():
        return None
    taken = free.filter(_may_share(now)).update(
        state=RunState.RUNNING,
        claims=F("claims") + 1,
        lease_token=token,
        lease_until=now + LEASE,
        claimed_at=now,
        worker=worker,
    )
    if not taken:
        return None
    run = Run.objects.unscoped().only("submission_id", "claims").get(pk=run_id)
    _show_running(run.submission_id)
    return Claim(run_id, token, run.submission_id, run.claims)


def _may_share(now: datetime) -> Q:
    """A suspect runs only when nothing else does, and nothing else starts beside a suspect."""
    busy = Run.objects.unscoped().filter(state=RunState.RUNNING, lease_until__gte=now)
    suspect_busy = busy.filter(claims__gt=SHARED_CLAIMS)
    innocent = Q(claims__lt=SHARED_CLAIMS)
    return (innocent & ~Q(Exists(suspect_busy))) | (~innocent & ~Q(Exists(busy)))


def _show_running(submission_id: UUID) -> None:
    Submission.objects.unscoped().filter(pk=submission_id, state=State.QUEUED).update(
        state=State.RUNNING
    )


def heartbeat(claim: Claim) -> bool:
    """Extend the lease. False: the run is no longer ours."""
    held = Run.objects.unscoped().filter(
        pk=claim.run_id, lease_token=claim.token, state=RunState.RUNNING
    )
    return bool(held.update(lease_until=clock.now() + LEASE))


@transaction.atomic
def give_back(
    claim: Claim, *, fault: str, wait: timedelta = timedelta(seconds=2), counted: bool = True
) -> bool:
    """Put a run back after a fault of ours. ``counted=False`` when nothing was tried.

    A run that has used up its claims is set aside instead. False: it is no longer ours.
    """
    held = Run.objects.unscoped().filter(
        pk=claim.run_id, lease_token=claim.token, state=RunState.RUNNING
    )
    if counted and claim.number >= MOST_CLAIMS:
        return _set_aside(held, fault)
    changed = held.update(
        state=RunState.QUEUED,
        claims=claim.number if counted else claim.number - 1,
        lease_token=None,
        lease_until=None,
        next_hint_at=clock.now() + wait,
        fault=fault[:4000],
    )
    if changed:
        Submission.objects.unscoped().filter(pk=claim.submission_id, state=State.RUNNING).update(
            state=State.QUEUED
        )
    return bool(changed)


def set_aside(now: datetime | None = None) -> int:
    """Set aside every abandoned run that has no claims left. Answers how many."""
    now = now or clock.now()
    spent = Run.objects.unscoped().filter(lease_is_over(now), claims__gte=MOST_CLAIMS)
    done = 0
    for run_id in list(spent.values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Run.objects.unscoped().filter(lease_is_over(now), pk=run_id)
            done += _set_aside(rows, "Each worker that tried this run stopped without a result.")
    return done


def _set_aside(rows: object, fault: str) -> bool:
    """Quarantine: our fault, told as such; no attempt is used. Needs a transaction."""
    run = rows.select_related("submission").first()  # type: ignore[attr-defined]
    if run is None:
        return False
    changed = rows.update(  # type: ignore[attr-defined]
        state=RunState.FAULT,
        finished_at=clock.now(),
        lease_token=None,
        lease_until=None,
        fault=fault[:4000],
    )
    if not changed:
        return False
    if run.reason not in (Reason.REGRADE, Reason.TRIAL):  # a regrade's old result goes on counting
        Submission.objects.unscoped().filter(pk=run.submission_id).update(
            state=State.PLATFORM_ERROR
        )
    audit.record(audit.Action.RUN_QUARANTINED, thing=run, fault=fault[:300])
    outbox.publish(SubmissionSetAside(submission=run.submission_id, run=run.pk))
    return True
