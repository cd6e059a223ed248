"""The figures as a page of Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.bench import peers
from grader.bench.figures import Memory
from grader.bench.measure import Times, ratio
from grader.bench.targets import Found


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All of one run. Rates are gradings a second by slots, growth seconds by size."""

    isolation: str
    rounds: int
    times: Mapping[str, Times]
    rates: Mapping[str, Mapping[int, float]]
    memory: Memory | None
    start: float
    growth: Mapping[str, Mapping[int, float]]
    targets: tuple[Found, ...]


def page(measured: Measured) -> str:
    """The whole page. ``docs/performance/grader.md`` is one."""
    return "\n".join((*_head(measured), *_sections(measured), ""))


def _head(measured: Measured) -> Iterator[str]:
    yield "# How fast the grader is"
    yield ""
    yield f"`python -m grader bench` on {machine()}; isolation `{measured.isolation}`."
    yield (
        f"Everything was measured in turns in one run of {measured.rounds} rounds. "
        "Read the ratios: the milliseconds are this machine's, and it may have had other work."
    )


def _sections(measured: Measured) -> Iterator[str]:
    yield from _table(
        "Against what is promised",
        ("", "found", "promised", "hoped for", ""),
        (
            (f.what, _number(f.found, f.unit), *_bounds(f), "kept" if f.kept else "**not kept**")
            for f in measured.targets
        ),
    )
    base = measured.times[peers.PASS]
    yield from _table(
        "One grading (ms)",
        ("", "median", "p95", "p99", f"× `{peers.PASS}`"),
        (
            (name, *(_ms(t) for t in _spread(times)), f"{ratio(times, base):.2f}")
            for name, times in measured.times.items()
        ),
    )
    yield from _table(
        "Gradings a second, by worker slots",
        ("", *(str(slots) for slots in measured.rates[peers.PASS])),
        ((n, *(f"{r:.0f}" for r in rates.values())) for n, rates in measured.rates.items()),
    )
    for name, growth in measured.growth.items():
        yield from _table(
            f"Growth with {name} (ms)",
            tuple(f"{size:,}" for size in growth),
            [tuple(_ms(seconds) for seconds in growth.values())],
        )
    yield from _table("Memory and start", ("", ""), _rest(measured))


def _rest(measured: Measured) -> Iterator[tuple[str, str]]:
    yield "opening a sandbox, its walls tried", f"{measured.start:.2f} s"
    if measured.memory is None:
        yield "memory", "only root may look"
        return
    yield "a waiting child, for itself", _number(measured.memory.waiting_child, "MB")
    yield "a slot that waits, all its processes", _number(measured.memory.waiting, "MB")
    yield (
        "a slot at work",
        _number(measured.memory.in_use, "MB"),
    )


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from ("", f"## {title}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|")
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _bounds(found: Found) -> tuple[str, str]:
    sign = "≤" if found.most else "≥"
    return f"{sign} {found.promised:g}", f"{sign} {found.hoped:g}"


def _spread(times: Times) -> tuple[float, float, float]:
    return times.median, times.percentile(95), times.percentile(99)


def _number(found: float, unit: str) -> str:
    return f"{found:.2f} {unit}" if unit == "×" else f"{found:.1f} {unit}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def machine() -> str:
    """This machine in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{os.cpu_count()} × {_processor()}, {memory:.0f} GB, Linux {platform.release()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
