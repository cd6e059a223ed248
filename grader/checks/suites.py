"""Unmodified pytest and unittest files: what an author says about them, and their results."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import StringConstraints

from grader.authored.model import Authored, Line, Slug
from grader.checks import words
from grader.checks.case_runs import SHOWN_OUTPUT, STATUS_OF_END
from grader.checks.hidden import literals_of_code
from grader.sandbox.base import (
    MISSING_FUNCTION,
    Ended,
    HarnessBroken,
    Limits,
    Program,
    Raised,
    Sandbox,
    SuiteOutcome,
    SuiteStatus,
    SuiteTest,
    Uncrossed,
)
from grader.verdict import TestResult, TestStatus

SuiteFile = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*\.py$")]

_STATUS = {
    SuiteStatus.PASSED: TestStatus.PASSED,
    SuiteStatus.FAILED: TestStatus.FAILED,
    SuiteStatus.ERROR: TestStatus.ERROR,
    SuiteStatus.SKIPPED: TestStatus.NOT_RUN,
    SuiteStatus.TIMED_OUT: TestStatus.TIMED_OUT,
    SuiteStatus.NOT_RUN: TestStatus.NOT_RUN,
}


class SuiteTestSpec(Authored):
    """What one test of a suite checks, where it differs from the suite's own."""

    requirement: Slug | None = None
    title: Line | None = None
    visible: bool = False


class Suite(Authored):
    """An unmodified test file in ``hidden/``."""

    file: SuiteFile
    runner: Literal["pytest", "unittest"] = "pytest"
    requirement: Slug
    runs: Literal["apart", "in_process"] = "apart"
    tests: dict[str, SuiteTestSpec] = {}

    def faults(self, source: str | None) -> Iterator[tuple[tuple[str, ...], str, str]]:
        """Path, message and remedy of each fault of this suite and its file."""
        if source is None:
            yield ("file",), f"hidden/{self.file} is missing.", "Add the test file to hidden/."
            return
        try:
            defined = set(test_functions(source))
        except SyntaxError as error:
            message = f"Python can't read hidden/{self.file}, line {error.lineno}: {error.msg}."
            yield ("file",), message, "Put the test file right."
            return
        if not defined:
            yield ("file",), f"hidden/{self.file} has no test.", "Add functions named test_…."
        for name in self.tests:
            if name not in defined:
                message = f"hidden/{self.file} has no test “{name}”."
                yield ("tests", name), message, f"Name one of: {', '.join(sorted(defined))}."

    def hidden_texts(self, source: str) -> Iterator[str | float]:
        yield from literals_of_code(source)

    @property
    def shown_tests(self) -> list[str]:
        """The tests that a learner sees, as ``file::function``."""
        return [f"{self.file}::{name}" for name, test in self.tests.items() if test.visible]

    def result(
        self,
        name: str,
        status: TestStatus,
        *,
        message: str = "",
        output: str = "",
        duration: float = 0.0,
    ) -> TestResult:
        """A result of the test with this id, as the author describes the test."""
        function = function_of(name)
        about = self.tests.get(function, SuiteTestSpec())
        return TestResult(
            id=name,
            title=about.title or function,
            status=status,
            requirement=about.requirement or self.requirement,
            visible=about.visible,
            message=message,
            output=output if about.visible else "",
            duration=duration,
        )


@dataclass(frozen=True, kw_only=True)
class SuitesRun:
    """The results of all suites. ``notes`` are the runner's own words, for staff only."""

    tests: tuple[TestResult, ...] = ()
    notes: Mapping[str, str] | None = None
    uncrossed: tuple[Uncrossed, ...] = ()  # the author's to mend, whoever's program it was
    start: Raised | None = None
    printed_at_start: str = ""  # before any test, where it could not start
    ended: Ended = Ended.RETURNED


def run_suites(
    suites: Sequence[Suite],
    hidden: Mapping[str, str],
    program: Program,
    *,
    sandbox: Sandbox,
    limits: Limits,
) -> SuitesRun:
    """Results in the author's order; a test that the file defines and nobody ran is not passed.

    Shown tests run first: what a learner reads of them can hold nothing that a hidden test said.
    """
    if not suites:
        return SuitesRun()
    shown = [name for suite in suites for name in suite.shown_tests]
    together = any(suite.runs == "in_process" for suite in suites)
    outcome = sandbox.run_suite(program, hidden, limits, first=shown, together=together)
    if not outcome.tests and outcome.problem is None and outcome.ended is Ended.RETURNED:
        raise HarnessBroken("no test of the suites ran")
    return SuitesRun(
        tests=tuple(
            result for suite in suites for result in _results(suite, hidden[suite.file], outcome)
        ),
        notes={test.id: test.message[:SHOWN_OUTPUT] for test in outcome.tests if test.message},
        uncrossed=tuple(dict.fromkeys(each for test in outcome.tests for each in test.uncrossed)),
        start=_start(outcome),
        printed_at_start=outcome.stdout[:SHOWN_OUTPUT] if _is_unloaded(outcome) else "",
        ended=_ended(outcome),
    )


def _is_unloaded(outcome: SuiteOutcome) -> bool:
    """Whether the program could not even be loaded: nothing of the tests has met it."""
    return outcome.problem is not None and not outcome.loaded


def _start(outcome: SuiteOutcome) -> Raised | None:
    """What kept the program from starting, in words that may be shown: those it chose itself at
    the top of a test file may tell what hidden tests know."""
    problem = outcome.problem
    if problem is not None and outcome.loaded and problem.name != MISSING_FUNCTION:
        return None
    return problem


def _ended(outcome: SuiteOutcome) -> Ended:
    """How the run as a whole ended. Tests that were never begun were left by the clock."""
    left = any(test.status is SuiteStatus.NOT_RUN for test in outcome.tests)
    return Ended.TIMED_OUT if left and outcome.ended is Ended.RETURNED else outcome.ended


def is_test_file(name: str) -> bool:
    """Whether pytest would collect from a file of this name, or a unittest track calls it so."""
    file = PurePosixPath(name).name
    return file.endswith(".py") and (file.startswith("test") or file.endswith("_test.py"))


@lru_cache(maxsize=256)
def test_functions(source: str) -> tuple[str, ...]:
    """The names of the tests that a test file defines, in order. Raises SyntaxError."""
    found: list[str] = []
    for node in ast.parse(source).body:
        parts = node.body if isinstance(node, ast.ClassDef) and _holds_tests(node) else [node]
        found += [
            part.name
            for part in parts
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
            and part.name.startswith("test")
        ]
    return tuple(found)


test_functions.__test__ = False  # type: ignore[attr-defined]


def function_of(name: str) -> str:
    """The test function in an id such as ``test_fees.py::TestFees::test_free_days[2]``."""
    return name.split("[", 1)[0].rsplit("::", 1)[-1]


def _holds_tests(node: ast.ClassDef) -> bool:
    bases = [ast.unparse(base) for base in node.bases]
    return node.name.startswith("Test") or any(base.endswith("TestCase") for base in bases)


def _results(suite: Suite, source: str, outcome: SuiteOutcome) -> Iterator[TestResult]:
    """The file's tests in the order in which they stand there, whatever order they ran in."""
    ran: dict[str, list[SuiteTest]] = {}
    for test in outcome.tests:
        if test.id.split("::", 1)[0] == suite.file:
            ran.setdefault(function_of(test.id), []).append(test)
    for function in dict.fromkeys(test_functions(source)):
        met = ran.pop(function, [])
        yield from (_result(suite, test) for test in met)
        if not met:
            yield _unmet(suite, f"{suite.file}::{function}", outcome)
    yield from (_result(suite, test) for met in ran.values() for test in met)


def _unmet(suite: Suite, name: str, outcome: SuiteOutcome) -> TestResult:
    if outcome.problem is not None:
        message = words.stop_of(outcome.problem, quote=False)
        return suite.result(name, TestStatus.ERROR, message=message)
    status = STATUS_OF_END.get(outcome.ended, TestStatus.NOT_RUN)
    return suite.result(name, status, message=words.STOPPED.get(status.value, words.NOT_RUN))


def _result(suite: Suite, test: SuiteTest) -> TestResult:
    status = _STATUS[test.status]
    if test.status is not SuiteStatus.PASSED and test.ended is not Ended.RETURNED:
        status = STATUS_OF_END.get(test.ended, status)
    message = _message(suite, test, status)
    output = test.stdout[:SHOWN_OUTPUT]
    return suite.result(test.id, status, message=message, output=output, duration=test.duration)


def _message(suite: Suite, test: SuiteTest, status: TestStatus) -> str:
    if status is TestStatus.PASSED:
        return ""
    if status is TestStatus.NOT_RUN:
        return words.NOT_RUN
    if status.value in words.STOPPED:
        return words.STOPPED[status.value]
    if test.ended is Ended.DIED:
        return words.ENDED_EARLY
    visible = suite.result(test.id, status).visible
    if test.raised is not None:
        return words.stop_of(test.raised, quote=visible)
    return _told_by_runner(test.message) if visible and test.message else words.HIDDEN


def _told_by_runner(message: str) -> str:
    """What a shown test says of itself, without the lines that lead there."""
    told = [line[1:].strip() for line in message.splitlines() if line.startswith("E ")]
    return ("This test says: " + "\n".join(told or [message.strip()]))[:SHOWN_OUTPUT]
