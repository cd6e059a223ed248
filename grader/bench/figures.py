"""What is measured besides the time of one grading."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import IO

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.bench import work
from grader.bench.measure import alternating, in_turns
from grader.engine import Tools, grade
from grader.sandbox import opening
from grader.sandbox.base import Call, HarnessBroken, Limits, Program
from grader.sandbox.confine.namespaces import HOLDER
from grader.sandbox.supervise.sandbox import ProcessSandbox

_opened = opening.isolated
SLOTS = (1, 2, 4)
COUNTS = (1, 10, 100, 1000)
PRINTED = (0, 1000, 10_000, 60_000)  # characters
_MEGABYTE = 1 << 20

Sized = dict[int, tuple[Exercise, Answer]]
"""Work by its size."""


def throughput(what: str, *, seconds: float, times: int) -> dict[int, float]:
    """Per second with so many slots at work: medians of runs that alternate."""
    rates: dict[int, list[float]] = {slots: [] for slots in SLOTS}
    for slots in alternating(SLOTS, times=times):
        rates[slots].append(_rate(what, slots=slots, seconds=seconds))
    return {slots: statistics.median(found) for slots, found in rates.items()}


def _rate(what: str, *, slots: int, seconds: float) -> float:
    command = [sys.executable, "-m", "grader.bench.slot", what, str(seconds)]
    running = [
        subprocess.Popen(  # noqa: S603  (every word of it is ours)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(slots)
    ]
    for slot in running:
        if _line(slot.stdout) != "ready":
            raise HarnessBroken("a slot of the measurement did not start")
    for slot in running:
        print("go", file=slot.stdin, flush=True)
    done = sum(int(_line(slot.stdout)) for slot in running)
    for slot in running:
        slot.communicate()
    return done / seconds


def _line(stream: IO[str] | None) -> str:
    return stream.readline().strip() if stream is not None else ""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Megabytes that no file backs: a waiting child's own, and those of all of a slot."""

    waiting_child: float
    waiting: float
    in_use: float


def memory() -> Memory | None:
    """None for a user who may not look into the processes of a sandbox: only root may."""
    with closing(_opened()) as sandbox:
        _grade_once(sandbox)
        time.sleep(0.5)
        waiting = _shares(sandbox)
        if waiting is None:
            return None
        with _at_work(sandbox):
            in_use = _shares(sandbox)
    if in_use is None:
        return None
    children = [private for name, private, _ in waiting if name == "child"]
    return Memory(
        waiting_child=statistics.median(children) / _MEGABYTE,
        waiting=sum(share for _, _, share in waiting) / _MEGABYTE,
        in_use=sum(share for _, _, share in in_use) / _MEGABYTE,
    )


def _grade_once(sandbox: ProcessSandbox) -> None:
    for exercise in (work.by_cases(), work.by_tests()):
        grade(exercise, work.answer(work.GOOD), tools=Tools(sandbox=sandbox))


@contextmanager
def _at_work(sandbox: ProcessSandbox) -> Iterator[None]:
    """While a program runs."""
    program = Program(files={"solution.py": f"import time\n{work.GOOD}def it(): time.sleep(1)\n"})
    call = [Call(id="it", function="it")]
    thread = Thread(target=lambda: sandbox.run_calls(program, call, Limits()))
    thread.start()
    time.sleep(0.5)
    yield
    thread.join()


def _shares(sandbox: ProcessSandbox) -> list[tuple[str, int, int]] | None:
    """Bytes of each process: what it alone has changed, and its share of what has no file."""
    found = []
    for template in sandbox.templates():
        children = Path(f"/proc/{template}/task/{template}/children").read_text().split()
        for name, pid in (("template", str(template)), *(("child", pid) for pid in children)):
            try:
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except PermissionError:
                return None
            except (FileNotFoundError, ProcessLookupError):  # it has just ended
                continue
            share, private = (int(size) * 1024 for size in _SIZES.findall(text))
            is_holder = Path(f"/proc/{pid}/comm").read_text().strip() == HOLDER
            found.append(("holder" if is_holder else name, private, share))
    return found


_SIZES = re.compile(r"^(?:Pss_Anon|Private_Dirty):\s+(\d+)", re.MULTILINE)


def growth(exercises: Sized, *, sandbox: ProcessSandbox) -> dict[int, float]:
    """Seconds by size."""
    tools = Tools(sandbox=sandbox)
    runs = {
        str(size): partial(grade, exercise, submission, tools=tools)
        for size, (exercise, submission) in exercises.items()
    }
    return {int(size): times.median for size, times in in_turns(runs, rounds=3).items()}


def with_cases() -> Sized:
    return {count: (work.by_cases(count), work.answer(work.GOOD)) for count in COUNTS}


def with_tests() -> Sized:
    good = work.answer(work.GOOD)
    return {count: (work.by_tests(work.many_tests(count)), good) for count in COUNTS}


def with_output() -> Sized:
    """One case of a program that prints so many characters."""
    one = work.by_cases(1)
    return {size: (one, work.answer(f"{work.GOOD}print('x' * {size})\n")) for size in PRINTED}


def start() -> float:
    """Seconds until a sandbox has been opened and its walls tried."""
    return in_turns({"open": lambda: _opened().close()}, rounds=3)["open"].median
