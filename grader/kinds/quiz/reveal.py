"""What a learner sees of a quiz once they have answered: reasons, explanations, keys."""

from __future__ import annotations

from typing import Any

from grader.authored.exercise import Exercise
from grader.checks.case_runs import printed_alike
from grader.kinds.quiz.answers import Given
from grader.kinds.quiz.spec import AnyQuestion, Choose, Predict, QuizSpec
from grader.verdict import Verdict

NOT_ANSWERED = "This question has no answer yet."
NOT_ALL = "What you chose is right, and it isn't all."
LOOK_AGAIN = "This isn't right yet. Read the explanation and follow the program line by line."


def reason(question: AnyQuestion, given: Given, shown: str) -> str:
    """Why this answer is not right, in the author's words where they foresaw it."""
    if given.is_missing:
        return NOT_ANSWERED
    match question:
        case Choose():
            return _option_reason(question, set(given.texts()))
        case Predict():
            typical = (each.why for each in question.feedback if printed_alike(each.says, shown))
            return next(typical, LOOK_AGAIN)
        case _:
            return LOOK_AGAIN


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """Per question: right or not, what was given, how sure, why, the explanation and the key.

    For the learner whose verdict it is, after it is graded; empty where nothing was.
    """
    found = verdict.details.get("questions", {})
    spec = exercise.spec
    if not verdict.status.is_graded or not isinstance(spec, QuizSpec):
        return {}
    return {
        "questions": [
            _revealed(question, found[question.id])
            for question in spec.questions
            if question.id in found
        ]
    }


def _revealed(question: AnyQuestion, found: dict[str, Any]) -> dict[str, Any]:
    given = Given(value=found["given"])
    return {
        "id": question.id,
        "type": question.type,
        "right": found["right"],
        "share": found["share"],
        "given": found["given"],
        "shown": found["shown"],
        "sure": found["sure"],
        "why": _why(question, given, found),
        "explain": question.explain,
        "key": found["key"],
        "right_options": sorted(question.key) if isinstance(question, Choose) else [],
        "parts": found["parts"],
    }


def _why(question: AnyQuestion, given: Given, found: dict[str, Any]) -> str:
    if not found["right"]:
        return reason(question, given, found["shown"])
    return _option_reason(question, set(given.texts())) if isinstance(question, Choose) else ""


def _option_reason(question: Choose, chosen: set[str]) -> str:
    """The author's words on the first chosen option that is wrong, or on the right one."""
    wrong = [each.why for each in question.options if each.id in chosen and not each.correct]
    right = [each.why for each in question.options if each.id in chosen and each.correct]
    if not wrong and 0 < len(right) < len(question.key):
        return NOT_ALL
    return (wrong or right or [LOOK_AGAIN])[0]
