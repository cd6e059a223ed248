"""What an unsound prompt exercise is told: where, what, and what to do."""

from __future__ import annotations

import pytest

from grader.exercise import ExerciseError, from_files
from grader.kinds.tools import Tools
from grader.publish import check
from tests.grader.examples import bent


def problems(tools: Tools, old: str, new: str, file: str = "exercise.yaml") -> list[str]:
    try:
        return [
            str(each)
            for each in check(from_files(bent("late-fee", (old, new), file=file)), tools=tools)
        ]
    except ExerciseError as error:
        return [str(each) for each in error.problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: fee = min(fee, item_value)", "code: fee = min(fee, item_value", "can’t be read"),
        ("code: round(fee)", "code: rounded(fee)", "NameError"),
        ("code: round(fee)", "code: int(fee)", "No check of “pence” notices the wrong option"),
        ("code: round(fee)", "code: round(fee) + 1", "also breaks"),
        ("correct: true\n        specific_over: [nearest", "specific_over: [nearest",
         "has 0 correct options"),
        ("default: exact", "default: down", "nobody has to say it"),
        ("default: exact", "default: sideways", "There is no option “sideways”"),
        ("requirement: pence", "requirement: pennies", "There is no decision “pennies”"),
        ("        - Do not round the fee.\n", "", "has 5 different phrasings"),
        ('"late_fee(402, 90, 1300)"', '"late_fee(2, 80, 4500)"', "is shown to the learner"),
        ("ask: Which way does half a penny go, and who gains by it?",
         "ask: Do you round it down?", "Ask, and leave the deciding to the learner"),
        ('["NOT", "round"]', '["NOT"]', "what is negated?"),
        ('["NOT", "round"]', '["SHOUTED", "round"]', "there is no shared list SHOUTED"),
        ("{hardship}", "pass", "The template has no slot {hardship}"),
        ("variant: write", "variant: faded", "needs `faded:`"),
        ("{name: daily_rate,", "{name: rate,", "aren't the parameters"),
        ("returns: 1300", "returns: 1301", "With every decision right"),
    ],
)  # fmt: skip
def test_an_unsound_exercise_is_told_why(old: str, new: str, said: str, tools: Tools) -> None:
    found = problems(tools, old, new)

    assert any(said in each for each in found), found
    assert all(each.startswith(("exercise.yaml:", "answers/")) for each in found)


def test_a_brief_that_says_everything_is_told_so(tools: Tools) -> None:
    said = (
        "Never charge more than the value. Round down. Negative days raise an error. If hardship "
        "is true the fee is 0."
    )
    found = problems(tools, "Look at the examples", f"{said} Look at the examples", "README.md")

    assert any("pasted whole passes" in each for each in found), found


def test_a_weak_prompt_that_passes_is_told_so(tools: Tools) -> None:
    files = bent("late-fee")
    files["answers/failed-only-the-sum.md"] = files["answers/passed-all-said.md"]
    found = [str(each) for each in check(from_files(files), tools=tools)]

    assert any("failed-only-the-sum.md: It came out as passed" in each for each in found)
