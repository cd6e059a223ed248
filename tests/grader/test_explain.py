"""Explanations: right or wrong by the code they give, purpose or line by line by what they use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.answer import Answer
from grader.engine import grade, revealed
from grader.exercise import load
from grader.kinds import KINDS
from grader.kinds.explain.purpose import purpose
from grader.kinds.generation import Generations
from grader.kinds.tools import Tools
from grader.verdict import Status

COURSES = Path(__file__).parents[2] / "curriculum" / "courses"
EXERCISE = load(
    COURSES / "reading-what-the-model-wrote" / "01-say-what-it-is-for" / "enough-and-once"
)
PURPOSE = "It gives the different numbers of a list that are at least as large as a limit."
STEPS = (
    "It makes a list. Then it takes each number that is at least k and not there twice. Then it "
    "adds it, and then it gives the list."
)
PREDICTED = {"limit": "[8, 5]", "none": "[]"}
CODE = EXERCISE.files["starter/solution.py"]


def answer(explanation: str, predictions: Any = PREDICTED) -> Answer:
    return Answer(fields={"explanation": explanation, "predictions": predictions})


@pytest.mark.parametrize(
    ("explanation", "predictions", "level", "score"),
    [
        (PURPOSE, PREDICTED, 2, 100),
        (PURPOSE, {"limit": "[8,5]", "none": "[1]"}, 2, 75),
        (PURPOSE, {}, 2, 50),
        (PURPOSE, "nonsense", 2, 50),
        (STEPS, PREDICTED, 1, 75),
        ("It gives numbers above a limit, each once.", PREDICTED, 0, 50),
        ("It does something with a list.", {}, 0, 0),
    ],
)
def test_level_and_predictions_make_the_score(
    explanation: str, predictions: Any, level: int, score: float, tools: Tools
) -> None:
    verdict = grade(EXERCISE, answer(explanation, predictions), tools=tools)

    assert revealed(EXERCISE, verdict)["level"] == level
    assert verdict.score == score
    assert (verdict.status is Status.PASSED) is (score == 100)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (PURPOSE, True),
        ("Keeps `xs` values from `k` on.", True),
        ("Adds x of xs to ys if x >= k.", False),
        ("word " * 41, False),
        ("It looks, then it keeps.", True),
        ("It looks, then it keeps, next it returns.", False),
    ],
)
def test_purpose_is_short_plain_and_no_chain(text: str, holds: bool) -> None:
    assert purpose(text, CODE).holds is holds


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("…", "empty"), ("a " * 600, "too_large"), (CODE, "pasted_code")],
)
def test_what_is_no_explanation_is_refused(text: str, code: str, tools: Tools) -> None:
    verdict = grade(EXERCISE, answer(text), tools=tools)

    assert verdict.problem is not None
    assert verdict.problem.code == code
    assert KINDS["explain"].requests(EXERCISE, answer(text)) == ()


def test_a_model_builds_from_the_words_alone(tools: Tools) -> None:
    (request,) = KINDS["explain"].requests(EXERCISE, answer(PURPOSE))

    assert request.prompt == PURPOSE
    assert "append" not in request.system


def test_what_a_model_built_is_run_and_shown(tools: Tools) -> None:
    built = {
        "code": Generations(
            engine="some-model-1", trials=(CODE, CODE, "def f(xs, k):\n    return xs")
        )
    }
    model = Tools(sandbox=tools.sandbox, generations=built)
    found = revealed(EXERCISE, grade(EXERCISE, answer(PURPOSE), tools=model))

    assert found["level"] == 2
    assert found["rebuilt"] == CODE
    assert found["passes"] == {"times": 2, "of": 3}
