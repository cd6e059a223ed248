"""Running a learner's program as a script: a fresh process for each input."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from grader.sandbox.base import Ended, Limits, Outcome, Program, ScriptRun
from grader.sandbox.supervise import answers
from grader.sandbox.supervise.answers import Answer
from grader.sandbox.supervise.budget import Budget
from grader.sandbox.supervise.child import Child, Stopped
from grader.sandbox.supervise.station import Station

_SEALED = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def run_script(
    station: Station, program: Program, runs: Sequence[ScriptRun], limits: Limits
) -> tuple[Outcome, ...]:
    """One outcome per input, in order. What goes to standard error is not kept."""
    budget = Budget(limits, overfull=station.overfull(program.files, limits))
    outcomes = []
    for run in runs:
        if budget.spent:
            outcomes.append(Outcome(id=run.id, ended=Ended.NOT_RUN))
            continue
        with (
            _standard_input(run.stdin) as stdin,
            station.child(program.files, limits, use="script") as child,
        ):
            outcomes.append(_outcome(child, program, run, budget, stdin=stdin))
    return tuple(outcomes)


def _outcome(
    child: Child, program: Program, run: ScriptRun, budget: Budget, *, stdin: int
) -> Outcome:
    started = time.monotonic()
    try:
        child.tell(["run", program.main], descriptors=(stdin,))
        answer = answers.read(budget.next_frame(child))
    except Stopped as stopped:
        answer = Answer(ended=stopped.ended)
    return Outcome(
        id=run.id,
        ended=answer.ended,
        raised=answer.raised,
        stdout=child.take_printed(),
        duration=time.monotonic() - started,
    )


@contextmanager
def _standard_input(text: str) -> Iterator[int]:
    """A file in memory that can be read and nothing else."""
    stdin = os.memfd_create("stdin", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        os.write(stdin, text.encode("utf-8", "replace"))
        os.lseek(stdin, 0, os.SEEK_SET)
        fcntl.fcntl(stdin, fcntl.F_ADD_SEALS, _SEALED)
        yield stdin
    finally:
        os.close(stdin)
