"""What a chain says to its learner. Nothing here names an input, a value or a decision."""

from __future__ import annotations

from collections.abc import Mapping

from grader.kinds.chain.spec import Condition

PROMPT = (
    "The code that your prompt got doesn’t do all that is needed. What did the prompt leave to the "
    "model?"
)

DECISIONS: Mapping[Condition, str] = {
    Condition.CLEAN: "The output was right. What did it cost not to use it?",
    Condition.MINOR: (
        "Something small goes wrong with the output. What would keep it from doing harm for now?"
    ),
    Condition.SERIOUS: "Much goes wrong with the output. Who would notice first if it were used?",
}


def of_review(*, missed: int, of: int, alarms: int) -> str:
    """What kept a review from passing, the weightiest first."""
    if missed:
        return (
            f"Your review missed {missed} of the {of} things that go wrong. Which inputs did you "
            "not try?"
        )
    if alarms > 1:
        return (
            "More than one of your findings shows nothing wrong. What should the function give "
            "there, by the brief?"
        )
    return "What you want done with the output doesn’t fit what is wrong with it. How bad is it?"
