"""Runs checks on a program and sees which of its lines each check went through."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import CodeType

from grader.authored.literals import literal_call
from grader.checks import words
from grader.checks.case_runs import SHOWN_OUTPUT, judged
from grader.checks.cases import Case
from grader.checks.syntax import read_python
from grader.sandbox.base import (
    MISSING_FUNCTION,
    Call,
    Ended,
    HarnessBroken,
    Limits,
    Outcome,
    Program,
    Sandbox,
)
from grader.verdict import Problem, TestResult, TestStatus

WATCHER = "watched_while_checked.py"
LINES = "lines_since_the_last_check"
_PREFIX = "lines of "

_WATCHER = """
import os, sys


def _watch():
    here, seen = os.path.dirname(os.path.abspath(__file__)) + os.sep, set()

    def each_line(frame, event, argument):
        if event == "line":
            seen.add((frame.f_code.co_filename[len(here):], frame.f_lineno))
        return each_line

    def each_call(frame, event, argument):
        return each_line if frame.f_code.co_filename.startswith(here) else None

    def lines():
        found = sorted(seen)
        seen.clear()
        return [list(each) for each in found]

    sys.settrace(each_call)
    return lines


{lines} = _watch()
import {module} as _program
globals().update({{name: value for name, value in vars(_program).items() if name[:2] != "__"}})
"""

Lines = Mapping[str, frozenset[int]]


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What came of the checks. ``covered`` are the lines, by file, that a check went through and
    held; ``problem`` is why nothing could run; ``printed`` what the program printed."""

    tests: tuple[TestResult, ...] = ()
    covered: Lines = field(default_factory=dict)
    problem: Problem | None = None


def watch(
    cases: Sequence[Case],
    files: Mapping[str, str],
    *,
    main: str,
    sandbox: Sandbox,
    limits: Limits,
) -> Watched:
    """Run these cases, which are all visible, in one process."""
    unreadable = _unreadable(files, main)
    if unreadable is not None:
        return Watched(problem=unreadable)
    if not cases:
        return Watched()
    outcomes = sandbox.run_calls(_watched(files, main), list(_calls(cases)), limits)
    by_id = {outcome.id: outcome for outcome in outcomes}
    if len(by_id) != 2 * len(cases):
        raise HarnessBroken("the sandbox answered other calls than it was asked")
    tests = tuple(
        _in_their_file(judged(case, by_id[case.id]), by_id[case.id], main) for case in cases
    )
    return Watched(tests=tests, covered=_covered(tests, by_id, files))


def _unreadable(files: Mapping[str, str], main: str) -> Problem | None:
    if not files.get(main, "").strip():
        return Problem(code="empty", message=f"There is nothing in {main} yet.", file=main)
    for name, text in files.items():
        read = read_python(text, file=name) if name.endswith(".py") else None
        if isinstance(read, Problem):
            return read
    return None


def _watched(files: Mapping[str, str], main: str) -> Program:
    module = PurePosixPath(main).with_suffix("").as_posix().replace("/", ".")
    return Program(
        files={**files, WATCHER: _WATCHER.format(lines=LINES, module=module)}, main=WATCHER
    )


def _calls(cases: Sequence[Case]) -> Iterator[Call]:
    for case in cases:
        parsed = literal_call(case.call or "")
        yield Call(
            id=case.id,
            function=parsed.function,
            group="visible",
            args=parsed.args,
            kwargs=parsed.kwargs,
        )
        yield Call(id=f"{_PREFIX}{case.id}", function=LINES, group="visible")


def _in_their_file(test: TestResult, outcome: Outcome, main: str) -> TestResult:
    """The result, naming the program where ours would be named."""
    raised = outcome.raised
    if raised is None or raised.name != MISSING_FUNCTION:
        return test
    function = test.called.partition("(")[0]
    return replace(test, message=f"There is no function called {function} in {main} yet.")


def _covered(
    tests: Sequence[TestResult], by_id: Mapping[str, Outcome], files: Mapping[str, str]
) -> Lines:
    """The lines of checks that held. A program could claim others: only its page would lie."""
    found: dict[str, set[int]] = {}
    for test in tests:
        if test.status is TestStatus.PASSED:
            for name, line in _pairs(by_id[f"{_PREFIX}{test.id}"]):
                if name in files:
                    found.setdefault(name, set()).add(line)
    return {name: frozenset(lines) for name, lines in found.items()}


def _pairs(outcome: Outcome) -> Iterator[tuple[str, int]]:
    value = outcome.value
    if outcome.ended is not Ended.RETURNED or not isinstance(value, list):
        return
    for each in value:
        match each:
            case [str() as name, int() as line]:
                yield name, line


def telling_lines(text: str) -> frozenset[int]:
    """The lines of a Python text that do something when they run: the only ones a check can go
    through. Empty for a text that can't be read."""
    read = read_python(text, file="")
    if isinstance(read, Problem):
        return frozenset()
    code = compile(read.text, "", "exec", dont_inherit=True)
    starts = {line for each in _codes(code) for _, _, line in each.co_lines() if line}
    return frozenset(starts - _idle_lines(read.tree))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _idle_lines(tree: ast.Module) -> set[int]:
    """Lines of docstrings and of names that only open a block."""
    idle: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            idle |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            idle.add(node.lineno)
    return idle


def stop_words(test: TestResult) -> str:
    """What a check that didn't hold says, of the program and not of a learner's own code."""
    if test.status is TestStatus.PASSED:
        return ""
    message = test.message or words.NOT_RUN
    return message.replace("Your code", "The program").replace("Your function", "The function")[
        :SHOWN_OUTPUT
    ]
