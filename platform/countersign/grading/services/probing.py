"""The probe box: try an input on the function that is wanted. It costs nothing and is never scored.

A probe runs where submitted work runs: the reference is the author's, the input is a stranger's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from countersign.common import clock, doorbell
from countersign.common.text import clean_json
from countersign.exercises.models import graded_exercise
from countersign.grading.models import Probe, ProbeState
from countersign.grading.services.work import open_tools
from countersign.submissions.models import Attempt
from grader.kinds.prompt.probing import ProbeRefused
from grader.kinds.prompt.probing import probe as run_probe
from grader.sandbox.base import HarnessBroken, SandboxUnavailable

LONGEST_TYPED = 400
MOST_A_MINUTE = 20
KEPT = 8
LATE = timedelta(seconds=2)  # a doorbell that nobody heard by then is rung again
GIVEN_UP = timedelta(minutes=1)  # from then on the page says that it is our fault


class TooManyProbes(Exception):
    """More probes in a minute than one person reads."""


def ask(attempt: Attempt, typed: Mapping[str, str]) -> Probe:
    """Have an input tried. Raises TooManyProbes."""
    recent = attempt.probes.filter(at__gt=clock.now() - timedelta(minutes=1)).count()
    if recent >= MOST_A_MINUTE:
        raise TooManyProbes
    cut = {name: text[: LONGEST_TYPED + 1] for name, text in typed.items()}
    probe: Probe = Probe.objects.create(attempt=attempt, typed=clean_json(cut))
    _ring(probe)
    return probe


def newest(attempt: Attempt) -> list[Probe]:
    """The last few probes, newest first. One that waits is rung for again, for a minute; then
    it is shown as our fault. It stays in its row, and who looks after the queue still finds it."""
    found = list(attempt.probes.order_by("-at")[:KEPT])
    for probe in found:
        if probe.state != ProbeState.WAITING:
            continue
        waited = clock.now() - probe.at
        if waited > GIVEN_UP:
            probe.state = ProbeState.FAULT
        elif waited > LATE:
            _ring(probe)
    return found


def run(probe_id: UUID) -> None:
    """Try it. Running it twice gives the same."""
    probe = Probe.objects.unscoped().select_related("attempt").get(pk=probe_id)
    if probe.state != ProbeState.WAITING:
        return
    exercise = graded_exercise(probe.attempt.version_id)
    try:
        found = run_probe(exercise, probe.typed, tools=open_tools())
    except ProbeRefused as refused:
        _end(probe, ProbeState.REFUSED, said=f"{refused.name}: {refused.said}")
    except (HarnessBroken, SandboxUnavailable):
        _end(probe, ProbeState.FAULT)
        raise
    else:
        _end(probe, ProbeState.DONE, called=found.called, gives=found.gives)


def run_next() -> bool:
    """Try what waits longest. False when nothing waits: for workers that no bell reaches."""
    waiting = Probe.objects.unscoped().filter(state=ProbeState.WAITING).order_by("at").first()
    if waiting is None:
        return False
    run(waiting.pk)
    return True


def _end(probe: Probe, state: ProbeState, **words: str) -> None:
    waiting = Probe.objects.unscoped().filter(pk=probe.pk, state=ProbeState.WAITING)
    waiting.update(state=state, **words)


def _ring(probe: Probe) -> None:
    from countersign.grading.tasks import run_probe as task

    doorbell.ring(task, str(probe.pk))
