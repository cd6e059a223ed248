"""The queue of work that needs a model's key. The database holds it; a message only rings.

An app names its performer in ``ready()``: ``jobs.performs("feedback", perform, give_up)``.
``perform(subject)`` does the slow part outside of any transaction and answers a function that
writes; it is called in the transaction that finishes the job, and only while the job is still ours.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, connections, transaction
from django.db.models import F, Q, QuerySet

from countersign.common import clock, doorbell
from countersign.llm import ledger, samples
from countersign.llm.connections import is_anything_configured
from countersign.llm.models import Job, JobState
from countersign.llm.trouble import Trouble

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
HARD_LIMIT = timedelta(seconds=90)
HINT_EVERY = timedelta(seconds=3)
FAR_AHEAD = timedelta(seconds=90)
MOST_CLAIMS = 2
LATE_AFTER = timedelta(seconds=50)  # nobody took it: its page says so within a minute

FORGET_EVERY = 3600.0  # seconds
STALLED_AFTER = timedelta(seconds=20)

Write = Callable[[], None]
Perform = Callable[[UUID], Write]
GiveUp = Callable[[UUID, Trouble], None]


@dataclass(frozen=True)
class Performer:
    """Who does a kind of job, and who says so when nobody could."""

    perform: Perform
    give_up: GiveUp


@dataclass(frozen=True)
class Claim:
    """The right to finish one job while its lease holds."""

    job: UUID
    token: UUID
    kind: str
    subject: UUID
    number: int


_performers: dict[str, Performer] = {}


def performs(kind: str, perform: Perform, give_up: GiveUp) -> None:
    """Name who does a kind of job. Naming it twice changes nothing."""
    _performers[kind] = Performer(perform, give_up)


def enqueue(kind: str, subject: UUID) -> Job:
    """Put work in the queue; open work on the same subject is the same work."""
    assert kind in _performers
    job, made = Job.objects.get_or_create(
        kind=kind, subject=subject, state__in=OPEN, defaults={"state": JobState.QUEUED}
    )
    if made:
        transaction.on_commit(lambda: _ring(job.pk), robust=True)
    return job


OPEN = (JobState.QUEUED, JobState.RUNNING)


def cancel(kind: str, subject: UUID) -> bool:
    """Take open work out of the queue; who works on it finds its token stale."""
    return bool(
        Job.objects.filter(kind=kind, subject=subject, state__in=OPEN).update(
            state=JobState.GIVEN_UP,
            finished_at=clock.now(),
            lease_token=None,
            lease_until=None,
            fault="cancelled",
        )
    )


def _ring(job: UUID) -> bool:
    from countersign.llm.tasks import perform_job

    return doorbell.ring(perform_job, str(job))


def round_of_the_dispatcher() -> None:
    """Ring for what waits, say so of what nobody took, close calls that died."""
    now = clock.now()
    _give_up_late(now)
    ledger.close_lost()
    _forget_now_and_then()
    due = Job.objects.filter(_waiting(now), _hint_is_due(now)).order_by("queued_at")[:20]
    for job in due:
        if Job.objects.filter(_hint_is_due(now), pk=job.pk).update(next_hint_at=now + HINT_EVERY):
            _ring(job.pk)


_forgot_at = 0.0


def _forget_now_and_then() -> None:
    """Replies are kept for their time and no longer; each dispatcher looks once an hour."""
    global _forgot_at  # noqa: PLW0603 -- when this process last looked
    if _forgot_at and time.monotonic() - _forgot_at < FORGET_EVERY:
        return
    _forgot_at = time.monotonic()
    samples.forget_old()


def stand_still() -> bool:
    """Whether jobs have waited for a while though no worker is busy with any."""
    now = clock.now()
    since = now - STALLED_AFTER
    if not is_anything_configured():
        return False
    busy = Job.objects.filter(state=JobState.RUNNING, lease_until__gte=now)
    taken = Job.objects.filter(claimed_at__gt=since)
    waits = Job.objects.filter(_waiting(now), queued_at__lt=since)
    return waits.exists() and not busy.exists() and not taken.exists()


def _hint_is_due(now: datetime) -> Q:
    return Q(next_hint_at__lte=now) | Q(next_hint_at__gt=now + FAR_AHEAD)


def _lease_is_over(now: datetime) -> Q:
    return Q(state=JobState.RUNNING) & (
        Q(lease_until__lt=now) | Q(lease_until__gt=now + LEASE + FAR_AHEAD)
    )


def _waiting(now: datetime) -> Q:
    return Q(state=JobState.QUEUED) | _lease_is_over(now)


def _give_up_late(now: datetime) -> None:
    """What nobody took in time, and what each worker that took it died of."""
    late = Q(state=JobState.QUEUED, queued_at__lt=now - LATE_AFTER)
    spent = _lease_is_over(now) & Q(claims__gte=MOST_CLAIMS)
    for job in list(Job.objects.filter(late | spent)[:50]):
        _give_up(job, now, Trouble.LATE)


def _give_up(job: Job, now: datetime, trouble: Trouble, fault: str = "") -> None:
    with transaction.atomic():
        same = Job.objects.filter(pk=job.pk, state=job.state, lease_token=job.lease_token)
        if same.update(
            state=JobState.GIVEN_UP,
            finished_at=now,
            lease_token=None,
            lease_until=None,
            fault=fault[:4000] or trouble.value,
        ):
            _performers[job.kind].give_up(job.subject, trouble)


def claim(job_id: UUID) -> Claim | None:
    """Take a job by one conditional UPDATE, or None: someone has it, or it is done."""
    now, token = clock.now(), uuid4()
    taken = Job.objects.filter(_waiting(now), pk=job_id, claims__lt=MOST_CLAIMS).update(
        state=JobState.RUNNING,
        claims=F("claims") + 1,
        lease_token=token,
        lease_until=now + LEASE,
        claimed_at=now,
    )
    if not taken:
        return None
    job = Job.objects.get(pk=job_id)
    return Claim(job.pk, token, job.kind, job.subject, job.claims)


def work(job_id: UUID) -> bool:
    """Do this job if it still waits. False: it doesn't, or it was given back."""
    claimed = claim(job_id)
    if claimed is None:
        return False
    try:
        with _lease_kept(claimed):
            write = _performers[claimed.kind].perform(claimed.subject)
        return _finish(claimed, write)
    except Exception as fault:
        log.exception("Job %s met a fault of ours", claimed.job)
        _give_back(claimed, fault)
        return False


def work_next() -> bool:
    """Do whatever waits longest. False when nothing waits."""
    waiting = Job.objects.filter(_waiting(clock.now()), claims__lt=MOST_CLAIMS)
    rows = waiting.order_by("queued_at").values_list("pk", flat=True)[:5]
    return any(work(job_id) for job_id in rows)


@transaction.atomic
def _finish(claimed: Claim, write: Write) -> bool:
    done = _held(claimed).update(
        state=JobState.DONE,
        finished_at=clock.now(),
        lease_token=None,
        lease_until=None,
        fault="",
    )
    if done:
        write()
    return bool(done)


def _held(claimed: Claim) -> QuerySet[Job]:
    return Job.objects.filter(pk=claimed.job, lease_token=claimed.token, state=JobState.RUNNING)


def _give_back(claimed: Claim, fault: Exception) -> None:
    says = f"{type(fault).__name__}: {fault}"[:4000]
    if claimed.number >= MOST_CLAIMS:
        job = _held(claimed).first()
        if job is not None:
            _give_up(job, clock.now(), Trouble.BROKEN, says)
        return
    _held(claimed).update(
        state=JobState.QUEUED,
        lease_token=None,
        lease_until=None,
        next_hint_at=clock.now() + timedelta(seconds=2),
        fault=says,
    )


@contextmanager
def _lease_kept(claimed: Claim) -> Iterator[None]:
    """Extend the lease from a thread of its own until the work ends or HARD_LIMIT is over."""
    done = threading.Event()

    def keep() -> None:
        try:
            for _ in range(int(HARD_LIMIT / (LEASE / 3))):
                if done.wait(LEASE.total_seconds() / 3):
                    return
                if not _held(claimed).update(lease_until=clock.now() + LEASE):
                    return
        except Exception:
            log.exception("The lease of job %s could not be extended", claimed.job)
        finally:
            if connection.vendor != "sqlite" or not connection.is_in_memory_db():  # type: ignore[attr-defined]
                connections.close_all()

    thread = threading.Thread(target=keep, name=f"lease-{claimed.job}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
