"""Running an author's tests against a learner's program: two confined processes and a line.

The tests' process (T) never runs learner's code; the learner's (L) never holds a test. A test
that ends its learner's process ends only itself: the rest goes on with a fresh pair.
"""

from __future__ import annotations

import hashlib
import socket
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from grader.sandbox.base import (
    Ended,
    HarnessBroken,
    Limits,
    Program,
    Raised,
    SuiteOutcome,
    SuiteStatus,
    SuiteTest,
    Uncrossed,
)
from grader.sandbox.codec import Unreadable
from grader.sandbox.supervise import answers
from grader.sandbox.supervise.budget import Budget
from grader.sandbox.supervise.child import Child, Stopped
from grader.sandbox.supervise.rewritten import Rewritten
from grader.sandbox.supervise.station import Station

_TESTER = Limits(cpu_total=120.0, memory_mb=1024, output_bytes=1 << 20, file_mb=16)
_TO_BEGIN = 10.0  # seconds of CPU, where tests and program share a process
_FOR_PYTEST = 256  # megabytes
_MOST_PAIRS = 12  # a program that ends again and again is not worth more
_MOST_PRINTED = 64 * 1024
_MOST_MESSAGE = 4000


@dataclass(kw_only=True)
class _Progress:
    """What is known of a suite so far, over all pairs of processes."""

    rewritten: Callable[[str, str], None]
    tests: list[str] = field(default_factory=list)
    found: dict[str, SuiteTest] = field(default_factory=dict)
    running: str | None = None
    started: float = 0.0
    over: bool = False
    problem: Raised | None = None
    loaded: bool = False
    ended: Ended = Ended.RETURNED
    printed: str = ""
    how_it_went: str = ""

    def finish(self, test: SuiteTest) -> None:
        self.found[test.id] = replace(test, duration=time.monotonic() - self.started)
        self.running = None

    @property
    def waiting(self) -> bool:
        return any(test not in self.found for test in self.tests)

    def outcome(self, duration: float) -> SuiteOutcome:
        tests = tuple(
            self.found.get(test, SuiteTest(id=test, status=SuiteStatus.NOT_RUN))
            for test in self.tests
        )
        return SuiteOutcome(
            tests=tests,
            problem=self.problem,
            loaded=self.loaded,
            ended=self.ended,
            stdout=self.printed[:_MOST_PRINTED],
            duration=duration,
        )


def run_suite(
    learners: Station,
    testers: Station,
    program: Program,
    suite: Mapping[str, str],
    limits: Limits,
    *,
    rewritten: Rewritten,
    first: Collection[str] = (),
    together: bool = False,
) -> SuiteOutcome:
    """Every test's outcome. Raises HarnessBroken when the suite itself cannot be run."""
    started = time.monotonic()
    processes = _one if together else _pair
    budget = Budget(limits, overfull=learners.overfull(program.files, limits))
    progress = _Progress(rewritten=lambda name, code: rewritten.keep(name, suite[name], code=code))
    for _ in range(_MOST_PAIRS):
        if progress.over or budget.spent:
            break
        known = len(progress.found)
        with processes(learners, testers, program, suite, limits) as (learner, tester):
            order = {
                **_order(program, suite),
                "rewritten": rewritten.known(suite),
                "first": list(first),
                "done": list(progress.found),
                "together": together,
            }
            _as_far_as_it_goes(learner, tester, order, budget, progress)
            _keep_printed(learner, progress)
        progress.over |= len(progress.found) == known or not progress.waiting
    return progress.outcome(time.monotonic() - started)


def _order(program: Program, suite: Mapping[str, str]) -> dict[str, Any]:
    text = "\0".join(f"{name}\0{suite[name]}" for name in sorted(suite))
    return {
        "main": program.main,
        "program": [name for name in program.files if name.endswith(".py")],
        "tests": _test_files(suite),
        "seed": int(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8], 16),
    }


def _test_files(suite: Mapping[str, str]) -> list[str]:
    """The files to collect from; the others (a conftest, a helper) may be imported by them."""
    named = [
        name
        for name in suite
        if (file := PurePosixPath(name).name).endswith("_test.py")
        or (file.startswith("test") and file.endswith(".py"))
    ]
    if not named:
        raise HarnessBroken("a suite has no test file: its name begins with test_")
    return named


@contextmanager
def _pair(
    learners: Station,
    testers: Station,
    program: Program,
    suite: Mapping[str, str],
    limits: Limits,
) -> Iterator[tuple[Child, Child]]:
    """A learner's process and a tests' process."""
    testers.expect(_TESTER)
    with (
        learners.child(program.files, limits, use="tests") as learner,
        testers.child(suite, _TESTER, use="tests") as tester,
    ):
        yield learner, tester


@contextmanager
def _one(
    learners: Station,
    testers: Station,
    program: Program,
    suite: Mapping[str, str],
    limits: Limits,
) -> Iterator[tuple[Child, Child]]:
    """One process for both, as confined as a learner's. The tests' files win over the program's."""
    del learners
    files = {name: text for name, text in program.files.items() if "conftest" not in name}
    allowed = replace(
        _TESTER, cpu_total=limits.cpu_total + _TO_BEGIN, memory_mb=limits.memory_mb + _FOR_PYTEST
    )
    with testers.child({**files, **suite}, allowed, use="tests") as tester:
        yield tester, tester


def _connect(learner: Child, tester: Child, order: dict[str, Any]) -> None:
    """Give each its end of a line to the other, and the tests' process its order."""
    if learner is tester:
        tester.tell(order)
        return
    here, there = socket.socketpair()
    with here, there:
        learner.tell(["serve", order["main"]], descriptors=(here.fileno(),))
        tester.tell(order, descriptors=(there.fileno(),))


def _as_far_as_it_goes(
    learner: Child, tester: Child, order: dict[str, Any], budget: Budget, progress: _Progress
) -> None:
    try:
        _connect(learner, tester, order)
        while not progress.over:
            frame = budget.next_frame(
                tester,
                learner=learner if learner is not tester else None,
                tester_cpu=budget.limits.cpu_of_tests,
            )
            _take(frame, progress)
            if frame.get("asks") and learner is not tester:
                _put_printed(learner, frame, progress)
                tester.tell(["on"])
    except Stopped as stopped:
        _take_the_rest(tester, progress)
        _stopped(stopped.ended, progress)


def _take_the_rest(tester: Child, progress: _Progress) -> None:
    """What had been said before the stop: which test was running, above all."""
    with suppress(Stopped):
        while not progress.over and (come := tester.frame()) is not None:
            _take(come[0], progress)


def _take(frame: Any, progress: _Progress) -> None:
    """One message of T's. T is ours and the author's: a strange one is our fault."""
    try:
        ((verb, content),) = ((key, value) for key, value in frame.items() if key in _TAKES)
        _TAKES[verb](content, frame, progress)
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise HarnessBroken(f"the tests' process said something strange: {problem}") from None


def _collected(content: list[str], _: Any, progress: _Progress) -> None:
    progress.tests = progress.tests or [str(test) for test in content]


def _start(content: str, _: Any, progress: _Progress) -> None:
    progress.running, progress.started = content, time.monotonic()


def _finished(content: str, frame: Any, progress: _Progress) -> None:
    raised = _raised(frame["raised"])
    out_of_memory = raised is not None and raised.name == "MemoryError"
    progress.finish(
        SuiteTest(
            id=content,
            status=SuiteStatus(frame["status"]),
            message=str(frame["message"])[-_MOST_MESSAGE:],
            raised=raised,
            ended=Ended.OUT_OF_MEMORY if out_of_memory else Ended.RETURNED,
            uncrossed=tuple(
                Uncrossed(what=str(what), file=str(file), line=int(line))
                for what, file, line in frame["cannot"]
            ),
        )
    )


def _problem(content: Any, _: Any, progress: _Progress) -> None:
    progress.problem, progress.over = _raised(content), True


def _broken(content: str, _: Any, __: _Progress) -> None:
    raise HarnessBroken(f"the tests cannot be collected: {content}")


def _gone(content: str, _: Any, progress: _Progress) -> None:
    progress.how_it_went = content
    raise Stopped(Ended.DIED)


def _over(content: int, frame: Any, progress: _Progress) -> None:
    progress.over = True
    if progress.running is not None:
        raise HarnessBroken(f"the tests ended their own run in {progress.running}")
    if not progress.tests:
        raise HarnessBroken(f"no test was found (status {content}): {frame['said']}")


def _loaded(_: Any, __: Any, progress: _Progress) -> None:
    progress.loaded = True


def _ran(_: Any, __: Any, ___: _Progress) -> None:
    """No test is running any more: what still happens is nobody's."""


def _rewritten(content: str, frame: Any, progress: _Progress) -> None:
    progress.rewritten(content, str(frame["code"]))


_TAKES: dict[str, Callable[[Any, Any, _Progress], None]] = {
    "rewritten": _rewritten,
    "loaded": _loaded,
    "problem": _problem,
    "broken": _broken,
    "collected": _collected,
    "start": _start,
    "finished": _finished,
    "gone": _gone,
    "ran": _ran,
    "over": _over,
}


def _raised(words: Any) -> Raised | None:
    """L's words, passed on by T: a learner's claim, so unreadable ones say only that."""
    if words is None:
        return None
    try:
        return answers.raised_from(words)
    except (Unreadable, KeyError, TypeError):
        return Raised(name="Exception")


def _stopped(ended: Ended, progress: _Progress) -> None:
    """Lay it at the test that was running, or at the program if none was."""
    if ended is Ended.DIED and not progress.how_it_went and progress.running is None:
        raise HarnessBroken("the tests ended their own process")
    if progress.running is None:
        progress.ended, progress.over = ended, True
        return
    status = SuiteStatus.TIMED_OUT if ended is Ended.TIMED_OUT else SuiteStatus.ERROR
    told = progress.how_it_went if ended is Ended.DIED else ""
    progress.finish(SuiteTest(id=progress.running, status=status, ended=ended, message=told))


def _put_printed(learner: Child, frame: Any, progress: _Progress) -> None:
    """What the program has printed so far, to the test that has just finished if one has."""
    printed = learner.take_printed()
    progress.printed += printed
    finished = progress.found.get(str(frame.get("finished")))
    if finished is not None:
        progress.found[finished.id] = replace(finished, stdout=printed)


def _keep_printed(learner: Child, progress: _Progress) -> None:
    with suppress(Stopped):  # more was printed than is kept
        learner.drain(most=_MOST_PRINTED)
    progress.printed += learner.take_printed()
