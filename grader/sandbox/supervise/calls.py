"""Calling a learner's functions: one process for all calls, a fresh one after a crash."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from grader.sandbox.base import MISSING_FUNCTION, Call, Ended, Limits, Outcome, Program, Raised
from grader.sandbox.codec import encode
from grader.sandbox.frames import packed
from grader.sandbox.supervise import answers
from grader.sandbox.supervise.answers import Answer
from grader.sandbox.supervise.budget import Budget
from grader.sandbox.supervise.child import Child, Stopped
from grader.sandbox.supervise.station import Station

_MOST_TOGETHER = 32 * 1024  # bytes of requests
_GOES_ON = frozenset({Ended.RETURNED, Ended.RAISED, Ended.NOT_RUN})


def run_calls(
    station: Station, program: Program, calls: Sequence[Call], limits: Limits
) -> tuple[Outcome, ...]:
    """One outcome per call, in order."""
    budget = Budget(limits, overfull=station.overfull(program.files, limits))
    waiting = list(calls)
    outcomes: list[Outcome] = []
    while waiting and not budget.spent:
        with station.child(program.files, limits, use="calls") as child:
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
    outcomes: list[Outcome] = []
    for batch in _batches(calls):
        outcomes += _outcomes(child, batch, budget)
        if outcomes[-1].ended not in _GOES_ON or budget.spent:
            break
    return outcomes


def _batches(calls: Sequence[Call]) -> Iterator[list[Call]]:
    """Neighbours of one group, as many as surely fit into a frame; a call without one alone."""
    batch: list[Call] = []
    room = 0
    for call in calls:
        size = len(packed(_request(call)))
        if batch and (call.group == "" or call.group != batch[0].group or size > room):
            yield batch
            batch = []
        room = (room if batch else _MOST_TOGETHER) - size
        batch.append(call)
    yield batch


def _request(call: Call) -> list[object]:
    return [call.function, encode(list(call.args)), encode(dict(call.kwargs))]


def _outcomes(child: Child, batch: Sequence[Call], budget: Budget) -> Iterator[Outcome]:
    """The outcomes of calls that were told together, up to one after which nothing goes on."""
    started = time.monotonic()
    answer = _turn(child, ["calls", [_request(call) for call in batch]], budget)
    for call in batch:
        if call is not batch[0]:
            started = time.monotonic()
            answer = _next(child, answer, budget)
        is_last = call is batch[-1] or answer.ended not in _GOES_ON
        yield Outcome(
            id=call.id,
            ended=answer.ended,
            value=answer.value,
            mutated=answer.mutated,
            raised=_missing(call) if answer.missing else answer.raised,
            stdout=child.take_printed() if is_last or answer.printed else "",
            duration=time.monotonic() - started,
        )
        if is_last or budget.spent:
            return


def _missing(call: Call) -> Raised:
    return Raised(name=MISSING_FUNCTION, message=f"There is no function named {call.function}.")


def _turn(child: Child, request: list[object], budget: Budget) -> Answer:
    try:
        child.tell(request)
        return answers.read(budget.next_frame(child))
    except Stopped as stopped:
        return Answer(ended=stopped.ended)


def _next(child: Child, last: Answer, budget: Budget) -> Answer:
    """The next answer. A program that printed waits until its words have been put to that call."""
    if last.printed:
        return _turn(child, ["on"], budget)
    try:
        return answers.read(budget.next_frame(child))
    except Stopped as stopped:
        return Answer(ended=stopped.ended)
