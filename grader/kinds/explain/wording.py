"""The sentences that an ``explain`` exercise says about an explanation."""

from __future__ import annotations

from grader.kinds.explain.purpose import CHAIN, MOST_IDENTIFIERS, Purpose
from grader.kinds.explain.spec import MOST_WORDS
from grader.practice.decisions import Decision
from grader.practice.recognise import Stated

EMPTY = "There is no explanation yet. What is this code for?"
PASTED_CODE = (
    "Your explanation holds code. Say what it does as you would to somebody who can’t read code."
)
UNREADABLE = {
    "no_code": "The model built no code from your words, so there is nothing to compare. This "
    "doesn’t count as a try. Run it again.",
    "declined": "The model declined to build code from your words. This doesn’t count as a try. "
    "Say what the code is for.",
    "unreadable": "The model wrote code that Python can’t read, so nothing could be compared. "
    "This doesn’t count as a try. Run it again.",
    "cant_start": "The code built from your words stops before any check can run. This doesn’t "
    "count as a try. Run it again, or say more.",
}
PREDICTION = "Follow the code with the values of the question. What does each line make of them?"


def too_large(length: int, longest: int) -> str:
    return (
        f"Your explanation has {length:,} characters, and {longest:,} is the most. What is the "
        "code for, in a sentence or two?"
    )


def of_decision(decision: Decision, stated: Stated, *, does: bool, practice: bool) -> str:
    """What to say about one behaviour; empty where the built code has it."""
    if does:
        return ""
    if stated.contradictory:
        first, second = (decision.options[name].does for name in stated.says[:2])
        return f"You say that the code {first} and that it {second}. {decision.ask}"
    if stated.option == decision.correct:
        return f"You say something about {decision.about}, and the rebuilt code has it otherwise."
    if stated.option is not None:
        return f"You say that the code {decision.options[stated.option].does}. {decision.ask}"
    if practice:
        default = decision.options[decision.default].does
        could_not = f"I could not find {decision.about} in your words, so what is built {default}"
        return f"{could_not}. {decision.ask}"
    return f"I could not find {decision.about} in your words. {decision.ask}"


def of_purpose(found: Purpose) -> str:
    """Why a right explanation counts as line by line; empty where it doesn't."""
    if found.words > MOST_WORDS:
        return f"It is right, in {found.words} words. Can you say what it is for in {MOST_WORDS}?"
    if len(found.identifiers) > MOST_IDENTIFIERS:
        return (
            "It is right, and uses the code’s own names. What would you say to somebody who never "
            "saw it?"
        )
    if len(found.steps) >= CHAIN:
        return "You described each step, and rightly. What is it *for*?"
    return ""
