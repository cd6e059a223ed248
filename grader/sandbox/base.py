"""The border to untrusted code: what a sandbox promises, and the data that crosses it.

Two questions are kept apart: can a submission get out (the sandbox's walls), and can it lie
its way to a pass (expected values stay on this side and never enter the process that runs
learner code).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

Wire = Any
"""A learner's value as tagged JSON (``grader.sandbox.codec``): plain, capped, never an object."""


MISSING_FUNCTION = "MissingFunction"
"""``Raised.name`` where the program lacks what it was asked for. Ours alone: no exception of a
learner's is told under this name, for its message is taken to be our own words."""


class SandboxUnavailable(Exception):
    """Nothing on this machine can isolate untrusted code; nothing was graded."""


class HarnessBroken(Exception):
    """Our own machinery failed (a template died, a frame was lost). Never the learner's fault."""


class Isolation(StrEnum):
    """How strongly a run was isolated, strongest first. Stored with each result."""

    NAMESPACES_CGROUP = "namespaces+cgroup"
    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    NONE = "none"  # only with the explicit insecure flag


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds, megabytes and bytes. The site's ceilings win over an exercise's own limits."""

    cpu_per_case: float = 2.0
    cpu_total: float = 10.0
    wall_total: float = 20.0
    wall_per_case: float = 6.0  # only for code that sleeps or waits; what counts is CPU time
    memory_mb: int = 256
    output_bytes: int = 64 * 1024
    cpu_of_tests: float = 20.0  # what one test may compute for itself, beside the program
    file_mb: int = 16


@dataclass(frozen=True, kw_only=True)
class Program:
    """The learner's files by relative name, and the module that is imported or run."""

    files: Mapping[str, str]
    main: str = "solution.py"


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a learner's function. Arguments are plain values of the codec's types.

    Neighbours of the same ``group`` may be told to the program together, so that it can know the
    arguments of one while it answers another. A call without a group is told alone.
    """

    id: str
    function: str
    group: str = ""
    args: Sequence[Any] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ScriptRun:
    """One run of the main file as a program, with these lines on standard input."""

    id: str
    stdin: str = ""


class Ended(StrEnum):
    """How one call, script run or suite test ended, as the sandbox saw it from outside."""

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    DIED = "died"  # exit, a signal, a forbidden system call
    NOT_RUN = "not_run"


@dataclass(frozen=True, kw_only=True)
class Raised:
    """An exception of the learner's code, as words. ``line`` is in the learner's own file."""

    name: str
    bases: tuple[str, ...] = ()  # built-in classes it is an instance of, nearest first
    message: str = ""
    file: str = ""
    line: int = 0
    traceback: str = ""  # the learner's own frames only


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one call or script run did. ``value`` is wire data; ``stdout`` is capped text.

    NOT_RUN with ``raised`` set means that the program could not be imported, and why. Its name
    is ``MISSING_FUNCTION`` where the program has no function of that name. An exception counts
    as the call's own only with RAISED.
    """

    id: str
    ended: Ended
    value: Wire = None
    mutated: Wire = None  # the positional arguments after the call, as wire data
    raised: Raised | None = None
    stdout: str = ""
    duration: float = 0.0


class SuiteStatus(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"
    NOT_RUN = "not_run"


@dataclass(frozen=True, kw_only=True)
class Uncrossed:
    """What a test wanted of a program and can't have, since that is in another process."""

    what: str
    file: str = ""  # of the tests; empty and 0 where no line of theirs asked
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class SuiteTest:
    """One test of an author's suite. ``message`` may quote hidden values: staff only."""

    id: str  # e.g. test_fees.py::TestFees::test_free_days[2]
    status: SuiteStatus
    message: str = ""
    raised: Raised | None = None
    ended: Ended = Ended.RETURNED
    duration: float = 0.0
    uncrossed: tuple[Uncrossed, ...] = ()
    stdout: str = ""  # what the program printed meanwhile, known of the tests that are run first


@dataclass(frozen=True, kw_only=True)
class SuiteOutcome:
    """A whole suite. ``problem`` is set when no test could begin: the learner's module could not
    be imported, or, with ``loaded``, it raised something at the top of a test file."""

    tests: tuple[SuiteTest, ...]
    problem: Raised | None = None
    loaded: bool = False
    ended: Ended = Ended.RETURNED
    stdout: str = ""
    duration: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Wall:
    """One wall as the self-test found it, in words an operator can act on.

    One that isn't ``needed`` makes a sandbox stronger where the machine has it.
    """

    name: str
    holds: bool
    needed: bool = True
    detail: str = ""
    improve: str = ""


class Sandbox(Protocol):
    """Runs untrusted Python. Thread-safe per instance is not promised: one per worker slot."""

    isolation: Isolation

    def run_calls(
        self, program: Program, calls: Sequence[Call], limits: Limits
    ) -> tuple[Outcome, ...]:
        """Import the program once and make the calls in order; one outcome per call.

        A call that kills the process leaves the rest NOT_RUN unless a fresh process can go on.
        Raises HarnessBroken for any fault of ours.
        """

    def run_script(
        self, program: Program, runs: Sequence[ScriptRun], limits: Limits
    ) -> tuple[Outcome, ...]:
        """Run the main file once per input, each in a fresh process."""

    def run_suite(
        self,
        program: Program,
        suite: Mapping[str, str],
        limits: Limits,
        *,
        first: Collection[str] = (),
        together: bool = False,
    ) -> SuiteOutcome:
        """Run an author's unmodified pytest or unittest files in a process the learner's code
        is not in; ``import solution`` there gives proxies into the learner's process.

        ``first`` names tests, as ``file::function``, that are run before all others. With
        ``together`` tests and program share one process: no result of it can be relied on,
        since the program can change the tests and read what they expect.
        """

    def walls(self) -> Sequence[Wall]:
        """The self-test: each wall, tried for real."""

    def close(self) -> None:
        """End every process of this sandbox."""
