"""A model's word on one formative criterion. It annotates; it never lifts and never writes a score.

One criterion per call, three calls, the majority; a verdict without a quote that really stands in
the text is none. A split means that a person has to look.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from countersign.coaching.prompts import prompt, set_off
from countersign.common.outbound import Deadline
from countersign.llm.connections import Role, connection
from countersign.llm.gateway import Allowance, Question
from countersign.llm.ladder import structured
from countersign.llm.ledger import Spender
from countersign.llm.masking import masked
from countersign.llm.trouble import ModelAway, Trouble

PROMPT = "judge/v1"
CALLS = 3
LONGEST_TEXT = 12_000
LONGEST = 60.0  # seconds for all calls together


class Met(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"
    UNGRADED = "ungraded"  # split, or no model: a person has to look


class Word(BaseModel):
    """What the judge's model replies with."""

    model_config = ConfigDict(extra="ignore")

    verdict: Met
    quote: str = Field("", max_length=400)


@dataclass(frozen=True)
class Proposal:
    """What is proposed to a person: never a score. ``quotes`` stand in the text, word for word."""

    met: Met
    quotes: tuple[str, ...] = ()
    trouble: Trouble | None = None


def proposal(
    criterion: str, text: str, *, organisation: UUID, about: UUID | None = None
) -> Proposal:
    """What three calls come to. Nothing but the criterion and the text is sent."""
    found = connection(Role.JUDGE, organisation)
    if found is None:
        return Proposal(Met.UNGRADED, trouble=Trouble.OFF)
    shown = masked(text)[:LONGEST_TEXT]
    question = Question(
        role=Role.JUDGE,
        system=prompt(PROMPT).text,
        texts=(set_off("criterion", criterion), set_off("text", shown)),
        spender=Spender(organisation=organisation, about=about),
        prompt=PROMPT,
        temperature=0.3,
        max_tokens=300,
    )
    deadline = Deadline.within(LONGEST)
    try:
        words = [
            structured(question, Word, connection=found, allowance=Allowance(deadline=deadline))[0]
            for _ in range(CALLS)
        ]
    except ModelAway as away:
        return Proposal(Met.UNGRADED, trouble=away.trouble)
    return majority([_verified(word, shown) for word in words])


def _verified(word: Word, text: str) -> Word:
    """A verdict stands only on words that are really there."""
    quote = word.quote.strip()
    if word.verdict in (Met.MET, Met.NOT_MET) and quote and quote in text:
        return Word(verdict=word.verdict, quote=quote)
    return Word(verdict=Met.UNCLEAR, quote="")


def majority(words: list[Word]) -> Proposal:
    """More than half agree on met or not met; all else is ungraded."""
    [(most, times), *_] = Counter(word.verdict for word in words).most_common(1)
    if most in (Met.MET, Met.NOT_MET) and times * 2 > len(words):
        quotes = dict.fromkeys(word.quote for word in words if word.verdict is most)
        return Proposal(most, tuple(quotes))
    return Proposal(Met.UNGRADED)
