"""Runs cases in the sandbox and compares, on this side, what came back."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import dataclass

from grader.checks import words
from grader.checks.cases import Case
from grader.sandbox.base import (
    MISSING_FUNCTION,
    Call,
    Ended,
    HarnessBroken,
    Limits,
    Outcome,
    Program,
    Raised,
    Sandbox,
    ScriptRun,
)
from grader.sandbox.codec import encode, same, show
from grader.verdict import TestResult, TestStatus

SHOWN_VALUE = 200
SHOWN_OUTPUT = 4000

STATUS_OF_END = {
    Ended.TIMED_OUT: TestStatus.TIMED_OUT,
    Ended.OUT_OF_MEMORY: TestStatus.OUT_OF_MEMORY,
    Ended.OUTPUT_LIMIT: TestStatus.OUTPUT_LIMIT,
    Ended.DIED: TestStatus.ERROR,
    Ended.NOT_RUN: TestStatus.NOT_RUN,
}


@dataclass(frozen=True, kw_only=True)
class CasesRun:
    """One result per case in the author's order. ``start`` is set when the program could not
    even start, ``printed_at_start`` what it printed until then. Both may be shown: they come from
    before any hidden case, or are the sandbox's own words."""

    tests: tuple[TestResult, ...] = ()
    start: Raised | None = None
    printed_at_start: str = ""
    out_of_time: bool = False


def run_cases(
    cases: Sequence[Case], program: Program, *, sandbox: Sandbox, limits: Limits
) -> CasesRun:
    """Run the cases, visible ones first. Expected values stay on this side.

    All calls share one process, so a program could keep what a hidden case gave it and say it in
    a later case. It finds no later case there whose words a learner sees.
    """
    in_order = sorted(cases, key=lambda case: not case.visible)
    calls = [_call(case) for case in in_order if case.call is not None]
    runs = [ScriptRun(id=case.id, stdin=case.stdin) for case in in_order if case.call is None]
    outcomes: list[Outcome] = []
    if calls:
        outcomes += sandbox.run_calls(program, calls, limits)
    if runs:
        outcomes += sandbox.run_script(program, runs, limits)
    by_id = {outcome.id: outcome for outcome in outcomes}
    if sorted(by_id) != sorted(case.id for case in cases) or len(outcomes) != len(cases):
        raise HarnessBroken("the sandbox answered other cases than it was asked")
    unstarted = _unstarted(outcomes)
    return CasesRun(
        tests=tuple(judged(case, by_id[case.id]) for case in cases),
        start=_start(outcomes),
        printed_at_start=unstarted.stdout[:SHOWN_OUTPUT] if unstarted else "",
        out_of_time=any(each.ended is Ended.NOT_RUN and not each.raised for each in outcomes),
    )


def _start(outcomes: Sequence[Outcome]) -> Raised | None:
    """Why the program could not start, or that it lacks a function it was asked for."""
    unstarted = _unstarted(outcomes)
    if unstarted is not None:
        return unstarted.raised
    return next((each.raised for each in outcomes if _is_missing(each)), None)


def _unstarted(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The first outcome, if the import failed before any call. A later import comes after calls."""
    first = outcomes[0] if outcomes else None
    if first is None or first.ended is not Ended.NOT_RUN or first.raised is None:
        return None
    return None if _is_missing(first) else first


def _is_missing(outcome: Outcome) -> bool:
    raised = outcome.raised
    not_run = outcome.ended is Ended.NOT_RUN
    return not_run and raised is not None and raised.name == MISSING_FUNCTION


def judged(case: Case, outcome: Outcome) -> TestResult:
    """What came of one case."""
    status, message = _judgement(case, outcome)
    return TestResult(
        id=case.id,
        title=case.title,
        status=status,
        requirement=case.requirement,
        visible=case.visible,
        message=message,
        called=case.called[:SHOWN_OUTPUT],
        expected=case.expected_words[:SHOWN_OUTPUT],
        got=_got(case, outcome),
        output=outcome.stdout[:SHOWN_OUTPUT],
        duration=outcome.duration,
    )


def _call(case: Case) -> Call:
    return Call(
        id=case.id,
        function=case.asked.function,
        group="visible" if case.visible else "hidden",
        args=case.asked.args,
        kwargs=case.asked.kwargs,
    )


def _judgement(case: Case, outcome: Outcome) -> tuple[TestStatus, str]:
    if outcome.ended is Ended.NOT_RUN and outcome.raised is not None:
        return TestStatus.ERROR, words.stop_of(outcome.raised, quote=case.visible)
    if outcome.ended in STATUS_OF_END:
        return STATUS_OF_END[outcome.ended], _end_words(outcome.ended)
    if _holds(case, outcome):
        return TestStatus.PASSED, ""
    if outcome.raised is not None and case.raises is None:
        return TestStatus.ERROR, words.stop_of(outcome.raised, quote=case.visible)
    return TestStatus.FAILED, _difference(case, outcome)


def _end_words(ended: Ended) -> str:
    if ended is Ended.NOT_RUN:
        return words.NOT_RUN
    return words.STOPPED.get(ended.value, words.ENDED_EARLY)


def _holds(case: Case, outcome: Outcome) -> bool:
    """Whether the case's expectation is met. Anything unclear is not."""
    raised = outcome.raised
    if case.raises is not None:
        return raised is not None and raises(raised, case.raises)
    if raised is not None or outcome.ended is not Ended.RETURNED:
        return False
    if case.prints is not None:
        return printed_alike(case.prints, outcome.stdout)
    if case.expects == "leaves":
        return bool(outcome.mutated) and same(encode(case.leaves), outcome.mutated[0])
    tolerance = case.tolerance if case.approximately is not None else None
    return same(encode(case.expected), outcome.value, tolerance=tolerance)


def raises(raised: Raised, asked: str) -> bool:
    """Whether this is the exception asked for. One of Python's is known by its class, and a class
    of the learner's that only bears the name isn't it; any other is known by its name."""
    python_has = getattr(builtins, asked, None)
    if isinstance(python_has, type) and issubclass(python_has, BaseException):
        return python_has.__name__ in raised.bases
    return raised.name == asked


def printed_alike(expected: str, printed: str) -> bool:
    """Whether two outputs are the same but for spaces at line ends and empty last lines."""
    return tidy_output(expected) == tidy_output(printed)


def tidy_output(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).rstrip("\n")


def _got(case: Case, outcome: Outcome) -> str:
    if outcome.raised is not None:
        return f"{outcome.raised.name}: {outcome.raised.message}"[:SHOWN_VALUE]
    if outcome.ended is not Ended.RETURNED:
        return ""
    if case.prints is not None:
        return outcome.stdout[:SHOWN_OUTPUT]
    if case.expects == "leaves":
        return show(outcome.mutated[0], SHOWN_VALUE) if outcome.mutated else ""
    return show(outcome.value, SHOWN_VALUE)


def _difference(case: Case, outcome: Outcome) -> str:
    if _prints_instead(case, outcome):
        return "Your function prints the value and returns nothing. The brief asks to return it."
    if not case.visible:
        return words.HIDDEN
    if case.prints is not None:
        return "The program prints something else than the brief asks for."
    if case.raises is not None:
        return f"It gave {_got(case, outcome)}. The brief asks for {case.raises}."
    return f"It gave {_got(case, outcome)}. The brief asks for {case.expected_words}."


def _prints_instead(case: Case, outcome: Outcome) -> bool:
    if case.expects not in ("returns", "returns_python", "approximately"):
        return False
    return outcome.value is None and case.expected is not None and bool(outcome.stdout.strip())
