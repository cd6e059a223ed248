"""Judges a quiz: by key, and by running what is to be predicted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.kinds.quiz.answers import Given, read_given
from grader.kinds.quiz.marks import Desk, Mark, mark
from grader.kinds.quiz.reveal import reason
from grader.kinds.quiz.spec import AnyQuestion, QuizSpec
from grader.kinds.tools import Phases, Tools
from grader.verdict import Problem, RequirementResult, Status, TestResult, TestStatus, Verdict

LARGEST_ANSWER = 64 * 1024
Marked = tuple[AnyQuestion, Given, Mark]


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What was right. Raises only for faults of ours."""
    spec = _spec(exercise)
    with phases("read"):
        given = {each.id: read_given(answer.fields.get(each.id)) for each in spec.questions}
        problem = _problem(spec, answer, given)
    if problem is not None:
        return Verdict(status=Status.INVALID, problem=problem)
    desk = Desk(
        sandbox=tools.sandbox,
        limits=exercise.limits(ceilings=tools.ceilings),
        seed=str(exercise.uuid),
    )
    with phases("run"):
        marked = [
            (question, given[question.id], mark(question, given[question.id], desk=desk))
            for question in spec.questions
        ]
    return _verdict(marked)


def _spec(exercise: Exercise) -> QuizSpec:
    if not isinstance(exercise.spec, QuizSpec):
        raise TypeError(f"{exercise.title!r} isn't a quiz")
    return exercise.spec


def _problem(spec: QuizSpec, answer: Answer, given: Mapping[str, Given]) -> Problem | None:
    if _is_too_large(answer.fields):
        return Problem(code="too_large", message="The answers are longer than we take.")
    unknown = set(answer.fields) - set(given)
    if unknown:
        return Problem(
            code="unknown_question", message="The answer names a question that isn't in this quiz."
        )
    if all(each.is_missing for each in given.values()):
        return Problem(
            code="empty", message="There is no answer to check yet. Answer a question first."
        )
    return None


def _is_too_large(fields: Mapping[str, Any]) -> bool:
    try:
        return len(json.dumps(dict(fields))) > LARGEST_ANSWER
    except RecursionError:  # nested more deeply than any answer is
        return True


def _verdict(marked: Sequence[Marked]) -> Verdict:
    passed = all(found.right for _, _, found in marked)
    return Verdict(
        status=Status.PASSED if passed else Status.FAILED,
        score=score(marked),
        tests=tuple(_test(*each) for each in marked),
        requirements=tuple(_rule(*each) for each in marked),
        details={"questions": {each[0].id: _detail(*each) for each in marked}},
    )


def score(marked: Sequence[Marked]) -> float:
    """100 times the weighted share that is right, rounded to 0.1; 100 only if all is."""
    if all(found.right for _, _, found in marked):
        return 100.0
    weights = sum(question.weight for question, _, _ in marked)
    right = sum(question.weight * found.share for question, _, found in marked)
    return min(round(100 * right / weights, 1), 99.9)


def _test(question: AnyQuestion, given: Given, found: Mark) -> TestResult:
    return TestResult(
        id=question.id,
        title=_title(question),
        status=TestStatus.PASSED if found.right else TestStatus.FAILED,
        requirement=question.id,
        visible=True,
        message="" if found.right else reason(question, given, found.shown),
        got=found.shown,
    )


def _rule(question: AnyQuestion, given: Given, found: Mark) -> RequirementResult:
    return RequirementResult(
        id=question.id,
        says=_title(question),
        weight=float(question.weight),
        passed=sum(found.parts),
        total=len(found.parts),
        feedback="" if found.right else reason(question, given, found.shown),
    )


def _title(question: AnyQuestion) -> str:
    return question.ask.strip().split("\n", 1)[0]


def _detail(question: AnyQuestion, given: Given, found: Mark) -> dict[str, Any]:
    return {
        "right": found.right,
        "share": round(found.share, 4),
        "given": given.value,
        "shown": found.shown,
        "sure": given.sure.value if given.sure else "",
        "key": found.key,
        "parts": list(found.parts),
    }
