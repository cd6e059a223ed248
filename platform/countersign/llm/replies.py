"""Reads a server's answer, believing none of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from countersign.llm import strict_json
from countersign.llm.trouble import ModelAway, Trouble

LONGEST = 100_000
MOST_TOKENS = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a model said. Token counts are None where the server gave none that make sense."""

    text: str
    model: str
    tokens_in: int | None = None
    tokens_out: int | None = None


@dataclass(frozen=True)
class Usage:
    """The server's own count."""

    tokens_in: int | None = None
    tokens_out: int | None = None


def reply_from(body: str, *, model: str) -> tuple[Reply | ModelAway, Usage]:
    """The reply or why there is none, and what it cost either way."""
    try:
        value = strict_json.read(body)
        usage = _usage(value)
    except strict_json.NotJson as fault:
        return ModelAway(Trouble.GARBLED, str(fault)), Usage()
    try:
        text = _text(value)
    except ModelAway as away:
        return away, usage
    return (
        Reply(text=text, model=model, tokens_in=usage.tokens_in, tokens_out=usage.tokens_out),
        usage,
    )


def _text(value: Any) -> str:
    choice = _first_choice(value)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise ModelAway(Trouble.GARBLED, "a choice without a message")
    finish = choice.get("finish_reason")
    if finish == "content_filter" or message.get("refusal"):
        raise ModelAway(Trouble.FILTERED)
    content = message.get("content")
    if finish == "length":
        raise ModelAway(Trouble.CUT)
    if content is None or (isinstance(content, str) and not content.strip()):
        raise ModelAway(Trouble.EMPTY)
    if not isinstance(content, str):
        raise ModelAway(Trouble.GARBLED, "content that is no text")
    if len(content) > LONGEST:
        raise ModelAway(Trouble.TOO_LARGE)
    return content.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def _first_choice(value: Any) -> dict[str, Any]:
    choices = value.get("choices") if isinstance(value, dict) else None
    if not isinstance(choices, list):
        raise ModelAway(Trouble.GARBLED, "no choices")
    if not choices:
        raise ModelAway(Trouble.EMPTY)
    if not isinstance(choices[0], dict):
        raise ModelAway(Trouble.GARBLED, "a choice of another shape")
    return choices[0]


def _usage(value: Any) -> Usage:
    usage = value.get("usage") if isinstance(value, dict) else None
    if not isinstance(usage, dict):
        return Usage()
    return Usage(_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))


def _count(value: Any) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool)
    return value if is_count and 0 <= value <= MOST_TOKENS else None
