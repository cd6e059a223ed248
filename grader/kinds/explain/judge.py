"""Judges an answer to an ``explain`` exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks.guard import guarded
from grader.kinds.explain import wording
from grader.kinds.explain.predictions import Predicted, predictions
from grader.kinds.explain.purpose import Purpose, purpose
from grader.kinds.explain.spec import (
    CODE_FILE,
    EXPLANATION,
    LONGEST_EXPLANATION,
    ExplainSpec,
)
from grader.kinds.generation import GenerationRequest
from grader.kinds.prompt.evidence import cell, said
from grader.kinds.prompt.judge import recogniser_of
from grader.kinds.prompt.words_given import holds_code
from grader.kinds.tools import Phases, Tools
from grader.kinds.trials import Trial, Writing, majority, representative, run, written
from grader.practice import ENGINE
from grader.practice.recognise import Stated
from grader.practice.text import without_unseen
from grader.verdict import Problem, RequirementResult, Status, TestResult, TestStatus, Verdict

CODE = "code"
PURPOSE, PREDICTIONS = "purpose", "predictions"
BEST_LEVEL = 2
_SYSTEM = (
    "The user explains what a Python function does. Write a function that behaves exactly as the "
    "explanation says, with this signature:\n\ndef {signature}:\n\n"
    "Return only the code of the function. Add nothing that the explanation doesn't say."
)


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """Build code from the explanation, run it, and run what was predicted."""
    spec = spec_of(exercise)
    text = explanation_of(answer)
    if isinstance(text, Problem):
        return Verdict(status=Status.INVALID, problem=text, engine=ENGINE)
    with phases("read"):
        stated = recogniser_of(exercise).stated(text)
    with phases("write"):
        writing = written(spec, stated, _request(spec, text), tools)
    with phases("run"):
        trials = run(exercise, writing, spec.cases, tools)
        typed = answer.fields.get("predictions")
        predicted = predictions(
            exercise, spec, typed if isinstance(typed, Mapping) else {}, tools=tools
        )
    with phases("judge"):
        return _verdict(exercise, text, stated, writing=writing, trials=trials, predicted=predicted)


def requests(exercise: Exercise, answer: Answer) -> tuple[GenerationRequest, ...]:
    """What a model is asked: to build the code again, from the explanation alone."""
    text = explanation_of(answer)
    return () if isinstance(text, Problem) else (_request(spec_of(exercise), text),)


def _request(spec: ExplainSpec, text: str) -> GenerationRequest:
    return GenerationRequest(key=CODE, system=_SYSTEM.format(signature=spec.signature), prompt=text)


def spec_of(exercise: Exercise) -> ExplainSpec:
    if not isinstance(exercise.spec, ExplainSpec):
        raise TypeError(f"{exercise.title!r} isn't an explain exercise")
    return exercise.spec


def explanation_of(answer: Answer) -> str | Problem:
    """The explanation as it is judged, or what keeps it from being judged."""
    typed = answer.fields.get(EXPLANATION)
    text = without_unseen(typed).strip() if isinstance(typed, str) else ""
    if not any(character.isalnum() for character in text):
        return Problem(code="empty", message=wording.EMPTY)
    if len(text) > LONGEST_EXPLANATION:
        message = wording.too_large(len(text), LONGEST_EXPLANATION)
        return Problem(code="too_large", message=message)
    if holds_code(text):
        return Problem(code="pasted_code", message=wording.PASTED_CODE)
    return text


def _verdict(
    exercise: Exercise,
    text: str,
    stated: Mapping[str, Stated],
    *,
    writing: Writing,
    trials: Sequence[Trial],
    predicted: Sequence[Predicted],
) -> Verdict:
    at = representative(trials)
    if all(trial.problem for trial in trials):
        problem = trials[at].problem
        return Verdict(
            status=Status.INVALID,
            problem=Problem(code=problem, message=wording.UNREADABLE[problem]),
            engine=writing.engine,
            versions={"practice": ENGINE},
        )
    counted = purpose(text, exercise.files[CODE_FILE])
    level = level_of(right=majority(trials), purpose=counted)
    all_predicted = all(each.right for each in predicted)
    evidence = _decisions(exercise, stated, writing=writing, trials=trials, shown=at)
    return Verdict(
        status=Status.PASSED if level == BEST_LEVEL and all_predicted else Status.FAILED,
        score=score(level, predicted),
        tests=(*trials[at].tests, *map(_prediction_test, predicted)),
        requirements=(*_rules(evidence), *_own_rules(level, counted, predicted)),
        engine=writing.engine,
        versions={"practice": ENGINE},
        details={
            "explanation": text,
            "engine": {
                "id": writing.engine,
                "practice": writing.practice,
                "parameters": dict(writing.parameters),
            },
            "level": level,
            "purpose": counted.as_json(),
            "trial": at,
            "trials": [_trial(exercise, each) for each in trials],
            "decisions": evidence,
            "predictions": [each.as_json() for each in predicted],
        },
    )


def level_of(*, right: bool, purpose: Purpose) -> int:
    """0 wrong; 1 right and line by line; 2 right and at the level of purpose."""
    return BEST_LEVEL if right and purpose.holds else int(right)


def score(level: int, predicted: Sequence[Predicted]) -> float:
    """50·level/2 + 50·predictions, rounded to 0.1."""
    share = sum(each.right for each in predicted) / len(predicted)
    if level == BEST_LEVEL and share == 1:
        return 100.0
    return min(round(50 * level / BEST_LEVEL + 50 * share, 1), 99.9)


def _decisions(
    exercise: Exercise,
    stated: Mapping[str, Stated],
    *,
    writing: Writing,
    trials: Sequence[Trial],
    shown: int,
) -> list[dict[str, Any]]:
    found = []
    for decision in spec_of(exercise).decisions:
        own = stated[decision.id]
        passed, total = trials[shown].checks_of(decision.id)
        does = trials[shown].does(decision.id)
        message = wording.of_decision(decision, own, does=does, practice=writing.practice)
        found.append(
            {
                "id": decision.id,
                "about": decision.about,
                "ask": decision.ask,
                "weight": decision.weight,
                "said": said(decision, own),
                "option": own.option,
                "cell": cell(decision, own, does=does).value,
                "passed": passed,
                "total": total,
                "held": sum(trial.does(decision.id) for trial in trials),
                "spans": [list(span) for spans in own.spans.values() for span in spans],
                "half": [list(span) for span in own.half],
                "message": guarded(exercise, message) if message else "",
            }
        )
    return found


def _trial(exercise: Exercise, trial: Trial) -> dict[str, Any]:
    return {
        "code": trial.code,
        "problem": trial.problem,
        "passed": trial.passed,
        "total": len(trial.tests),
        "all": trial.all_pass,
        "decisions": {each.id: trial.does(each.id) for each in spec_of(exercise).decisions},
    }


def _prediction_test(predicted: Predicted) -> TestResult:
    return TestResult(
        id=f"predict-{predicted.id}",
        title=predicted.call,
        status=TestStatus.PASSED if predicted.right else TestStatus.FAILED,
        requirement=PREDICTIONS,
        visible=True,
        called=predicted.call,
        expected=predicted.gives,
        got=predicted.typed,
    )


def _rules(evidence: Sequence[Mapping[str, Any]]) -> list[RequirementResult]:
    return [
        RequirementResult(
            id=each["id"],
            says=each["about"][:1].upper() + each["about"][1:],
            weight=float(each["weight"]),
            passed=each["passed"],
            total=each["total"],
            feedback=each["message"],
        )
        for each in evidence
    ]


def _own_rules(
    level: int, counted: Purpose, predicted: Sequence[Predicted]
) -> list[RequirementResult]:
    right = sum(each.right for each in predicted)
    return [
        RequirementResult(
            id=PURPOSE,
            says="What it is for, and not line by line",
            weight=1.0,
            passed=int(counted.holds),
            total=1,
            feedback=wording.of_purpose(counted) if level else "",
        ),
        RequirementResult(
            id=PREDICTIONS,
            says="What it gives",
            weight=1.0,
            passed=right,
            total=len(predicted),
            feedback="" if right == len(predicted) else wording.PREDICTION,
        ),
    ]
