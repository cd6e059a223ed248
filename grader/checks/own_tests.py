"""Tests that a learner wrote: read, kept from asking anything but the program, and run.

The tests run in a process of their own and reach the program through a line, so they can read
neither its source nor ours. Which names and modules are refused is not a wall: it keeps a test
from telling two programs apart by anything but what they do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.checks.suites import test_functions
from grader.checks.syntax import read_python
from grader.sandbox.base import (
    Ended,
    HarnessBroken,
    Limits,
    Program,
    Sandbox,
    SuiteOutcome,
    SuiteStatus,
)
from grader.verdict import Problem

LARGEST_TESTS = 32 * 1024
CPU_OF_A_TEST = 3.0  # seconds that a learner's test may compute for itself
UNSTEADY = frozenset({"random", "time", "datetime", "threading", "asyncio", "uuid", "secrets"})
AGREEING_RUNS = 3  # of tests that could come out differently each time
_CONTROL = {"test_control.py": "def test_control():\n    assert True\n"}
_CLOSED_MODULES = frozenset({
    "_thread", "ast", "atexit", "builtins", "code", "codeop", "concurrent", "ctypes", "dis",
    "faulthandler", "gc", "grader", "importlib", "inspect", "linecache", "marshal", "mmap",
    "multiprocessing", "os", "pickle", "pkgutil", "platform", "pty", "resource", "runpy",
    "shutil", "signal", "site", "socket", "subprocess", "symtable", "sys", "sysconfig",
    "tempfile", "tokenize", "traceback", "tracemalloc", "types", "_pytest",
})  # fmt: skip
_CLOSED_NAMES = frozenset({
    "__builtins__", "__import__", "breakpoint", "compile", "dir", "eval", "exec", "exit",
    "globals", "help", "input", "locals", "open", "quit", "vars",
})  # fmt: skip
_CLOSED_ATTRIBUTES = frozenset({
    "builtins", "ctypes", "gc", "importlib", "inspect", "os", "subprocess", "sys", "_pytest",
})  # fmt: skip
_OPEN_DUNDERS = frozenset({
    "__class__", "__name__", "__init__", "__doc__", "__len__", "__iter__", "__eq__",
    "__str__", "__repr__", "__enter__", "__exit__", "__call__", "__getitem__", "__cause__",
})  # fmt: skip


class BrokenTests(Exception):
    """The learner's tests can't be run to an end: they end their process, or can't be read in."""


@dataclass(frozen=True, kw_only=True)
class OwnTests:
    """Readable tests. ``runs`` says how often they are run to be believed."""

    file: str
    text: str
    names: tuple[str, ...]
    runs: int


@dataclass(frozen=True, kw_only=True)
class OwnRun:
    """What became of the tests on one program. ``passed`` and ``caught`` hold ids of tests:
    caught are those that didn't pass because of the program."""

    passed: frozenset[str]
    caught: frozenset[str]
    stopped: frozenset[str]  # ran out of time, memory or room to print
    count: int
    loads: bool = True

    @property
    def all_pass(self) -> bool:
        return self.count > 0 and len(self.passed) == self.count

    @property
    def any_caught(self) -> bool:
        return bool(self.caught)


def read_own_tests(source: str, *, module: str, file: str = "test_proof.py") -> OwnTests | Problem:
    """The tests in ``source``. Lines of ``assert`` alone are taken as one test."""
    if not source.strip():
        return Problem(code="empty", message="There is no test in it yet.")
    if len(source.encode(errors="replace")) > LARGEST_TESTS:
        return Problem(
            code="too_large", message="The tests are longer than we take. Keep what proves it."
        )
    read = read_python(source, file=file)
    if isinstance(read, Problem):
        return read
    refusal = next(_refusals(read.tree), None)
    if refusal is not None:
        return refusal
    return _own_tests(read.text, read.tree, module=module, file=file)


def _own_tests(text: str, tree: ast.Module, *, module: str, file: str) -> OwnTests | Problem:
    names = tuple(test_functions(text))
    if not names:
        text = _as_one_test(tree)
        names = ("test_proof",) if text else ()
    if not names:
        return Problem(
            code="no_test",
            message="There is no test in it: a line that begins with assert, or a function whose "
            "name begins with test_.",
        )
    unsteady = {name for name, _ in _imports(tree)} & UNSTEADY
    prelude = f"import pytest; import {module}; from {module} import *\n"
    return OwnTests(
        file=file, text=prelude + text, names=names, runs=AGREEING_RUNS if unsteady else 1
    )


def _as_one_test(tree: ast.Module) -> str:
    """Loose statements as the body of one test; empty where nothing in them could fail."""
    if not any(isinstance(node, ast.Assert | ast.With) for node in ast.walk(tree)):
        return ""
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    test = ast.parse("def test_proof(): pass").body[0]
    assert isinstance(test, ast.FunctionDef)
    test.body = [node for node in tree.body if node not in imports]
    return ast.unparse(ast.Module(body=[*imports, test], type_ignores=[]))


def _imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], node.lineno


def _refusals(tree: ast.Module) -> Iterator[Problem]:
    for name, line in _imports(tree):
        if name in _CLOSED_MODULES:
            yield _refusal(f"import {name}", line)
    closed = _CLOSED_NAMES - _own_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in closed:
            yield _refusal(node.id, node.lineno)
        elif isinstance(node, ast.Attribute) and _is_closed(node.attr):
            yield _refusal(f".{node.attr}", node.lineno)


def _own_names(tree: ast.Module) -> set[str]:
    """The names that the tests give a value themselves: ``input`` may be a list here."""
    stored = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return stored | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def _is_closed(attribute: str) -> bool:
    if attribute.startswith("__"):
        return attribute not in _OPEN_DUNDERS
    return attribute in _CLOSED_ATTRIBUTES


def _refusal(what: str, line: int) -> Problem:
    return Problem(
        code="asks_elsewhere",
        message=f"Line {line} uses {what}. A test may only ask the program what it does: "
        "call it, and compare.",
        line=line,
    )


def run_own_tests(tests: OwnTests, program: Program, *, sandbox: Sandbox, limits: Limits) -> OwnRun:
    """The tests on one program, as often as they need to be believed: a test passed if it did
    each time, and caught something if it did each time. Raises BrokenTests."""
    limits = replace(limits, cpu_of_tests=CPU_OF_A_TEST)
    runs = [_run(tests, program, sandbox=sandbox, limits=limits) for _ in range(tests.runs)]
    return OwnRun(
        passed=frozenset.intersection(*(run.passed for run in runs)),
        caught=frozenset.intersection(*(run.caught for run in runs)),
        stopped=frozenset.union(*(run.stopped for run in runs)),
        count=max(run.count for run in runs),
        loads=all(run.loads for run in runs),
    )


def _run(tests: OwnTests, program: Program, *, sandbox: Sandbox, limits: Limits) -> OwnRun:
    try:
        outcome = sandbox.run_suite(program, {tests.file: tests.text}, limits)
    except HarnessBroken as broken:
        # The tests are a learner's, so what breaks may be theirs or ours: a control decides.
        sandbox.run_suite(program, _CONTROL, limits)
        raise BrokenTests(str(broken)) from broken
    return _told(tests, outcome)


def _told(tests: OwnTests, outcome: SuiteOutcome) -> OwnRun:
    if outcome.problem is not None or (outcome.ended is not Ended.RETURNED and not outcome.tests):
        every = frozenset(f"{tests.file}::{name}" for name in tests.names)
        return OwnRun(
            passed=frozenset(), caught=every, stopped=frozenset(), count=len(every), loads=False
        )
    return OwnRun(
        passed=_ids(outcome, SuiteStatus.PASSED),
        caught=_ids(outcome, SuiteStatus.FAILED, SuiteStatus.ERROR, SuiteStatus.TIMED_OUT),
        stopped=frozenset(
            test.id for test in outcome.tests if test.ended not in (Ended.RETURNED, Ended.RAISED)
        ),
        count=len(outcome.tests),
    )


def _ids(outcome: SuiteOutcome, *statuses: SuiteStatus) -> frozenset[str]:
    return frozenset(test.id for test in outcome.tests if test.status in statuses)
