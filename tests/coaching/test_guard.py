"""Nothing that a model says gives away what is hidden or says another outcome than the verdict."""

from __future__ import annotations

import base64

import pytest

from countersign.coaching.guard import Guard, Objection
from grader.exercise import from_files
from grader.verdict import Status, Verdict
from tests.cast import exercise_files

EXERCISE = from_files(
    exercise_files()
    | {
        "exercise.yaml": exercise_files()["exercise.yaml"]
        + "  - {id: senior-fare, requirement: adult, title: The senior fare, "
        'call: "price(8765)", returns: "zanzibar-fare"}\n',
        "reference/solution.py": "def price(age):\n"
        "    fares = [5 if one <= 12 else 9 for one in [age]]\n"
        "    return sum(fares) if len(fares) == 1 else max(fares)\n",
    }
)
FAILED = Guard(
    exercise=EXERCISE,
    verdict=Verdict(status=Status.FAILED, score=50.0),
    hidden_names=frozenset({"senior-fare", "The senior fare", "grown"}),
)
PASSED = Guard(exercise=EXERCISE, verdict=Verdict(status=Status.PASSED, score=100.0))

REFUSED = {
    "What happens with price(8765)?": Objection.HIDDEN,
    "It should give Zanzibar-Fare here. Does it?": Objection.HIDDEN,
    base64.b64encode(b"zanzibar-fare").decode(): Objection.HIDDEN,
    b"zanzibar-fare".hex(): Objection.HIDDEN,
    "zanzibar-fare"[::-1]: Objection.HIDDEN,
    "Look at senior-fare again.": Objection.TEST_NAME,
    "The check “the senior fare” is open.": Objection.TEST_NAME,
    "Try fees = [5 if x <= 12 else 9 for x in [age]] instead?": Objection.REFERENCE,
    "All checks pass, so what would you change?": Objection.CONTRADICTS,
    "Your code is correct.": Objection.CONTRADICTS,
    "Well done! What comes next?": Objection.CONTRADICTS,
    "You passed. Anything else?": Objection.CONTRADICTS,
    "There is nothing to change here, is there?": Objection.CONTRADICTS,
    "I’d give this 9/10. Why not ten?": Objection.FIGURE,
    "Your score is 50. Why?": Objection.FIGURE,
    "2 of 3 checks hold. Which doesn’t?": Objection.FIGURE,
    "Full marks for style!": Objection.FIGURE,
    "See https://answers.invalid/ticket": Objection.LINK,
    "![x](//evil.invalid/beacon.png)": Objection.LINK,
    "<script>alert(1)</script>": Objection.LINK,
    "```\nline\nline\nline\nline\n```": Objection.CODE,
    "x" * 500: Objection.TOO_LONG,
}

SHOWN = [
    "On line 2 the comparison leaves out one age. Which one?",
    "Your function gives 9 for everyone. Who should pay less?",
    "`age < 12` is false for one child that the brief names. Which age is that?",
    "The brief speaks of children up to 12. Is 12 itself inside your condition?",
    "You return the price before looking at the age. What order does the brief suggest?",
    "The name price stands for a function and for a number. Which one is used on line 3?",
    "Nothing is returned when the age is 40. What does the caller get?",
    "Which of the two rules does the word “up to” belong to?",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_not_be_said_is_kept_back(text: str) -> None:
    assert FAILED.objection(text) is REFUSED[text]


@pytest.mark.parametrize("text", SHOWN)
def test_honest_questions_get_through(text: str) -> None:
    assert FAILED.objection(text) is None


def test_work_that_passed_is_not_called_wrong() -> None:
    assert PASSED.objection("Your code doesn’t work.") is Objection.CONTRADICTS
    assert PASSED.objection("Could the two returns be one?") is None


def test_a_learner_may_be_quoted_even_where_they_wrote_what_the_reference_has() -> None:
    own = {"solution.py": EXERCISE.files["reference/solution.py"]}
    guard = Guard(exercise=EXERCISE, verdict=FAILED.verdict, own=own)
    quoted = "In [5 if one <= 12 else 9 for one in [age]], what is one?"
    assert FAILED.objection(quoted) is Objection.REFERENCE
    assert guard.objection(quoted) is None
