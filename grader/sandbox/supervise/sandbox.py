"""The sandbox of this machine: two stations and the three ways to run a learner's program."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from grader.sandbox.base import (
    Call,
    HarnessBroken,
    Isolation,
    Limits,
    Outcome,
    Program,
    ScriptRun,
    SuiteOutcome,
    Wall,
)
from grader.sandbox.supervise import examine
from grader.sandbox.supervise.calls import run_calls
from grader.sandbox.supervise.cgroup import Group
from grader.sandbox.supervise.rewritten import Rewritten
from grader.sandbox.supervise.runtime import Role, find
from grader.sandbox.supervise.scratch import Scratch
from grader.sandbox.supervise.scripts import run_script
from grader.sandbox.supervise.station import SPARES, Station
from grader.sandbox.supervise.suites import run_suite


class ProcessSandbox:
    """Confined processes forked from warm templates. One per worker slot, one thread at a time.

    ``without`` leaves walls out, to show in a test what each is worth.
    """

    def __init__(
        self,
        isolation: Isolation,
        *,
        without: frozenset[str] = frozenset(),
        group: Group | None = None,
        spares: Mapping[Role, int] = SPARES,
    ) -> None:
        self.isolation = isolation
        self._owner = os.getpid()
        self._group = group
        self._shared = Scratch(user=find("tester").user)
        station = partial(Station, shared=self._shared, without=without, group=group)
        self._learners = station("learner", spares=spares["learner"])
        self._testers = station("tester", spares=spares["tester"])
        self._rewritten = Rewritten()

    def run_calls(
        self, program: Program, calls: Sequence[Call], limits: Limits
    ) -> tuple[Outcome, ...]:
        self.settle()
        return run_calls(self._learners, program, calls, limits)

    def run_script(
        self, program: Program, runs: Sequence[ScriptRun], limits: Limits
    ) -> tuple[Outcome, ...]:
        self.settle()
        return run_script(self._learners, program, runs, limits)

    def run_suite(
        self,
        program: Program,
        suite: Mapping[str, str],
        limits: Limits,
        *,
        first: Collection[str] = (),
        together: bool = False,
    ) -> SuiteOutcome:
        self.settle()
        return run_suite(
            self._learners,
            self._testers,
            program,
            suite,
            limits,
            rewritten=self._rewritten,
            first=first,
            together=together,
        )

    def templates(self) -> tuple[int, ...]:
        """The processes from which all others of this sandbox are forked."""
        found = (station.template for station in (self._learners, self._testers))
        return tuple(pid for pid in found if pid is not None)

    def folders(self) -> tuple[Path, ...]:
        """Where programs and tests live while they run."""
        return (self._learners.scratch.path, self._testers.scratch.path, self._shared.path)

    def settle(self) -> None:
        """Wait until nothing of the last program is left: each has the folders to itself.

        Raises HarnessBroken in another process than the one that opened this sandbox.
        """
        self._check_owner()
        self._learners.settle()
        self._testers.settle()

    def walls(self) -> Sequence[Wall]:
        return examine.walls(self)

    def close(self) -> None:
        if os.getpid() == self._owner:
            self._learners.close()
            self._testers.close()
            if self._group is not None:
                self._group.close()
            self._shared.close()

    def _check_owner(self) -> None:
        """A copy made by fork shares the templates' control sockets; answers would cross."""
        if os.getpid() != self._owner:
            raise HarnessBroken("a sandbox belongs to the process that opened it")
