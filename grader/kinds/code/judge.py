"""Judges an answer to a ``code`` exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks import words
from grader.checks.case_runs import run_cases
from grader.checks.guard import guarded
from grader.checks.suites import SuitesRun, run_suites
from grader.kinds.code.score import constraint_results, requirement_results, score
from grader.kinds.code.spec import CodeSpec
from grader.kinds.code.work import Work, readable_work
from grader.kinds.tools import Phases, Tools
from grader.sandbox.base import Program
from grader.verdict import Problem, RequirementResult, Status, TestResult, TestStatus, Verdict

REGRESSED = "This worked in the code you were given and doesn't now."
UNCHANGED = "This is the code as you were given it. Nothing has changed yet."

_STOPS = {
    TestStatus.TIMED_OUT: Status.TIMED_OUT,
    TestStatus.OUT_OF_MEMORY: Status.OUT_OF_MEMORY,
    TestStatus.OUTPUT_LIMIT: Status.OUTPUT_LIMIT,
}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """All checks of one program, in the author's order."""

    tests: tuple[TestResult, ...]
    suites: SuitesRun


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What the checks found. Raises only for faults of ours."""
    spec = _spec(exercise)
    with phases("read"):
        work = readable_work(exercise, spec, answer)
    if isinstance(work, Problem):
        return Verdict(status=Status.INVALID, problem=work)
    with phases("run"):
        checked = check(exercise, work.program, tools=tools)
        before = _passed_before(exercise, tools=tools) if spec.variant == "repair" else frozenset()
    with phases("judge"):
        return _verdict(exercise, work, _with_regressions(checked, before))


def check(exercise: Exercise, program: Program, *, tools: Tools) -> Checked:
    """Run every case and suite against a program."""
    spec = _spec(exercise)
    limits = exercise.limits(ceilings=tools.ceilings)
    cases = run_cases(spec.cases, program, sandbox=tools.sandbox, limits=limits)
    suites = run_suites(
        spec.suites, exercise.folder("hidden"), program, sandbox=tools.sandbox, limits=limits
    )
    return Checked(tests=(*cases, *suites.tests), suites=suites)


def _spec(exercise: Exercise) -> CodeSpec:
    if not isinstance(exercise.spec, CodeSpec):
        raise TypeError(f"{exercise.title!r} isn't a code exercise")
    return exercise.spec


_PASSED_ON_STARTER: dict[str, frozenset[str]] = {}
_MOST_REMEMBERED = 500


def _passed_before(exercise: Exercise, *, tools: Tools) -> frozenset[str]:
    """The tests that the starter passes. Run once per version of an exercise and process."""
    key = exercise.content_hash
    if key not in _PASSED_ON_STARTER:
        program = Program(files=exercise.folder("starter"), main=_spec(exercise).program)
        tests = check(exercise, program, tools=tools).tests
        if len(_PASSED_ON_STARTER) >= _MOST_REMEMBERED:
            _PASSED_ON_STARTER.clear()
        _PASSED_ON_STARTER[key] = frozenset(
            test.id for test in tests if test.status is TestStatus.PASSED
        )
    return _PASSED_ON_STARTER[key]


def _with_regressions(checked: Checked, before: frozenset[str]) -> Checked:
    return replace(
        checked,
        tests=tuple(
            replace(test, message=f"{REGRESSED} {test.message}".rstrip())
            if test.id in before and test.status in (TestStatus.FAILED, TestStatus.ERROR)
            else test
            for test in checked.tests
        ),
    )


def _verdict(exercise: Exercise, work: Work, checked: Checked) -> Verdict:
    spec = _spec(exercise)
    kept = [constraint.result(list(work.trees)) for constraint in spec.constraints]
    tests = tuple(_guarded_test(exercise, test) for test in (*checked.tests, *kept))
    rules = _guarded_rules(exercise, requirement_results(spec, tests))
    constraints = _guarded_rules(exercise, constraint_results(spec, tests))
    stop = next((_STOPS[test.status] for test in tests if test.status in _STOPS), None)
    passed = all(each.holds for each in (*rules, *constraints))
    return Verdict(
        status=stop or (Status.PASSED if passed else Status.FAILED),
        score=None if stop else score(rules, constraints),
        tests=tests,
        requirements=(*rules, *constraints),
        problem=_problem(exercise, stop, work, checked),
        output=_shown_output(tests),
        details=_details(checked),
    )


def _problem(
    exercise: Exercise, stop: Status | None, work: Work, checked: Checked
) -> Problem | None:
    if stop is not None:
        return Problem(code=stop.value, message=words.STOPPED[stop.value])
    if work.unchanged:
        return Problem(code="unchanged", message=UNCHANGED)
    raised = checked.suites.problem
    if raised is None:
        return None
    return Problem(
        code="stopped_at_start",
        message=guarded(exercise, words.stop_of(raised, quote=True)),
        line=raised.line,
        file=raised.file,
    )


def _shown_output(tests: Sequence[TestResult]) -> str:
    """What the learner's code printed where nothing hidden was its input."""
    return "\n".join(test.output.rstrip("\n") for test in tests if test.visible and test.output)


def _details(checked: Checked) -> Mapping[str, Any]:
    return {"suite_notes": dict(checked.suites.notes or {})}


def _guarded_rules(
    exercise: Exercise, rules: Sequence[RequirementResult]
) -> tuple[RequirementResult, ...]:
    return tuple(
        replace(rule, feedback=guarded(exercise, rule.feedback)) if rule.feedback else rule
        for rule in rules
    )


def _guarded_test(exercise: Exercise, test: TestResult) -> TestResult:
    if test.visible or not test.message:
        return test
    return replace(test, message=guarded(exercise, test.message))
