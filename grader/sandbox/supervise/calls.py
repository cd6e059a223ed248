"""Calling a learner's functions: one process for all calls, a fresh one after a crash."""

from __future__ import annotations

import time
from collections.abc import Sequence

from grader.sandbox.base import MISSING_FUNCTION, Call, Ended, Limits, Outcome, Program, Raised
from grader.sandbox.codec import encode
from grader.sandbox.supervise import answers
from grader.sandbox.supervise.answers import Answer
from grader.sandbox.supervise.budget import Budget
from grader.sandbox.supervise.child import Child, Stopped
from grader.sandbox.supervise.station import Station

_GOES_ON = frozenset({Ended.RETURNED, Ended.RAISED, Ended.NOT_RUN})


def run_calls(
    station: Station, program: Program, calls: Sequence[Call], limits: Limits
) -> tuple[Outcome, ...]:
    """One outcome per call, in order."""
    budget = Budget(limits, overfull=station.overfull(program.files, limits))
    waiting = list(calls)
    outcomes: list[Outcome] = []
    while waiting and not budget.spent:
        with station.child(program.files, limits) as child:
            made = _as_far_as_it_goes(child, program, waiting, budget)
        outcomes += made
        del waiting[: len(made)]
    return (*outcomes, *(Outcome(id=call.id, ended=Ended.NOT_RUN) for call in waiting))


def _as_far_as_it_goes(
    child: Child, program: Program, calls: Sequence[Call], budget: Budget
) -> list[Outcome]:
    """The outcomes up to and including the call that ended the process."""
    loaded = _turn(child, ["import", program.main], budget)
    if loaded.ended is not Ended.RETURNED:
        ended = Ended.NOT_RUN if loaded.ended is Ended.RAISED else loaded.ended
        printed = child.take_printed()
        return [
            Outcome(id=call.id, ended=ended, raised=loaded.raised, stdout=printed) for call in calls
        ]
    outcomes = []
    for call in calls:
        outcomes.append(_outcome(child, call, budget))
        if outcomes[-1].ended not in _GOES_ON or budget.spent:
            break
    return outcomes


def _outcome(child: Child, call: Call, budget: Budget) -> Outcome:
    started = time.monotonic()
    answer = _turn(
        child, ["call", call.function, encode(list(call.args)), encode(dict(call.kwargs))], budget
    )
    return Outcome(
        id=call.id,
        ended=answer.ended,
        value=answer.value,
        mutated=answer.mutated,
        raised=_missing(call) if answer.missing else answer.raised,
        stdout=child.take_printed(),
        duration=time.monotonic() - started,
    )


def _missing(call: Call) -> Raised:
    return Raised(name=MISSING_FUNCTION, message=f"There is no function named {call.function}.")


def _turn(child: Child, request: list[object], budget: Budget) -> Answer:
    try:
        child.tell(request)
        return answers.read(budget.next_frame(child))
    except Stopped as stopped:
        return Answer(ended=stopped.ended)
