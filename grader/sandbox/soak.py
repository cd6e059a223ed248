"""What a sandbox holds on to: counted before and after many programs, it should not grow."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.supervise.sandbox import ProcessSandbox

_SETTLES = 10.0  # seconds in which children that were ordered are born
_LOOKS = 5  # in a row that have to agree


@dataclass(frozen=True, kw_only=True)
class Level:
    """What one worker and its sandbox hold: counts, and bytes of memory."""

    descriptors: int
    processes: int
    files: int  # in the folders of programs and tests
    memory: int


def level(sandbox: ProcessSandbox) -> Level:
    """Taken once nothing is being made or buried any more."""
    sandbox.settle()
    return Level(
        descriptors=_settled(lambda: _entries(Path("/proc/self/fd"))),
        processes=_settled(lambda: _processes(sandbox)),
        files=sum(_entries(folder) for folder in sandbox.folders()),
        memory=_memory(sandbox),
    )


def _entries(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir())


def _settled(count: Callable[[], int]) -> int:
    until = time.monotonic() + _SETTLES
    found = [count()]
    while time.monotonic() < until and (len(found) < _LOOKS or len(set(found[-_LOOKS:])) > 1):
        time.sleep(0.05)
        found.append(count())
    return found[-1]


def _processes(sandbox: ProcessSandbox) -> int:
    templates = sandbox.templates()
    return len(templates) + sum(len(_children(template)) for template in templates)


def _children(pid: int) -> list[str]:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return []


def _memory(sandbox: ProcessSandbox) -> int:
    """Resident bytes of the worker and its templates."""
    page = os.sysconf("SC_PAGE_SIZE")
    pids = ("self", *(str(pid) for pid in sandbox.templates()))
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page for pid in pids)
