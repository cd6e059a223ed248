"""Measuring in turns, so that whatever else the machine does meets all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_PAUSE = 0.03  # seconds between two, in which what was ordered beforehand is made


@dataclass(frozen=True, kw_only=True)
class Times:
    """Seconds, one per round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def percentile(self, percent: int) -> float:
        in_order = sorted(self.seconds)
        return in_order[min(len(in_order) - 1, len(in_order) * percent // 100)]


def in_turns(contestants: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Times]:
    """Each once a round, after a round that doesn't count."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            time.sleep(_PAUSE)
            started = time.perf_counter()
            run()
            if number:
                seconds[name].append(time.perf_counter() - started)
    return {name: Times(seconds=tuple(found)) for name, found in seconds.items()}


def ratio(one: Times, other: Times) -> float:
    """Of the medians."""
    return one.median / other.median


def alternating(slots: Sequence[int], *, times: int) -> list[int]:
    """Each number so many times, in turns."""
    return [slot for _ in range(times) for slot in slots]
