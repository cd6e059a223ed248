"""The one way to a model: budget, breaker, call, log; a few tries within one deadline."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from countersign.common.outbound import Deadline
from countersign.llm import breaker, ledger
from countersign.llm.connections import Connection, Role
from countersign.llm.ledger import Spender, Used
from countersign.llm.masking import masked
from countersign.llm.providers import Asked, provider
from countersign.llm.replies import Reply, Usage, reply_from
from countersign.llm.trouble import WORTH_ANOTHER_TRY, ModelAway, Trouble

MOST_CALLS = 3
LONGEST_WAIT = 60.0
LONGEST_QUESTION = 48_000  # characters of all messages together
BLAMELESS = frozenset({Trouble.EMPTY, Trouble.CUT, Trouble.FILTERED, Trouble.REFUSED})
"""Troubles of one question, after which the endpoint itself is well."""

sleep: Callable[[float], None] = time.sleep


@dataclass
class Allowance:
    """What one task may use up, its repeats included."""

    deadline: Deadline = field(
        default_factory=lambda: Deadline.within(float(settings.LLM_DEADLINE))
    )
    calls: int = MOST_CALLS

    def take(self) -> None:
        """One call. Raises ModelAway when none is left or time is over."""
        if self.deadline.left < 1:
            raise ModelAway(Trouble.TIMED_OUT)
        if self.calls < 1:
            raise ModelAway(Trouble.GARBLED, "no call left")
        self.calls -= 1


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a model is asked. ``system`` is ours; each of ``texts`` is somebody else's and goes
    into a user message of its own, so that it can't pretend to be anything but a text.

    ``prompt`` names the numbered prompt it was made from, for the log.
    """

    role: Role
    system: str
    texts: tuple[str, ...]
    spender: Spender
    prompt: str = ""
    temperature: float = 0.0
    max_tokens: int = 800
    names: tuple[str, ...] = ()
    reply_format: Mapping[str, Any] | None = None
    repair: tuple[str, str] | None = None  # what came, and what is asked instead

    def messages(self) -> tuple[Mapping[str, str], ...]:
        """The messages as they are sent: everything of others masked."""
        said = [{"role": "system", "content": self.system}]
        said += [{"role": "user", "content": masked(t, names=self.names)} for t in self.texts]
        if self.repair is not None:
            said.append({"role": "assistant", "content": masked(self.repair[0][:2000])})
            said.append({"role": "user", "content": self.repair[1]})
        return tuple(said)


def boundary() -> str:
    """A word that no text can know beforehand, to set it off by."""
    return f"text-{secrets.token_hex(8)}"


def ask(question: Question, *, connection: Connection, allowance: Allowance) -> Reply:
    """The model's reply. Raises ModelAway: it is out of reach, out of budget, or said nothing.

    What may pass is tried again within the allowance, after the time that the server asks for.
    """
    endpoint = breaker.endpoint_of(connection)
    breaker.let_through(endpoint)
    while True:
        allowance.take()
        try:
            reply = _call(question, connection, allowance)
        except ModelAway as away:
            _tell_breaker(endpoint, away.trouble)
            if away.trouble not in WORTH_ANOTHER_TRY or not allowance.calls:
                raise
            _wait(away, allowance)
        else:
            breaker.went_well(endpoint)
            return reply


def _tell_breaker(endpoint: Any, trouble: Trouble) -> None:
    if trouble in BLAMELESS:
        breaker.went_well(endpoint)
    elif not trouble.is_budget:
        breaker.went_wrong(endpoint, trouble)


def _wait(away: ModelAway, allowance: Allowance) -> None:
    """The time that the server asked for, or a little; give up when there isn't so much left."""
    tried = MOST_CALLS - allowance.calls
    asked = away.retry_after
    wait = asked if asked is not None else 0.5 * 2**tried * random.uniform(0.5, 1.0)  # noqa: S311
    if wait > LONGEST_WAIT or wait + 1 > allowance.deadline.left:
        raise away
    sleep(wait)


def _call(question: Question, connection: Connection, allowance: Allowance) -> Reply:
    messages = question.messages()
    if sum(len(message["content"]) for message in messages) > LONGEST_QUESTION:
        raise ModelAway(Trouble.TOO_LARGE, "the question is too long")
    asked = Asked(
        messages=messages,
        max_tokens=question.max_tokens,
        temperature=question.temperature,
        reply_format=question.reply_format,
    )
    reservation = ledger.reserve(
        spender=question.spender,
        connection=connection,
        role=question.role,
        prompt=question.prompt,
        tokens=_most_tokens(asked),
    )
    began = time.monotonic()
    usage, outcome = Usage(), "crashed"
    try:
        body = provider(connection.provider)(
            asked, connection=connection, deadline=allowance.deadline
        )
        found, usage = reply_from(body, model=connection.model)
        outcome = "ok" if isinstance(found, Reply) else found.trouble.value
    except ModelAway as away:
        outcome = away.trouble.value
        raise
    finally:
        ledger.settle(reservation, _used(outcome, began, usage))
    if isinstance(found, ModelAway):
        raise found
    return replace(found, model=connection.model)


def _used(outcome: str, began: float, usage: Usage) -> Used:
    return Used(
        outcome=outcome,
        milliseconds=round(1000 * (time.monotonic() - began)),
        tokens_in=usage.tokens_in,
        tokens_out=usage.tokens_out,
    )


def _most_tokens(asked: Asked) -> int:
    """An upper bound: no tokenizer makes more tokens than there are bytes."""
    said = sum(len(each["content"].encode()) + 16 for each in asked.messages)
    return said + len(str(asked.reply_format or "")) + asked.max_tokens
