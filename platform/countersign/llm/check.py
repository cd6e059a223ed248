"""Tries the configured model out and says in plain words what works."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from countersign.common.outbound import Deadline
from countersign.llm import breaker
from countersign.llm.connections import Connection, Role, connection
from countersign.llm.gateway import Allowance, Question, ask
from countersign.llm.ladder import structured
from countersign.llm.ledger import Spender
from countersign.llm.trouble import ModelAway, Trouble

SAYS = {
    Trouble.OFF: "No model is configured. Set LLM_MODEL, and OPENAI_BASE_URL for a server of "
    "your own; docs/operating.md has examples.",
    Trouble.BUDGET_SITE: "The site's budget of this month is used up (LLM_SITE_…).",
    Trouble.RESTING: "The address failed before and rests; try again in some minutes.",
    Trouble.FORBIDDEN: "Our own rules refuse the address.",
    Trouble.UNREACHABLE: "Nobody answers there. Is the server running, and the address right? "
    "It usually ends in /v1.",
    Trouble.TIMED_OUT: "It took the request and didn't answer in time. A model that is being "
    "loaded may be quicker at the next try; LLM_DEADLINE_SECONDS gives it more.",
    Trouble.BUSY: "It answers that it is busy, or that you asked too often.",
    Trouble.NO_ACCESS: "It refuses the key. Look at OPENAI_API_KEY.",
    Trouble.NO_CREDIT: "It says that the account has no credit.",
    Trouble.NOT_FOUND: "It knows no such address or no such model.",
    Trouble.REFUSED: "It refuses the request as such.",
    Trouble.BROKEN: "It has a fault of its own.",
    Trouble.GARBLED: "What answers there doesn't speak OpenAI's chat completions.",
    Trouble.EMPTY: "It answered with nothing.",
    Trouble.CUT: "Its answer was cut at the length limit.",
    Trouble.FILTERED: "It declined to answer.",
    Trouble.TOO_LARGE: "Its answer is larger than we take.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was tried: whether it works, and what that means."""

    works: bool
    says: str


class Sum(BaseModel):
    """What the check asks for."""

    total: int


def findings(role: Role, organisation: UUID | None = None) -> Iterator[Finding]:
    """Try a role's model: is it there, does it answer, does it write code, does it keep a shape."""
    found = connection(role, organisation)
    if found is None:
        yield Finding(False, SAYS[Trouble.OFF])
        return
    breaker.forget_one(found)
    yield Finding(True, f"{role.value}: {found.model} at {found.base_url}")
    yield from _named(found)
    plain = _answers(role, found)
    yield plain
    if plain.works:
        yield _keeps_a_shape(role, found)


def _named(found: Connection) -> Iterator[Finding]:
    if found.provider != "openai":
        return
    from countersign.llm.providers.openai import models_of

    try:
        names = models_of(found, Deadline.within(10))
    except ModelAway:
        return  # a list of models is a courtesy; what counts is tried next
    if found.model not in names:
        known = ", ".join(names[:8]) or "none"
        yield Finding(False, f"It doesn't name {found.model} among its models ({known}).")


def _answers(role: Role, found: Connection) -> Finding:
    question = Question(
        role=role,
        system="Return only the code.",
        texts=("Write a Python function add(a, b) that returns their sum.",),
        spender=Spender(),
        prompt="check",
        max_tokens=200,
    )
    began = time.monotonic()
    try:
        reply = ask(question, connection=found, allowance=Allowance(calls=1))
    except ModelAway as away:
        return Finding(False, _words(away))
    seconds = time.monotonic() - began
    if "def add" not in reply.text:
        return Finding(False, f"It answers within {seconds:.1f} s, and wrote no function `add`.")
    counted = "" if reply.tokens_in is None else f", {reply.tokens_in} + {reply.tokens_out} tokens"
    return Finding(True, f"It answers and writes code: {seconds:.1f} s{counted}.")


def _keeps_a_shape(role: Role, found: Connection) -> Finding:
    question = Question(
        role=role,
        system='Reply with a JSON object like {"total": 0} and nothing else.',
        texts=("What is 2 plus 3?",),
        spender=Spender(),
        prompt="check",
        max_tokens=200,
    )
    try:
        structured(question, Sum, connection=found, allowance=Allowance())
    except ModelAway as away:
        return Finding(
            False,
            f"It keeps to no given shape of reply ({_words(away)}) "
            "Code from prompts works, the coach's model doesn't.",
        )
    refused = breaker.endpoint_of(found).lacks
    how = "as plain text" if len(refused) > 1 else "as an object" if refused else "by schema"
    return Finding(True, f"It keeps to a given shape of reply, asked {how}.")


def _words(away: ModelAway) -> str:
    known = SAYS.get(away.trouble, away.trouble.value)
    return f"{known} ({away.says})" if away.says else known
