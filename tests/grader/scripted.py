"""A sandbox that answers from a script: for tests of the border, not of what code does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from grader.sandbox.base import (
    Call,
    Ended,
    Isolation,
    Limits,
    Outcome,
    Program,
    ScriptRun,
    SuiteOutcome,
    Wall,
)


@dataclass
class ScriptedSandbox:
    """Answers each case by its id; what the script doesn't name returns None.

    ``asked`` keeps everything that crossed the border, for tests that look for secrets there.
    """

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    suite: SuiteOutcome | None = None
    isolation: Isolation = Isolation.LANDLOCK
    asked: list[object] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)

    def run_calls(
        self, program: Program, calls: Sequence[Call], limits: Limits
    ) -> tuple[Outcome, ...]:
        self.asked += [program, *calls]
        self.limits.append(limits)
        return tuple(self._outcome(call.id) for call in calls)

    def run_script(
        self, program: Program, runs: Sequence[ScriptRun], limits: Limits
    ) -> tuple[Outcome, ...]:
        self.asked += [program, *runs]
        self.limits.append(limits)
        return tuple(self._outcome(run.id) for run in runs)

    def run_suite(
        self,
        program: Program,
        suite: Mapping[str, str],
        limits: Limits,
        *,
        first: Collection[str] = (),
        together: bool = False,
    ) -> SuiteOutcome:
        self.limits.append(limits)
        return self.suite or SuiteOutcome(tests=())

    def walls(self) -> Sequence[Wall]:
        return ()

    def close(self) -> None:
        return None

    def _outcome(self, name: str) -> Outcome:
        return self.outcomes.get(name, Outcome(id=name, ended=Ended.RETURNED))
