"""Judges an answer to a ``prompt`` exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks.guard import guarded
from grader.kinds.decided import DecidedSpec
from grader.kinds.generation import GenerationRequest
from grader.kinds.prompt import comparing, wording
from grader.kinds.prompt.evidence import decision_evidence
from grader.kinds.prompt.spec import PromptSpec
from grader.kinds.prompt.words_given import Given, is_elsewhere, is_shotgun, prompt_of
from grader.kinds.tools import Phases, Tools
from grader.kinds.trials import (
    Trial,
    Writing,
    counted_cases,
    majority,
    representative,
    run,
    written,
)
from grader.practice import ENGINE
from grader.practice.decisions import Decision
from grader.practice.recognise import Recogniser, Stated
from grader.verdict import Problem, RequirementResult, Status, Verdict

FUNCTIONAL_SHARE, STATED_SHARE = 0.7, 0.3
CODE = "code"
_SYSTEM = (
    "You write Python. The user describes a function. Write it with exactly this signature:\n\n"
    "def {signature}:\n\n"
    "Return only the code of the function, without explanations, examples or tests. Use only the "
    "standard library. Do what the description says and nothing that it doesn't ask for."
)


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What the checks found in the code that the prompt gave. Raises only for faults of ours."""
    spec = spec_of(exercise)
    if spec.variant == "compare_two":
        return comparing.judge(exercise, spec, answer, tools=tools, phases=phases)
    with phases("read"):
        given = prompt_of(exercise, spec, answer)
        if isinstance(given, Problem):
            return Verdict(status=Status.INVALID, problem=given, engine=ENGINE)
        stated = recogniser_of(exercise).stated(given.text)
    with phases("write"):
        writing = written(spec, stated, _request(spec, given.text), tools)
    with phases("run"):
        trials = run(exercise, writing, counted_cases(spec.cases, given.text), tools)
    with phases("judge"):
        predicted = answer.fields.get("prediction")
        return _verdict(
            exercise, given, stated, writing=writing, trials=trials, predicted=predicted
        )


def requests(exercise: Exercise, answer: Answer) -> tuple[GenerationRequest, ...]:
    """What a model is asked: the prompt, if it is one that will be judged."""
    spec = spec_of(exercise)
    if spec.variant == "compare_two":
        return ()
    given = prompt_of(exercise, spec, answer)
    return () if isinstance(given, Problem) else (_request(spec, given.text),)


def _request(spec: PromptSpec, prompt: str) -> GenerationRequest:
    return GenerationRequest(
        key=CODE, system=_SYSTEM.format(signature=spec.signature), prompt=prompt
    )


def spec_of(exercise: Exercise) -> PromptSpec:
    if not isinstance(exercise.spec, PromptSpec):
        raise TypeError(f"{exercise.title!r} isn't a prompt exercise")
    return exercise.spec


_RECOGNISERS: dict[str, Recogniser] = {}
_MOST_REMEMBERED = 256


def recogniser_of(exercise: Exercise) -> Recogniser:
    """The exercise's recogniser, made once per version and process."""
    key = exercise.content_hash
    if key not in _RECOGNISERS:
        if len(_RECOGNISERS) >= _MOST_REMEMBERED:
            _RECOGNISERS.clear()
        _RECOGNISERS[key] = decided_spec(exercise).recogniser()
    return _RECOGNISERS[key]


def decided_spec(exercise: Exercise) -> DecidedSpec:
    if not isinstance(exercise.spec, DecidedSpec):
        raise TypeError(f"{exercise.title!r} has no decisions")
    return exercise.spec


def _verdict(
    exercise: Exercise,
    given: Given,
    stated: Mapping[str, Stated],
    *,
    writing: Writing,
    trials: Sequence[Trial],
    predicted: object,
) -> Verdict:
    at = representative(trials)
    trial = trials[at]
    if all(each.problem for each in trials):
        return _not_a_try(trial, writing)
    spec = spec_of(exercise)
    evidence = [
        decision_evidence(
            exercise,
            decision,
            stated[decision.id],
            trials=trials,
            shown=at,
            writing=writing,
            person=spec.person,
        )
        for decision in spec.decisions
    ]
    passed = majority(trials)
    f, s = functional_share(spec.decisions, trials), stated_share(spec.decisions, stated)
    return Verdict(
        status=Status.PASSED if passed else Status.FAILED,
        score=score(f, s),
        tests=trial.tests,
        requirements=_rules(spec.decisions, evidence),
        engine=writing.engine,
        versions={"practice": ENGINE},
        details={
            "prompt": given.text,
            "engine": {
                "id": writing.engine,
                "practice": writing.practice,
                "parameters": dict(writing.parameters),
            },
            "score_parts": {"f": round(f, 4), "s": round(s, 4)},
            "trial": at,
            "trials": [_trial(each, spec.decisions) for each in trials],
            "decisions": evidence,
            "notes": _notes(exercise, given, dict(stated)),
            "prediction": prediction(predicted, trial),
        },
    )


def _not_a_try(trial: Trial, writing: Writing) -> Verdict:
    """No trial gave code that can run: nothing was judged."""
    return Verdict(
        status=Status.INVALID,
        problem=Problem(code=trial.problem, message=wording.UNREADABLE[trial.problem]),
        engine=writing.engine,
        versions={"practice": ENGINE},
        details={"trials": [{"code": trial.code, "problem": trial.problem}]},
    )


def functional_share(decisions: Sequence[Decision], trials: Sequence[Trial]) -> float:
    """F: the mean over trials of the weighted share of decisions whose checks all pass."""
    total = sum(decision.weight for decision in decisions)
    shares = [
        sum(decision.weight for decision in decisions if trial.does(decision.id)) / total
        for trial in trials
    ]
    return sum(shares) / len(shares)


def stated_share(decisions: Sequence[Decision], stated: Mapping[str, Stated]) -> float:
    """S: the weighted share of decisions of which exactly the right option is stated. What a
    model infers unasked is left out."""
    asked = [decision for decision in decisions if not decision.inferable]
    if not asked:
        return 1.0
    right = sum(each.weight for each in asked if stated[each.id].option == each.correct)
    return right / sum(each.weight for each in asked)


def score(f: float, s: float) -> float:
    """100·(0.7 F + 0.3 S), rounded to 0.1; 100 only where both are whole."""
    if f == 1 and s == 1:
        return 100.0
    return min(round(100 * (FUNCTIONAL_SHARE * f + STATED_SHARE * s), 1), 99.9)


def _rules(
    decisions: Sequence[Decision], evidence: Sequence[Mapping[str, Any]]
) -> tuple[RequirementResult, ...]:
    return tuple(
        RequirementResult(
            id=decision.id,
            says=decision.about[:1].upper() + decision.about[1:],
            weight=float(decision.weight),
            passed=found["passed"],
            total=found["total"],
            feedback="" if found["passed"] == found["total"] else found["message"],
        )
        for decision, found in zip(decisions, evidence, strict=True)
    )


def _trial(trial: Trial, decisions: Sequence[Decision]) -> dict[str, Any]:
    return {
        "code": trial.code,
        "problem": trial.problem,
        "passed": trial.passed,
        "total": len(trial.tests),
        "all": trial.all_pass,
        "decisions": {decision.id: trial.does(decision.id) for decision in decisions},
    }


def _notes(exercise: Exercise, given: Given, stated: dict[str, Stated]) -> list[dict[str, str]]:
    notes = []
    if given.cleaned:
        notes.append({"code": "unseen", "message": wording.UNSEEN})
    if is_shotgun(stated):
        notes.append({"code": "shotgun", "message": wording.SHOTGUN})
    if is_elsewhere(given.text, exercise, stated):
        notes.append({"code": "elsewhere", "message": wording.ELSEWHERE})
    return [{**note, "message": guarded(exercise, note["message"])} for note in notes]


def prediction(predicted: object, trial: Trial) -> dict[str, int] | None:
    """What the learner said would pass, beside what did; None where nothing sensible was said."""
    if type(predicted) is not int or not 0 <= predicted <= len(trial.tests):
        return None
    return {"said": predicted, "passed": trial.passed, "total": len(trial.tests)}
