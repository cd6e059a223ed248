"""What the programs of a quiz print, found by running them; nothing is typed by the author."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from grader.checks.case_runs import tidy_output
from grader.sandbox.base import Ended, Limits, Program, Sandbox, ScriptRun

MAIN = "program.py"
_MOST_REMEMBERED = 2000
_REMEMBERED: dict[str, Printed] = {}


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What one run printed, and the name of the exception that ended it, if one did."""

    output: str
    raised: str = ""
    ended: Ended = Ended.RETURNED

    @property
    def is_whole(self) -> bool:
        """Whether the program came to its own end, be it by an exception."""
        return self.ended in (Ended.RETURNED, Ended.RAISED)

    def as_text(self) -> str:
        """The output as a learner would see it, the exception's name on a line of its own."""
        return "\n".join(part for part in (tidy_output(self.output), self.raised) if part)


def printed_by(code: str, stdin: str, *, sandbox: Sandbox, limits: Limits) -> Printed:
    """Run a program now. Raises HarnessBroken or SandboxUnavailable for faults of ours."""
    program = Program(files={MAIN: code}, main=MAIN)
    (outcome,) = sandbox.run_script(program, [ScriptRun(id="program", stdin=stdin)], limits)
    raised = outcome.raised.name if outcome.raised else ""
    return Printed(output=outcome.stdout, raised=raised, ended=outcome.ended)


def known_print(code: str, stdin: str, *, sandbox: Sandbox, limits: Limits) -> Printed:
    """What an author's program prints: run once per process, then remembered."""
    key = hashlib.sha256(json.dumps([code, stdin]).encode()).hexdigest()
    if key not in _REMEMBERED:
        printed = printed_by(code, stdin, sandbox=sandbox, limits=limits)
        if len(_REMEMBERED) >= _MOST_REMEMBERED:
            _REMEMBERED.clear()
        _REMEMBERED[key] = printed
    return _REMEMBERED[key]
