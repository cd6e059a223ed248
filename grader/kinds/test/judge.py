"""Judges a learner's tests: on the right program first, then on each wrong one.

The score is 100 * caught / curated, and 0 for tests that don't pass on the right program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.authored.literals import literal_call
from grader.checks.own_tests import BrokenTests, OwnRun, OwnTests, read_own_tests, run_own_tests
from grader.checks.suites import function_of
from grader.kinds.test import rows
from grader.kinds.test.spec import Mutant, TestSpec, same_call
from grader.kinds.tools import Phases, Tools
from grader.sandbox.base import Call, Ended, Limits, Program
from grader.sandbox.codec import show
from grader.verdict import Problem, RequirementResult, Status, TestResult, TestStatus, Verdict

MOST_TESTS = 100
BROKE_OFF = (
    "Your tests can’t be run to their end: one of them ends the run, or a line outside of the "
    "tests stops it. Which names do you import, and do they exist?"
)
STOPPED = (
    "One of your tests was still running when its time was up, so we stopped it. "
    "A loop that never ends is the usual cause."
)
EXPECTS_OTHER = "The program is right, and this test expects something else. Read the rule again."


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One exercise, the learner's tests, and where they run."""

    exercise: Exercise
    spec: TestSpec
    tests: OwnTests
    calls: Mapping[str, tuple[str, ...]]
    tools: Tools

    @cached_property
    def limits(self) -> Limits:
        return self.exercise.limits(ceilings=self.tools.ceilings)

    def program(self, text: str) -> Program:
        return Program(files={self.spec.program: text}, main=self.spec.program)

    def run(self, text: str) -> OwnRun:
        """The tests on a program of this text. Raises BrokenTests."""
        return run_own_tests(
            self.tests, self.program(text), sandbox=self.tools.sandbox, limits=self.limits
        )

    @cached_property
    def right(self) -> str:
        return self.spec.right(self.exercise.files)


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What the tests caught. Raises only for faults of ours."""
    spec = spec_of(exercise)
    with phases("read"):
        source = source_of(spec, answer)
        read = _readable(source, spec)
    if isinstance(read, Problem):
        return Verdict(status=Status.INVALID, problem=read)
    calls = _calls(spec, answer, source)
    desk = Desk(exercise=exercise, spec=spec, tests=read, calls=calls, tools=tools)
    with phases("run"):
        try:
            right = desk.run(desk.right)
            if not right.all_pass:
                return _disagrees(desk, right)
            caught = {each.id: _catchers(desk, each) for each in spec.mutants}
        except BrokenTests:
            return Verdict(
                status=Status.INVALID, problem=Problem(code="broke_off", message=BROKE_OFF)
            )
    return _verdict(desk, right, caught)


def spec_of(exercise: Exercise) -> TestSpec:
    if not isinstance(exercise.spec, TestSpec):
        raise TypeError(f"{exercise.title!r} isn't an exercise in writing tests")
    return exercise.spec


def source_of(spec: TestSpec, answer: Answer) -> str | Problem:
    """The test file that the answer holds or whose rows make it up."""
    if spec.form == "table":
        return rows.source_of(answer.fields.get("rows") or [])
    return answer.files.get(spec.tests, "")


def _readable(source: str | Problem, spec: TestSpec) -> OwnTests | Problem:
    if isinstance(source, Problem):
        return source
    read = read_own_tests(source, module=spec.module, file=spec.tests)
    if isinstance(read, OwnTests) and len(read.names) > MOST_TESTS:
        return Problem(
            code="too_many",
            message=f"There are {len(read.names)} tests, and {MOST_TESTS} is the most we take.",
        )
    return read


def _calls(spec: TestSpec, answer: Answer, source: str | Problem) -> dict[str, tuple[str, ...]]:
    """The calls with plain values that each test makes, by the test's name."""
    if spec.form == "table":
        found = rows.calls_of(answer.fields.get("rows"))
        return {name: (call,) for name, call in found.items()}
    tree = ast.parse(source if isinstance(source, str) else "")
    return {
        node.name: tuple(ast.unparse(part) for part in ast.walk(node) if isinstance(part, ast.Call))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


def _catchers(desk: Desk, mutant: Mutant) -> tuple[str, ...]:
    """The tests that this wrong program doesn't pass, in the order they stand in."""
    run = desk.run(desk.spec.wrong(mutant, desk.exercise.files))
    names = {function_of(each) for each in run.caught}
    return tuple(name for name in desk.tests.names if name in names)


def _disagrees(desk: Desk, right: OwnRun) -> Verdict:
    """The tests don't hold on the right program: nothing is caught until they do."""
    passed = {function_of(each) for each in right.passed}
    stopped = {function_of(each) for each in right.stopped}
    off = [name for name in desk.tests.names if name not in passed]
    said = {name: STOPPED if name in stopped else _explained(desk, name) for name in off}
    tests = tuple(
        TestResult(
            id=name,
            title=name,
            status=TestStatus.FAILED if name in said else TestStatus.PASSED,
            visible=True,
            message=said.get(name, ""),
        )
        for name in desk.tests.names
    )
    first = next(iter(said.values()), EXPECTS_OTHER)
    return Verdict(
        status=Status.FAILED,
        score=0.0,
        tests=tests,
        requirements=tuple(_rule_results(desk, {})),
        problem=Problem(code="disagrees", message=first),
        details=_details(desk, passed, None, said),
    )


def _explained(desk: Desk, test: str) -> str:
    """What the right program gives for the calls of this test that the author lets be told."""
    known = [call for call in desk.calls.get(test, ()) if same_call(call) in _allowed(desk)]
    if not known:
        return EXPECTS_OTHER
    given = [f"{call} gives {_value(desk, call)}." for call in dict.fromkeys(known)]
    return f"{EXPECTS_OTHER} {' '.join(given[:3])}"


def _allowed(desk: Desk) -> frozenset[str]:
    return desk.spec.allowed_calls


def _value(desk: Desk, call: str) -> str:
    asked = literal_call(call)
    (outcome,) = desk.tools.sandbox.run_calls(
        desk.program(desk.right),
        [Call(id="allowed", function=asked.function, args=asked.args, kwargs=asked.kwargs)],
        desk.limits,
    )
    if outcome.ended is Ended.RAISED and outcome.raised is not None:
        return f"the error {outcome.raised.name}"
    return show(outcome.value) if outcome.ended is Ended.RETURNED else "nothing in time"


def _verdict(desk: Desk, right: OwnRun, caught: Mapping[str, tuple[str, ...]]) -> Verdict:
    killed = sum(bool(by) for by in caught.values())
    total = len(desk.spec.mutants)
    passed = {function_of(each) for each in right.passed}
    return Verdict(
        status=Status.PASSED if killed == total else Status.FAILED,
        score=round(100 * killed / total, 1),
        tests=tuple(_check(each, caught[each.id]) for each in desk.spec.mutants),
        requirements=tuple(_rule_results(desk, caught)),
        details=_details(desk, passed, caught, {}),
    )


def _check(mutant: Mutant, by: tuple[str, ...]) -> TestResult:
    """A wrong program that was caught may be told; one that got through stays hidden."""
    return TestResult(
        id=mutant.id,
        title=mutant.says if by else mutant.id,
        status=TestStatus.PASSED if by else TestStatus.FAILED,
        requirement=mutant.requirement,
        visible=bool(by),
    )


def _rule_results(desk: Desk, caught: Mapping[str, tuple[str, ...]]) -> Iterator[RequirementResult]:
    for rule in desk.spec.requirements:
        own = [each for each in desk.spec.mutants if each.requirement == rule.id]
        met = sum(bool(caught.get(each.id)) for each in own)
        yield RequirementResult(
            id=rule.id,
            says=rule.says,
            weight=float(rule.weight),
            passed=met,
            total=len(own),
            feedback="" if met == len(own) else rule.feedback,
        )


def _details(
    desk: Desk,
    passed: set[str],
    caught: Mapping[str, tuple[str, ...]] | None,
    said: Mapping[str, str],
) -> dict[str, Any]:
    """JSON values: docs/authoring/test.md names every key. ``mutants`` is None where the tests
    don't pass on the right program, because then they say nothing about wrong ones."""
    return {
        "test": {
            "curated": len(desk.spec.mutants),
            "killed": None if caught is None else sum(bool(by) for by in caught.values()),
            "tests": [
                {"name": name, "passes": name in passed, "says": said.get(name, "")}
                for name in desk.tests.names
            ],
            "mutants": None
            if caught is None
            else [
                {
                    "id": each.id,
                    "requirement": each.requirement,
                    "killed": bool(caught[each.id]),
                    "by": list(caught[each.id]),
                }
                for each in desk.spec.mutants
            ],
        }
    }
