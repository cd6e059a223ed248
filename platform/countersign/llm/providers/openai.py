"""Any server that speaks OpenAI's chat completions. The one file that imports ``openai``.

Its client does the protocol; retries, deadlines and the way out are ours. Nothing is streamed and
nothing is asked that common servers don't know (no ``n``, no tools).
"""

from __future__ import annotations

import openai
from openai.types.chat import ChatCompletionMessageParam

from countersign.common import outbound
from countersign.common.outbound import Deadline, InvalidAddress, OutboundRefused
from countersign.llm.connections import Connection
from countersign.llm.providers import Asked
from countersign.llm.rules import rules_for
from countersign.llm.trouble import ModelAway, Trouble

TROUBLE_OF = {
    401: Trouble.NO_ACCESS,
    402: Trouble.NO_CREDIT,
    403: Trouble.NO_ACCESS,
    404: Trouble.NOT_FOUND,
    408: Trouble.BUSY,
    409: Trouble.BUSY,
    413: Trouble.TOO_LARGE,
    429: Trouble.BUSY,
}


def complete(asked: Asked, *, connection: Connection, deadline: Deadline) -> str:
    """The body of the server's answer, not yet believed. Raises ModelAway."""
    wanted = {"response_format": asked.reply_format} if asked.reply_format else {}
    messages: list[ChatCompletionMessageParam] = [dict(each) for each in asked.messages]  # type: ignore[misc]
    try:
        with _client(connection, deadline) as client:
            answer = client.chat.completions.with_raw_response.create(
                model=connection.model,
                messages=messages,
                max_tokens=asked.max_tokens,
                temperature=asked.temperature,
                extra_body=wanted or None,
            )
            return answer.http_response.content.decode("utf-8")
    except openai.APIStatusError as fault:
        raise _by_status(fault) from fault
    except openai.APITimeoutError as fault:
        raise ModelAway(Trouble.TIMED_OUT) from fault
    except OutboundRefused as fault:
        raise _by_our_rules(fault) from fault
    except openai.APIConnectionError as fault:
        raise ModelAway(Trouble.UNREACHABLE) from fault
    except InvalidAddress as fault:
        raise ModelAway(Trouble.FORBIDDEN, "The address can't be read.") from fault
    except (UnicodeError, openai.OpenAIError) as fault:
        raise ModelAway(Trouble.GARBLED, type(fault).__name__) from fault


def models_of(connection: Connection, deadline: Deadline) -> list[str]:
    """The models that the server names, for whoever sets it up. Raises ModelAway."""
    try:
        with _client(connection, deadline) as client:
            return [model.id for model in client.models.list().data]
    except openai.APIStatusError as fault:
        raise _by_status(fault) from fault
    except OutboundRefused as fault:
        raise _by_our_rules(fault) from fault
    except openai.APIConnectionError as fault:
        raise ModelAway(Trouble.UNREACHABLE) from fault
    except InvalidAddress as fault:
        raise ModelAway(Trouble.FORBIDDEN, "The address can't be read.") from fault
    except (AttributeError, TypeError, ValueError, openai.OpenAIError) as fault:
        raise ModelAway(Trouble.GARBLED, type(fault).__name__) from fault


def _client(connection: Connection, deadline: Deadline) -> openai.OpenAI:
    return openai.OpenAI(
        base_url=connection.base_url,
        api_key=connection.key or "not-needed",
        organization="",
        project="",
        max_retries=0,
        timeout=deadline.left,
        http_client=outbound.client(rules=rules_for(connection), deadline=deadline),
    )


def _by_status(fault: openai.APIStatusError) -> ModelAway:
    status = fault.status_code
    otherwise = Trouble.BROKEN if status >= 500 else Trouble.REFUSED
    trouble = TROUBLE_OF.get(status, otherwise)
    after = seconds_of(fault.response.headers.get("retry-after", ""))
    return ModelAway(trouble, f"status {status}", retry_after=after)


def seconds_of(header: str) -> float | None:
    """``Retry-After`` in seconds; None for dates, words and numbers that make no sense."""
    try:
        seconds = float(header)
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e6 else None


def _by_our_rules(fault: OutboundRefused) -> ModelAway:
    trouble = Trouble.TOO_LARGE if fault.is_about_reply else Trouble.FORBIDDEN
    return ModelAway(trouble, fault.reason)
