"""What a whole submission may still use, turn by turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from grader.sandbox.base import Limits
from grader.sandbox.supervise.child import Child
from grader.sandbox.supervise.turn import Allowance, Clock, next_frame


class Budget:
    """Counts the learner's CPU time and the wall time of turns, over all its processes."""

    def __init__(self, limits: Limits, *, overfull: Callable[[], bool]) -> None:
        self.limits = limits
        self._overfull = overfull
        self._cpu = limits.cpu_total
        self._wall = limits.wall_total

    @property
    def spent(self) -> bool:
        return self._cpu <= 0 or self._wall <= 0

    def next_frame(
        self, speaker: Child, *, learner: Child | None = None, tester_cpu: float = 0.0
    ) -> Any:
        """The speaker's next frame, within one case's share of what is left.

        ``learner`` is the child whose time is counted, if it is not the one that speaks; the
        speaker then has ``tester_cpu`` seconds of its own.
        """
        come = self._come_already(speaker, learner or speaker)
        if come is not None:
            return come[0]
        counted = Clock(learner or speaker, min(self.limits.cpu_per_case, self._cpu))
        clocks = (counted,) if learner is None else (counted, Clock(speaker, tester_cpu))
        started = time.monotonic()
        try:
            return next_frame(speaker, allowance=self._allowance(clocks))
        finally:
            self._cpu -= counted.used
            self._wall -= time.monotonic() - started

    def _come_already(self, speaker: Child, learner: Child) -> tuple[Any] | None:
        """A frame that came together with the last, and what was printed before it. The time it
        took is counted with the next one's."""
        if not speaker.has_spoken:
            return None
        learner.drain(most=self.limits.output_bytes)
        return speaker.frame()

    def _allowance(self, clocks: tuple[Clock, ...]) -> Allowance:
        return Allowance(
            clocks=clocks,
            wall=min(self.limits.wall_per_case, self._wall),
            output=self.limits.output_bytes,
            overfull=self._overfull,
        )
