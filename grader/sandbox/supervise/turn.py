"""Waiting for one frame while the clocks run.

What counts is CPU time, by the kernel's own clock of the process, so that a verdict does not
depend on how busy the machine is. Wall time ends only what sleeps or waits.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.sandbox.base import Ended
from grader.sandbox.supervise.child import Child, Stopped

_LOOK_AGAIN = 0.05  # seconds between looks at what only looking can tell (clocks, files)
_SHORTEST = 0.002


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a turn may use: seconds from now, bytes of output, and a check of its files."""

    cpu: float
    wall: float
    output: int
    overfull: Callable[[], bool] = field(default=lambda: False)


def next_frame(speaker: Child, *, allowance: Allowance, watched: tuple[Child, ...] = ()) -> Any:
    """The speaker's next frame. Raises Stopped, saying why, if none comes within the allowance.

    The CPU time of the speaker and of the watched children together is what is measured.
    """
    children = (speaker, *watched)
    wall_end = time.monotonic() + allowance.wall
    cpu_end = _cpu(children) + allowance.cpu
    while True:
        frame = _listen(speaker, children, allowance)
        if frame is not None:
            return frame[0]
        left = min(wall_end - time.monotonic(), cpu_end - _cpu(children))
        if left <= 0:
            raise Stopped(Ended.TIMED_OUT)
        _wait(speaker, children, min(max(left, _SHORTEST), _LOOK_AGAIN))


def _cpu(children: tuple[Child, ...]) -> float:
    return sum(child.cpu() for child in children)


def _listen(speaker: Child, children: tuple[Child, ...], allowance: Allowance) -> tuple[Any] | None:
    """A frame counts only with everything printed before it, and within the limits."""
    speaker.hear()
    try:
        frame = speaker.frame()
    finally:
        for child in children:
            child.drain(most=allowance.output)
    if allowance.overfull():
        raise Stopped(Ended.OUTPUT_LIMIT)
    return frame


def _wait(speaker: Child, children: tuple[Child, ...], seconds: float) -> None:
    poll = select.poll()
    poll.register(speaker.channel, select.POLLIN)
    for child in children:
        if child.output is not None:
            poll.register(child.output, select.POLLIN)
    poll.poll(seconds * 1000)
