"""What grading promises, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.bench import peers
from grader.bench.figures import Memory
from grader.bench.measure import Times, ratio

CASES, CASES_ON_DEMAND = "table of 8 cases", "table of 8 cases, nothing waiting"
TESTS, LINES = "pytest file of 8 tests", "8 inputs to a program"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A figure against its promise. ``most`` false: it should be at least that."""

    what: str
    found: float
    promised: float
    hoped: float
    unit: str = "×"
    most: bool = True

    @property
    def kept(self) -> bool:
        return self.found <= self.promised if self.most else self.found >= self.promised


def of_times(times: Mapping[str, Times]) -> Iterator[Found]:
    """Ratios of medians. A peer that this machine lacks is left out."""
    base = times[peers.PASS]
    for what, promised, hoped in (
        (CASES, 0.25, 0.10),
        (CASES_ON_DEMAND, 0.50, 0.30),
        (TESTS, 1.3, 0.5),
        (LINES, 3.0, 1.5),
    ):
        yield Found(
            what=f"{what}, to `{peers.PASS}`",
            found=ratio(times[what], base),
            promised=promised,
            hoped=hoped,
        )
    for peer, promised, hoped in ((peers.BWRAP_LIGHT, 8, 20), (peers.BWRAP_PYTEST, 50, 150)):
        if peer in times:
            yield Found(
                what=f"{peer}, to {CASES}",
                found=ratio(times[peer], times[CASES]),
                promised=promised,
                hoped=hoped,
                most=False,
            )


def of_rates(rates: Mapping[int, float], base: Mapping[int, float]) -> Found:
    """With two slots."""
    return Found(
        what=f"gradings a second with two slots, to that of `{peers.PASS}`",
        found=rates[2] / base[2],
        promised=1.5,
        hoped=4,
        most=False,
    )


def of_memory(memory: Memory | None) -> Iterator[Found]:
    if memory is None:
        return
    yield Found(
        what="a waiting child alone", found=memory.waiting_child, promised=4, hoped=1, unit="MB"
    )
    yield Found(what="a slot in use", found=memory.in_use, promised=60, hoped=30, unit="MB")
