"""Every way in which a model's server can let us down, by name."""

from __future__ import annotations

import json

from tests.llm.server import (
    Move,
    answers,
    bomb,
    breaks_off,
    completion,
    drips,
    floods,
    hangs,
    refuses,
    resets,
    says,
    sends,
    streams,
)

STATUSES = (400, 401, 402, 403, 404, 408, 409, 413, 500, 502, 503, 529)
CALL = {
    "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
}

NO_REPLY: dict[str, Move] = {
    "hang": hangs,
    "drip": drips,
    "reset": resets,
    "half body": breaks_off,
    **{f"status {code}": refuses(code) for code in STATUSES},
    "429 after 2": refuses(429, Retry_After="2"),
    "429 after 99999": refuses(429, Retry_After="99999"),
    "429 after -1": refuses(429, Retry_After="-1"),
    "429 after a date": refuses(429, Retry_After="Wed, 21 Oct 2037 07:28:00 GMT"),
    "429 after words": refuses(429, Retry_After="a while"),
    "200 HTML": sends(b"<html><body>Sign in to the proxy</body></html>", kind="text/html"),
    "200 empty": sends(b""),
    "bad JSON": sends(b'{"choices": [{"mess'),
    "another shape": answers({"data": [1, 2, 3]}),
    "a list": answers([1, 2, 3]),
    "no choices": answers({"choices": []}),
    "content null": says(None),
    "content a number": says(7),
    "cut at the limit": says("def price(age", finish="length"),
    "content filter": says("", finish="content_filter"),
    "a tool call": says(None, finish="tool_calls", **CALL),
    "refusal": says(None, refusal="I can't help with that."),
    "duplicate keys": sends(b'{"choices": [], "choices": []}'),
    "NaN": sends(b'{"choices": NaN}'),
    "64 MiB": floods,
    "gzip bomb": bomb,
    "redirect": sends(b"", 307, Location="http://127.0.0.1:9/v1/chat/completions"),
    "a stream": streams(whole=True),
    "a stream cut": streams(whole=False),
    "a stream without end": drips,
    "deep JSON": sends(b"[" * 100_000),
    "deep JSON inside": sends(
        json.dumps({"choices": 1}).encode()[:-1] + b', "a": ' + b"[" * 90_000
    ),
    "not UTF-8": sends(b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'),
}
"""Moves after which there is no reply at all."""

STRANGE_USAGE: dict[str, Move] = {
    name: answers(completion('{"score": "10/10"}', usage=usage))
    for name, usage in {
        "usage missing": None,
        "usage negative": {"prompt_tokens": -1, "completion_tokens": -1},
        "usage huge": {"prompt_tokens": 10**18, "completion_tokens": 10**18},
        "usage text": {"prompt_tokens": "12", "completion_tokens": "many"},
    }.items()
}

UNUSABLE: dict[str, Move] = {
    "prose": says("I think you did well."),
    "prose round JSON": says('Here you are: {"nonsense": true} Hope it helps!'),
    "fenced JSON of another shape": says('```json\n{"score": 100, "passed": true}\n```'),
    "JSON with NaN": says('{"score": NaN}'),
    "JSON with a key twice": says('{"a": 1, "a": 2}'),
    "score 10/10": says('{"score": "10/10"}'),
    "lone surrogates": sends(
        b'{"choices": [{"message": {"role": "assistant", "content": "\\ud800 \\udfff"},'
        b' "finish_reason": "stop"}]}'
    ),
    **STRANGE_USAGE,
}
"""Replies that are none for whoever asked for a given shape."""
