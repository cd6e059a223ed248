"""Grade one run: claim, keep the lease alive, judge, settle. Only this runs the engine."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, connections

from countersign.common import clock
from countersign.grading.models import Lane, Result, Run
from countersign.grading.services.breaker import JUDGED_BY, Fitness
from countersign.grading.services.dispatcher import _fair
from countersign.grading.services.queue import LEASE, Claim, claim, give_back, heartbeat
from countersign.grading.services.settlement import settle
from countersign.grading.services.suspected import judged_exercise
from countersign.grading.services.writing import written_for
from countersign.submissions.models import Submission
from grader.sandbox.base import SandboxUnavailable
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.engine import Tools

log = logging.getLogger(__name__)

HARD_LIMIT = timedelta(seconds=120)  # no run is held longer, whatever its worker does
SANDBOX_WAIT = timedelta(seconds=30)

_tools: Tools | None = None
fitness = Fitness()


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:80]


def grade_run(run_id: UUID) -> Result | None:
    """Grade this run if it still waits. None: it doesn't, or it was given back."""
    if fitness.rests:
        return None  # others hear the next ring
    claimed = claim(run_id, worker=worker_name())
    return _work(claimed) if claimed else None


def grade_next() -> bool:
    """Grade whatever is due, fairest first. False when nothing waits."""
    if fitness.rests:
        return False
    now = clock.now()
    for lane in (Lane.FAST, Lane.BULK):
        for run in _fair(now, lane)[:5]:
            claimed = claim(run.pk, worker=worker_name())
            if claimed:
                _work(claimed)
                return True
    return False


def _work(claimed: Claim) -> Result | None:
    try:
        with _lease_kept(claimed):
            verdict = _judge(claimed)
    except SandboxUnavailable as fault:
        log.warning("No sandbox: %s", fault)
        give_back(claimed, fault=str(fault), wait=SANDBOX_WAIT, counted=False)
        return None
    except Exception as fault:
        log.exception("Run %s met a fault of ours", claimed.run_id)
        close_tools()
        fitness.met_fault(_version_of(claimed), type(fault).__name__)
        wait = timedelta(seconds=2**claimed.number)
        give_back(claimed, fault=f"{type(fault).__name__}: {fault}", wait=wait)
        return None
    fitness.did_well()
    return settle(claimed, verdict)


def _version_of(claimed: Claim) -> UUID:
    runs = Run.objects.unscoped().filter(pk=claimed.run_id)
    version: UUID = runs.values_list(JUDGED_BY, flat=True).get()
    return version


def _judge(claimed: Claim) -> Verdict:
    from grader.engine import grade  # only workers load the engine; web processes hand in

    submission = (
        Submission.objects.unscoped()
        .select_related("attempt__enrolment__cohort")
        .get(pk=claimed.submission_id)
    )
    run = Run.objects.unscoped().get(pk=claimed.run_id)
    exercise = judged_exercise(submission, by=run.judged_by_id)
    written = written_for(run, submission)
    return grade(exercise, submission.as_answer, tools=replace(open_tools(), generations=written))


def open_tools() -> Tools:
    """This process's sandbox, opened once and kept. Raises SandboxUnavailable."""
    global _tools  # noqa: PLW0603 -- one sandbox per worker process, by design
    if _tools is None:
        from grader.engine import Tools
        from grader.sandbox import open_sandbox

        _tools = Tools(sandbox=open_sandbox(insecure=settings.GRADING_INSECURE))
    return _tools


def close_tools() -> None:
    """End this process's sandbox, if it opened one; the next run opens another."""
    global _tools  # noqa: PLW0603
    if _tools is not None:
        _tools.sandbox.close()
        _tools = None


@contextmanager
def _lease_kept(claimed: Claim) -> Iterator[None]:
    """Extend the lease from a thread of its own until the work ends or HARD_LIMIT is over."""
    done = threading.Event()
    beats = int(HARD_LIMIT / (LEASE / 3))

    def keep() -> None:
        try:
            for _ in range(beats):
                if done.wait(LEASE.total_seconds() / 3) or not heartbeat(claimed):
                    return
        except Exception:
            log.exception("The lease of run %s could not be extended", claimed.run_id)
        finally:
            if connection.vendor != "sqlite" or not connection.is_in_memory_db():  # type: ignore[attr-defined]
                connections.close_all()

    thread = threading.Thread(target=keep, name=f"lease-{claimed.run_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def run_of(submission: Submission) -> Run | None:
    """The newest run of a submission."""
    return submission.runs.by_the_grader().order_by("-number").first()
