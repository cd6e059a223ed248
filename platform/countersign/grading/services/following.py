"""What the person who waits for a result may know about its run, and may see of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from countersign.common import clock
from countersign.grading.models import Lane, Result, Run, RunState, SealedVerdict
from countersign.grading.services.breaker import on_hold
from countersign.grading.services.marks import marked_reasons
from countersign.grading.services.queue import waiting
from countersign.grading.services.suspected import judged_exercise
from countersign.grading.services.vitals import STALLED_AFTER, health
from countersign.submissions.models import UNFINISHED, Submission
from grader.engine import revealed as revealed_by_kind
from grader.verdict import Verdict

RECENT = 50
SOON = timedelta(seconds=2)  # most results are there by then
LOOK_EVERY = 0.02  # seconds


@dataclass(frozen=True)
class Following:
    """A submission's newest run. ``ahead`` counts the runs that came before it and still wait;
    ``held_up`` says that nothing is graded at the moment, through no fault of the learner."""

    run: Run
    ahead: int
    held_up: bool


def follow(submission: Submission) -> Following:
    """The newest run of a submission, and how the queue stands before it."""
    run = submission.runs.by_the_grader().order_by("-number").first()
    assert run is not None, "a submission is made together with its run"
    if run.state != RunState.QUEUED:
        return Following(run, ahead=0, held_up=False)
    now = clock.now()
    before = Run.objects.unscoped().filter(
        waiting(now), lane=Lane.FAST, queued_at__lt=run.queued_at
    )
    return Following(run, ahead=before.count(), held_up=_is_held_up(run))


def settles_within(submission: Submission, *, seconds: float) -> bool:
    """Wait for the result of work that was just handed in and is being graded or next.

    It saves the page a round trip. Older work, and work behind that of others, isn't waited for:
    False at once.
    """
    if submission.state not in UNFINISHED or clock.now() - submission.received_at > SOON:
        return False
    if follow(submission).ahead:
        return False
    rows = Submission.objects.unscoped().filter(pk=submission.pk, state__in=UNFINISHED)
    until = time.monotonic() + seconds
    while still := rows.exists():
        if time.monotonic() >= until:
            break
        time.sleep(LOOK_EVERY)
    return not still


def _is_held_up(run: Run) -> bool:
    if run.fault or Run.objects.unscoped().filter(on_hold(), pk=run.pk).exists():
        return True
    return clock.now() - run.queued_at > STALLED_AFTER and health().is_stalled


def usual_seconds() -> tuple[float, float] | None:
    """From hand-in to result: the middle and the slow end (9 in 10) of the last 50 runs.

    None while there are fewer than ten to tell by.
    """
    done = (
        Run.objects.unscoped()
        .filter(lane=Lane.FAST, state=RunState.DONE)
        .order_by("-claimed_at")
        .values_list("queued_at", "finished_at")[:RECENT]
    )
    took: list[timedelta] = sorted(finished - queued for queued, finished in done if finished)
    if len(took) < 10:
        return None
    return took[len(took) // 2].total_seconds(), took[len(took) * 9 // 10].total_seconds()


def revealed(result: Result) -> dict[str, Any]:
    """What this graded result lets its own learner see of keys and explanations."""
    sealed = Verdict.from_json(SealedVerdict.objects.get(pk=result.pk).verdict)
    judged_by = judged_exercise(result.submission, by=result.judged_by.pk)
    found = revealed_by_kind(judged_by, sealed)
    if result.submission.attempt.version.kind == "decide":
        return {**found, "reasons": marked_reasons(result.submission)}
    return found
