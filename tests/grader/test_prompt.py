"""Prompts against the late-fee example: what is judged, refused, said and revealed."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answer import Answer
from grader.engine import grade, revealed
from grader.kinds import KINDS
from grader.kinds.generation import Generations
from grader.kinds.prompt.edits import edit
from grader.kinds.prompt.probing import ProbeRefused, probe
from grader.kinds.tools import Tools
from grader.practice import ENGINE
from grader.sandbox.base import HarnessBroken
from grader.verdict import Status, Verdict
from tests.grader.examples import example

EXERCISE = example("late-fee")
ALL = EXERCISE.files["answers/passed-all-said.md"]
RIGHT = """def late_fee(days_late, daily_rate, item_value, hardship=False):
    if days_late < 0:
        raise ValueError("minus")
    if hardship:
        return 0
    return int(min(days_late * daily_rate, item_value))
"""
LUCKY = "Write the function for the fee. It is capped at item_value and hardship is free."


def answer(prompt: str, **fields: Any) -> Answer:
    return Answer(files={"prompt.md": prompt}, fields=fields)


def shown(verdict: Verdict) -> dict[str, Any]:
    return revealed(EXERCISE, verdict)


def by_model(tools: Tools, *replies: str) -> Tools:
    generations = {"code": Generations(engine="some-model-1", trials=replies)}
    return Tools(sandbox=tools.sandbox, generations=generations)


def test_a_prompt_that_states_every_decision_passes(tools: Tools) -> None:
    verdict = grade(EXERCISE, answer(ALL), tools=tools)

    assert verdict.status is Status.PASSED
    assert verdict.score == 100
    assert verdict.engine == ENGINE
    assert shown(verdict)["quad"] == {
        "solid": [1, 2, 3, 4],
        "check": [],
        "lucky": [],
        "missing": [],
    }


def test_the_score_is_made_of_what_the_code_does_and_what_the_prompt_says(tools: Tools) -> None:
    verdict = grade(EXERCISE, answer("If hardship is True the fee is 0."), tools=tools)

    assert shown(verdict)["score_parts"] == {"f": 0.2, "s": 0.2}  # one of five weights
    assert verdict.score == 20


def test_each_phrase_that_states_a_decision_can_be_marked(tools: Tools) -> None:
    found = shown(grade(EXERCISE, answer(ALL), tools=tools))

    for decision in found["decisions"]:
        marked = [found["prompt"][start:end] for start, end in decision["spans"]]
        assert marked, decision["id"]
    assert "Never charge more than item_value" in [
        found["prompt"][start:end]
        for each in found["decisions"]
        if each["id"] == "cap"
        for start, end in each["spans"]
    ]


def test_at_most_three_things_are_said_the_weightiest_first(tools: Tools) -> None:
    found = shown(grade(EXERCISE, answer("Work out the late fee in pence."), tools=tools))

    assert len(found["issues"]) == 3
    assert found["issues"][0]["number"] == 1  # the cap weighs most
    assert "I could not find a decision about" in found["issues"][0]["message"]


@pytest.mark.parametrize(
    ("prompt", "said", "words"),
    [
        ("Round to the nearest penny.", "wrong", "rounds to the nearest penny"),
        ("Round down to pence. Do not round.", "both", "You asked for code that"),
    ],
)
def test_what_is_said_otherwise_has_words_of_its_own(
    prompt: str, said: str, words: str, tools: Tools
) -> None:
    decisions = shown(grade(EXERCISE, answer(prompt), tools=tools))["decisions"]
    pence = next(each for each in decisions if each["id"] == "pence")

    assert pence["said"] == said
    assert words in pence["message"]


def test_only_saying_what_is_not_wanted_is_not_enough(tools: Tools) -> None:
    verdict = grade(EXERCISE, answer("Don't treat minus days as 0."), tools=tools)
    minus = next(each for each in shown(verdict)["decisions"] if each["id"] == "minus")

    assert minus["said"] == "denied"
    assert "You say what you don’t want" in minus["message"]


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("", "empty"),
        (" \u200b\n", "empty"),
        ("Round down. " * 200, "too_large"),
        (RIGHT, "pasted_code"),
        (f"Use this:\n```python\n{RIGHT}```", "pasted_code"),
        (EXERCISE.brief, "pasted_brief"),
        ("Write clean, production quality code and handle all edge cases.", "boilerplate"),
        ("You are an expert Python developer. Make no mistakes.", "boilerplate"),
        (
            "round down pence cap limit value maximum hardship zero negative error days fee",
            "stuffed",
        ),
    ],
)
def test_what_is_no_prompt_is_refused_kindly_and_costs_no_model(
    prompt: str, code: str, tools: Tools
) -> None:
    verdict = grade(EXERCISE, answer(prompt), tools=tools)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == code
    assert KINDS["prompt"].requests(EXERCISE, answer(prompt)) == ()


@pytest.mark.parametrize(
    ("prompt", "note"),
    [
        (f"{ALL}\u202e", "unseen"),
        (
            "Round down to pence. Do not round. Cap the fee at the value. There is no limit.",
            "shotgun",
        ),
        (
            "Sort the guests of the wedding alphabetically and print a seating plan per table.",
            "elsewhere",
        ),
    ],
)
def test_something_odd_is_judged_and_noted(prompt: str, note: str, tools: Tools) -> None:
    found = shown(grade(EXERCISE, answer(prompt), tools=tools))

    assert [each["code"] for each in found["notes"]] == [note]


def test_a_models_reply_is_unwrapped_run_and_named(tools: Tools) -> None:
    replies = (f"Sure:\n```python\n{RIGHT}```", RIGHT, "I can't do that, sorry.")
    verdict = grade(EXERCISE, answer(ALL), tools=by_model(tools, *replies))
    found = shown(verdict)

    assert verdict.status is Status.PASSED  # two of three
    assert verdict.engine == "some-model-1"
    assert verdict.versions["practice"] == ENGINE
    assert found["passes"] == {"times": 2, "of": 3}
    assert found["code"] == RIGHT
    assert found["trials"][2]["problem"] == "declined"
    assert verdict.score == pytest.approx(100 * (0.7 * 2 / 3 + 0.3), abs=0.1)


def test_one_lucky_trial_of_three_is_no_pass(tools: Tools) -> None:
    wrong = RIGHT.replace("int(", "round(")
    verdict = grade(EXERCISE, answer(ALL), tools=by_model(tools, RIGHT, wrong, wrong))

    assert verdict.status is Status.FAILED
    assert shown(verdict)["decisions"][1]["cell"] == "check"


def test_what_the_code_does_unasked_is_called_luck(tools: Tools) -> None:
    found = shown(grade(EXERCISE, answer(LUCKY), tools=by_model(tools, RIGHT, RIGHT, RIGHT)))

    assert found["quad"]["lucky"] == [2, 3]
    assert "happened to" in found["issues"][0]["message"]


def test_replies_without_code_are_no_try(tools: Tools) -> None:
    verdict = grade(EXERCISE, answer(ALL), tools=by_model(tools, "Gladly.", "Of course."))

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == "no_code"


def test_code_that_cannot_start_is_no_try(tools: Tools) -> None:
    reply = f"import no_such_module_at_all\n\n{RIGHT}"
    verdict = grade(EXERCISE, answer(ALL), tools=by_model(tools, reply))

    assert verdict.problem is not None
    assert verdict.problem.code == "cant_start"


def test_a_model_that_was_asked_and_gave_nothing_is_our_fault(tools: Tools) -> None:
    empty = Tools(sandbox=tools.sandbox, generations={})

    with pytest.raises(HarnessBroken):
        grade(EXERCISE, answer(ALL), tools=empty)


def test_a_request_holds_the_prompt_and_nothing_hidden() -> None:
    (request,) = KINDS["prompt"].requests(EXERCISE, answer(ALL))

    assert request.prompt == ALL.strip()
    assert "late_fee(days_late, daily_rate, item_value, hardship=False)" in request.system
    assert "402" not in request.system
    assert request.trials == 3


def test_a_prediction_is_shown_beside_what_came_of_it(tools: Tools) -> None:
    verdict = grade(EXERCISE, answer("Hardship members pay nothing.", prediction=7), tools=tools)

    assert shown(verdict)["prediction"] == {"said": 7, "passed": 2, "total": 7}


@pytest.mark.parametrize("odd", [-1, 8, "3", True, 2.0, None])
def test_an_odd_prediction_is_none(odd: object, tools: Tools) -> None:
    verdict = grade(EXERCISE, answer("Hardship members pay nothing.", prediction=odd), tools=tools)

    assert shown(verdict)["prediction"] is None


def test_nothing_hidden_is_revealed(tools: Tools) -> None:
    found = shown(grade(EXERCISE, answer("Work out the late fee."), tools=tools))

    for hidden in ("402", "1300", "37.5", "-7", "4400"):
        assert hidden not in str(found)


def test_a_hidden_input_in_a_prompt_proves_nothing(tools: Tools) -> None:
    prompt = f"{ALL}\nFor late_fee(402, 90, 1300) give 1300."
    verdict = grade(EXERCISE, answer(prompt), tools=tools)

    assert len(verdict.tests) == 6


def test_a_rewording_decides_nothing() -> None:
    change = edit(EXERCISE, "Cap the fee at its value.", "Please cap the fee at its value, thanks.")

    assert change.trivial
    assert not change.same


def test_an_edit_says_which_decision_it_changed() -> None:
    change = edit(EXERCISE, "Never round.", "Round down to whole pence.")

    assert [(each.decision, each.before, each.after) for each in change.changes] == [
        ("pence", ("exact",), ("down",))
    ]


def test_the_probe_box_runs_the_wanted_function(tools: Tools) -> None:
    typed = {"days_late": "3", "daily_rate": "12.5", "item_value": "900", "hardship": "no"}

    assert probe(EXERCISE, typed, tools=tools).gives == "37"
    assert probe(EXERCISE, typed | {"days_late": "-1"}, tools=tools).gives == "raises ValueError"


@pytest.mark.parametrize("odd", ["", "a lot", "4000", "2.5", "__import__('os')", "[1]"])
def test_an_input_that_is_not_allowed_is_refused(odd: str, tools: Tools) -> None:
    typed = {"days_late": odd, "daily_rate": "1", "item_value": "9", "hardship": "no"}

    with pytest.raises(ProbeRefused):
        probe(EXERCISE, typed, tools=tools)
