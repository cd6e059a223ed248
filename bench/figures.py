"""What many measurements say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """Median and the slow end (19 of 20), in seconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Figures:
        ordered = sorted(seconds)
        return cls(_at(ordered, 0.50), _at(ordered, 0.95))

    def __str__(self) -> str:
        return f"p50 {self.p50:6.3f} s   p95 {self.p95:6.3f} s"


def _at(ordered: Sequence[float], share: float) -> float:
    """The nearest rank: the smallest value that this share doesn't exceed."""
    rank = -(-int(share * 100) * len(ordered) // 100)
    return ordered[max(0, rank - 1)]
