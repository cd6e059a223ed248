"""Waiting for one frame while the clocks run.

What counts is CPU time, by the kernel's own clock of the process, so that a verdict does not
depend on how busy the machine is. Wall time ends only what sleeps or waits, and it stands still
while a process waits for its turn on a busy machine.
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
_MOST_PATIENCE = 10  # times the wall time allowed, however busy the machine is


class Clock:
    """The CPU time one child may use, from where it was last looked at."""

    def __init__(self, child: Child, seconds: float) -> None:
        self.child = child
        self.seconds = seconds
        self._start = child.cpu_seen

    @property
    def used(self) -> float:
        return self.child.cpu() - self._start

    @property
    def left(self) -> float:
        return self.seconds - self.used


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a turn may use: CPU by child, wall seconds, bytes of output, and a check of files."""

    clocks: tuple[Clock, ...]
    wall: float
    output: int
    overfull: Callable[[], bool] = field(default=lambda: False)


class _Wall:
    """The wall time of a turn, without the time its processes waited for a busy machine.

    What they waited is looked up only once a turn has taken long enough for it to matter.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._children = [clock.child for clock in allowance.clocks]
        self._starved: float | None = None
        now = time.monotonic()
        self._end = now + allowance.wall
        self._last_end = now + _MOST_PATIENCE * allowance.wall

    @property
    def left(self) -> float:
        now = time.monotonic()
        if self._starved is None:
            self._starved = self._starved_so_far()
        if now < self._end or now >= self._last_end:
            return self._end - now
        return min(self._end + self._starved_so_far() - self._starved, self._last_end) - now

    def _starved_so_far(self) -> float:
        return sum(child.starved() for child in self._children)


def next_frame(speaker: Child, *, allowance: Allowance) -> Any:
    """The speaker's next frame. Raises Stopped, saying why, if none comes within the allowance."""
    wall = _Wall(allowance)
    left = min(allowance.wall, *(clock.seconds for clock in allowance.clocks))
    poll = _poll(speaker, allowance.clocks)
    patience = 0.0 if speaker.has_spoken else min(left, _LOOK_AGAIN)
    while True:
        poll.poll(patience * 1000)
        frame = _listen(speaker, allowance)
        if frame is not None:
            return frame[0]
        left = min(wall.left, *(clock.left for clock in allowance.clocks))
        if left <= 0:
            raise Stopped(Ended.TIMED_OUT)
        patience = min(max(left, _SHORTEST), _LOOK_AGAIN)
        poll = _poll(speaker, allowance.clocks)


def _listen(speaker: Child, allowance: Allowance) -> tuple[Any] | None:
    """A frame counts only with everything printed before it, and within the limits. Beyond them
    it stays where it is: ``Child.frame`` still gives it to who wants to know how far it went."""
    speaker.hear()
    for clock in allowance.clocks:
        clock.child.drain(most=allowance.output)
    if allowance.overfull():
        raise Stopped(Ended.OUTPUT_LIMIT)
    return speaker.frame()


def _poll(speaker: Child, clocks: tuple[Clock, ...]) -> select.poll:
    poll = select.poll()
    poll.register(speaker.channel, select.POLLIN)
    for clock in clocks:
        if clock.child.output is not None:
            poll.register(clock.child.output, select.POLLIN)
    return poll
