"""What is said about a memo, in one place. No sentence gives a key away."""

from __future__ import annotations

from grader.kinds.decide.answers import GivenClaim, GivenDecision, GivenFact
from grader.kinds.decide.marks import ClaimMark, DecisionMark, FactMark
from grader.kinds.decide.spec import Claim, ClaimStatus, Decision, Fact

TOO_LARGE = "This is more text than a memo takes. Shorten it and hand it in again."
EMPTY = "There is nothing to check yet. Mark a claim, work out a number or choose a decision."
FACTS = "The numbers are right, and you say where they stand."
CLAIMS = "Each claim is marked as the data has it, with the cells that settle it."
DECISION = "The decision is one that the numbers carry, and you say why."

NO_STATUS = "You haven’t marked this claim yet."
NO_NUMBER = "There is no number here yet."
NOT_A_NUMBER = "We can’t read a number here. Write it in digits, like 1200 or 12.5."
NO_CELL = "The number is right. Name the cells that it comes from."
NO_EVIDENCE = "Your mark is right. Which cells or which passage settle it? Name them."
OTHER_EVIDENCE = "Your mark is right, and what you point at doesn’t settle it. Which cells do?"
NO_DECISION = "You haven’t chosen a decision yet."
NO_REASON = "You chose a decision that the numbers carry. Say why, in a sentence or two."
FOLLOWS = "Your decision follows from your numbers. Look at the numbers again."

STANDINGS = {
    ClaimStatus.HOLDS: "holds",
    ClaimStatus.WRONG: "wrong",
    ClaimStatus.CANT_TELL: "can’t tell",
}


def standing(status: ClaimStatus | None) -> str:
    """How a claim was marked, as people read it."""
    return STANDINGS[status] if status else ""


def of_fact(fact: Fact, given: GivenFact, found: FactMark) -> str:
    """Why this number doesn't count in full."""
    if given.is_missing:
        return NO_NUMBER
    if found.right:
        return _unknown(found.unknown_places) or NO_CELL
    if found.unknown_unit:
        return f"Give this number in {fact.unit or 'plain digits'}, not in {found.unknown_unit}."
    if found.value is None:
        return NOT_A_NUMBER
    if found.off_by:
        return f"The digits are right. Is it in {fact.unit or 'the right unit'}?"
    return fact.look


def of_claim(claim: Claim, given: GivenClaim, found: ClaimMark) -> str:
    """Why this mark doesn't count in full."""
    if given.is_missing:
        return NO_STATUS
    if not found.right:
        return claim.look
    if unknown := _unknown(found.unknown_places):
        return unknown
    return OTHER_EVIDENCE if given.evidence or given.check else NO_EVIDENCE


def _unknown(places: tuple[str, ...]) -> str:
    return (
        f"There is no {places[0]} in the data. Look at the letters and numbers." if places else ""
    )


def of_decision(decision: Decision, given: GivenDecision, found: DecisionMark) -> str:
    """Why this decision doesn't count."""
    if not given.choice:
        return NO_DECISION
    if found.allowed:
        return NO_REASON
    if found.follows:
        return FOLLOWS
    chosen = next(option for option in decision.options if option.id == given.choice)
    return f"{chosen.why} {decision.look}"
