"""What a learner gets to see of a graded prompt."""

from __future__ import annotations

from typing import Any

from grader.authored.exercise import Exercise
from grader.kinds.prompt.evidence import Cell, issues
from grader.kinds.prompt.spec import PromptSpec
from grader.verdict import TestResult, TestStatus, Verdict


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """The evidence of a verdict, as the kind's docstring lists it. Nothing hidden is in it."""
    if not verdict.status.is_graded or not isinstance(exercise.spec, PromptSpec):
        return {}
    if "compared" in verdict.details:
        return {"variant": exercise.spec.variant, "compared": verdict.details["compared"]}
    found = verdict.details
    decisions = [
        {**each, "number": number} for number, each in enumerate(found["decisions"], start=1)
    ]
    examples = [_example(test) for test in verdict.tests if test.visible]
    return {
        "variant": exercise.spec.variant,
        "prompt": found["prompt"],
        "engine": found["engine"],
        "score_parts": found["score_parts"],
        "code": found["trials"][found["trial"]]["code"],
        "trial": found["trial"],
        "trials": found["trials"],
        "passes": {
            "times": sum(each["all"] for each in found["trials"]),
            "of": len(found["trials"]),
        },
        "decisions": decisions,
        "quad": {
            cell.value: [each["number"] for each in decisions if each["cell"] == cell.value]
            for cell in Cell
        },
        "issues": issues(decisions),
        "notes": found["notes"],
        "examples": examples,
        "failing": next((each for each in examples if not each["same"]), None),
        "prediction": found["prediction"],
    }


def _example(test: TestResult) -> dict[str, Any]:
    return {
        "title": test.title,
        "called": test.called,
        "expected": test.expected,
        "got": test.got,
        "same": test.status is TestStatus.PASSED,
    }
