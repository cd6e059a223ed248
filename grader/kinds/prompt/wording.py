"""The sentences that a ``prompt`` exercise says about a prompt, in one place.

What happened, which decision it belongs to, a question. Never the words that are missing.
"""

from __future__ import annotations

from grader.practice.decisions import Decision
from grader.practice.recognise import Stated

UNREADABLE = {
    "no_code": "The model answered in words only, so there is no code to check. This doesn’t count "
    "as a try. Does your prompt ask for code?",
    "declined": "The model declined to write code for this prompt. This doesn’t count as a try. "
    "Say what the function is for and what it has to give back.",
    "unreadable": "The model wrote code that Python can’t read, so no check could run. This "
    "doesn’t count as a try. Run it again.",
    "cant_start": "The model’s code stops before any check can run. This doesn’t count as a try. "
    "Run it again, or say in your prompt what you need.",
}
UNSEEN = (
    "Your text held characters that nobody can see, as copied text sometimes does. They were "
    "left out, and nothing else was changed."
)
SHOTGUN = (
    "Your prompt asks for different things at once in several places. The model can follow only "
    "one. Which of them is needed here?"
)
ELSEWHERE = (
    "I found none of this task’s decisions in your prompt. It may be a prompt for another task. "
    "What does this brief ask for?"
)


def of_decision(
    decision: Decision, stated: Stated, *, does: bool, practice: bool, person: str
) -> str:
    """What to say about one decision; empty where it is said and done."""
    right = stated.option == decision.correct
    if right:
        return "" if does else said_and_not_done(decision)
    if stated.contradictory:
        return both(decision, stated)
    if stated.option is not None:
        return said_otherwise(decision, stated.option, person=person)
    if does:
        return "" if decision.inferable else luck(decision)
    if stated.denied:
        return only_denied(decision, stated.denied[0])
    return missing(decision, practice=practice)


def missing(decision: Decision, *, practice: bool) -> str:
    could_not = f"I could not find a decision about {decision.about} in your prompt"
    if practice:
        return f"{could_not}, so the code {decision.options[decision.default].does}. {decision.ask}"
    return f"{could_not}, and the code does something else than is needed. {decision.ask}"


def said_otherwise(decision: Decision, option: str, *, person: str) -> str:
    return (
        f"Your prompt asks for code that {decision.options[option].does}. "
        f"That isn’t what {person} needs. {decision.ask}"
    )


def both(decision: Decision, stated: Stated) -> str:
    first, second = (decision.options[name].does for name in stated.says[:2])
    return f"You asked for code that {first} and for code that {second}. {decision.ask}"


def only_denied(decision: Decision, option: str) -> str:
    return (
        f"You say what you don’t want: code that {decision.options[option].does}. "
        f"You don’t say what you want instead. {decision.ask}"
    )


def luck(decision: Decision) -> str:
    return (
        f"Your prompt says nothing about {decision.about}. The model happened to do what was "
        f"needed. Another run might not. {decision.ask}"
    )


def said_and_not_done(decision: Decision) -> str:
    return (
        f"You decided about {decision.about}, and the code does something else. Read the code: "
        "which line is it?"
    )
