"""What a whole submission may still use, turn by turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from grader.sandbox.base import Limits
from grader.sandbox.supervise.child import Child
from grader.sandbox.supervise.turn import Allowance, next_frame


class Budget:
    """Counts the CPU and wall seconds of a submission's turns, over all its processes."""

    def __init__(self, limits: Limits, *, overfull: Callable[[], bool]) -> None:
        self.limits = limits
        self._overfull = overfull
        self._cpu = limits.cpu_total
        self._wall = limits.wall_total

    @property
    def spent(self) -> bool:
        return self._cpu <= 0 or self._wall <= 0

    def next_frame(self, speaker: Child, *, watched: tuple[Child, ...] = ()) -> Any:
        """The speaker's next frame, within one case's share of what is left."""
        children = (speaker, *watched)
        cpu, wall = sum(child.cpu() for child in children), time.monotonic()
        try:
            return next_frame(speaker, allowance=self._allowance(), watched=watched)
        finally:
            self._cpu -= sum(child.cpu() for child in children) - cpu
            self._wall -= time.monotonic() - wall

    def _allowance(self) -> Allowance:
        return Allowance(
            cpu=min(self.limits.cpu_per_case, self._cpu),
            wall=min(self.limits.wall_per_case, self._wall),
            output=self.limits.output_bytes,
            overfull=self._overfull,
        )
