"""What an ``explain`` exercise has to prove before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authored.exercise import Exercise
from grader.authored.literals import literal_call
from grader.authored.problems import Fault
from grader.checks.case_runs import run_cases
from grader.kinds.decided_proof import prove_decided
from grader.kinds.explain.judge import spec_of
from grader.kinds.explain.predictions import gives, run_shown
from grader.kinds.explain.spec import CODE_FILE, ExplainSpec
from grader.kinds.prompt.judge import recogniser_of
from grader.kinds.tools import Tools
from grader.sandbox.base import HarnessBroken, Program
from grader.verdict import TestResult, TestStatus

AGREEING_RUNS = 3


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Everything that the kind asks of an exercise."""
    spec = spec_of(exercise)
    yield from prove_decided(exercise, spec, tools=tools)
    yield from _shown_code_is_right(exercise, spec, tools)
    yield from _predictions_agree(exercise, spec, tools)
    yield from _weak_texts(exercise, spec, tools)


def _shown_code_is_right(exercise: Exercise, spec: ExplainSpec, tools: Tools) -> Iterator[Fault]:
    for test in _failed(exercise, spec, exercise.files[CODE_FILE], tools):
        at = [case.id for case in spec.cases].index(test.id)
        yield Fault(
            path=("cases", at),
            message=f"The code to explain gives {test.got or test.status.value} here.",
            remedy="The cases say what that code does: put the case right.",
        )


def _predictions_agree(exercise: Exercise, spec: ExplainSpec, tools: Tools) -> Iterator[Fault]:
    try:
        runs = [
            [gives(outcome) for outcome in run_shown(exercise, spec, tools)]
            for _ in range(AGREEING_RUNS)
        ]
    except HarnessBroken as error:
        yield Fault(path=("predict",), message=f"{error}.", remedy="Choose calls that end.")
        return
    if any(each != runs[0] for each in runs):
        yield Fault(
            path=("predict",),
            message=f"{AGREEING_RUNS} runs of what is to be predicted don't agree.",
            remedy="Take chance, time and order out of the code.",
        )
    hidden = {_arguments(case.call or "") for case in spec.cases if not case.visible}
    for at, each in enumerate(spec.predict):
        if _arguments(each.call) in hidden:
            yield Fault(
                path=("predict", at, "call"),
                message="A hidden case has the same input.",
                remedy="Use other values in one of the two.",
            )


def _arguments(call: str) -> str:
    parsed = literal_call(call)
    return repr((parsed.args, sorted(parsed.kwargs.items())))


def _weak_texts(exercise: Exercise, spec: ExplainSpec, tools: Tools) -> Iterator[Fault]:
    texts = {
        "nothing at all": "",
        "the brief pasted whole": exercise.brief,
        "general words": "It is a function that takes an input, does something and returns it.",
    }
    for name, text in texts.items():
        stated = recogniser_of(exercise).stated(text)
        code = spec.code({key: each.taken for key, each in stated.items()})
        if not _failed(exercise, spec, code, tools):
            yield Fault(
                path=("decisions",),
                message=f"An explanation of {name} is right.",
                remedy="Let a default be wrong, or say less in the brief.",
            )


def _failed(exercise: Exercise, spec: ExplainSpec, code: str, tools: Tools) -> list[TestResult]:
    limits = exercise.limits(ceilings=tools.ceilings)
    program = Program(files={"solution.py": code})
    found = run_cases(spec.cases, program, sandbox=tools.sandbox, limits=limits)
    return [test for test in found.tests if test.status is not TestStatus.PASSED]
