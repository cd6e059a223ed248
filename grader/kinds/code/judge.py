"""Judges an answer to a ``code`` exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.analysis import remarks
from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks import words
from grader.checks.case_runs import STATUS_OF_END, CasesRun, run_cases
from grader.checks.guard import guarded
from grader.checks.suites import SuitesRun, run_suites
from grader.kinds.code.score import constraint_results, requirement_results, score
from grader.kinds.code.spec import CodeSpec
from grader.kinds.code.work import Work, readable_work
from grader.kinds.tools import Phases, Tools
from grader.sandbox.base import MISSING_FUNCTION, Program, Raised
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

    cases: CasesRun
    suites: SuitesRun

    @property
    def tests(self) -> tuple[TestResult, ...]:
        return (*self.cases.tests, *self.suites.tests)

    @property
    def start(self) -> Raised | None:
        """What kept the program from starting at all."""
        return self.cases.start or self.suites.start

    @property
    def stop(self) -> Status | None:
        """Why a run had to be stopped, if one had to."""
        stopped = [test.status for test in self.tests]
        stopped.append(STATUS_OF_END.get(self.suites.ended, TestStatus.PASSED))
        first = next((_STOPS[status] for status in stopped if status in _STOPS), None)
        return first or (Status.TIMED_OUT if self.cases.out_of_time else None)


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
        return _verdict(exercise, work, checked, before)


def check(exercise: Exercise, program: Program, *, tools: Tools) -> Checked:
    """Run every case and suite against a program."""
    spec = _spec(exercise)
    limits = exercise.limits(ceilings=tools.ceilings)
    cases = run_cases(spec.cases, program, sandbox=tools.sandbox, limits=limits)
    suites = run_suites(
        spec.suites, exercise.folder("hidden"), program, sandbox=tools.sandbox, limits=limits
    )
    return Checked(cases=cases, suites=suites)


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


def _told(test: TestResult, before: frozenset[str]) -> TestResult:
    """The test, saying so if it passed on the starter and doesn't any more."""
    if test.id not in before or test.status not in (TestStatus.FAILED, TestStatus.ERROR):
        return test
    return replace(test, message=f"{REGRESSED} {test.message}".rstrip())


def _verdict(exercise: Exercise, work: Work, checked: Checked, before: frozenset[str]) -> Verdict:
    spec = _spec(exercise)
    kept = [constraint.result(list(work.trees)) for constraint in spec.constraints]
    told = [_told(test, before) for test in checked.tests]
    tests = tuple(_guarded_test(exercise, test) for test in (*told, *kept))
    rules = _guarded_rules(exercise, requirement_results(spec, tests))
    constraints = _guarded_rules(exercise, constraint_results(spec, tests))
    passed = all(each.holds for each in (*rules, *constraints))
    return Verdict(
        status=checked.stop or (Status.PASSED if passed else Status.FAILED),
        score=None if checked.stop else score(rules, constraints),
        tests=tests,
        requirements=(*rules, *constraints),
        problem=_problem(exercise, work, checked),
        remarks=remarks(work.learners_trees, examples=spec.examples),
        output=_shown_output(checked),
        details={"suite_notes": dict(checked.suites.notes or {})},
    )


def _problem(exercise: Exercise, work: Work, checked: Checked) -> Problem | None:
    if checked.stop is not None:
        return Problem(code=checked.stop.value, message=words.STOPPED[checked.stop.value])
    if checked.start is not None:
        return _start_problem(exercise, checked.start)
    return Problem(code="unchanged", message=UNCHANGED) if work.unchanged else None


def _start_problem(exercise: Exercise, start: Raised) -> Problem:
    missing = start.name == MISSING_FUNCTION
    return Problem(
        code="missing_function" if missing else "stopped_at_start",
        message=guarded(exercise, words.stop_of(start, quote=True)),
        line=start.line,
        file=start.file,
    )


def _shown_output(checked: Checked) -> str:
    """What the learner's code printed where nothing hidden was its input."""
    printed_at_start = checked.cases.printed_at_start or checked.suites.printed_at_start
    if printed_at_start:
        return printed_at_start.rstrip("\n")
    shown = [test.output for test in checked.tests if test.visible and test.output]
    return "\n".join(part.rstrip("\n") for part in shown)


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
