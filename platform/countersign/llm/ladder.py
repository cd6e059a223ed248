"""A reply of a given shape from any server: by schema, else as an object, else out of text.

A format that a server refuses is remembered for it. One repair is asked for. All of it shares one
allowance of calls and one deadline.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from countersign.llm import breaker, strict_json
from countersign.llm.connections import Connection
from countersign.llm.gateway import Allowance, Question, ask
from countersign.llm.models import Endpoint
from countersign.llm.replies import Reply
from countersign.llm.trouble import ModelAway, Trouble

Shape = TypeVar("Shape", bound=BaseModel)


def structured(
    question: Question, shape: type[Shape], *, connection: Connection, allowance: Allowance
) -> tuple[Shape, Reply]:
    """A reply of this shape, and the reply it was read from. Raises ModelAway."""
    endpoint = breaker.endpoint_of(connection)
    last = ModelAway(Trouble.GARBLED, "no format left")
    for mode, reply_format in _modes(shape, endpoint):
        asked = replace(question, reply_format=reply_format)
        try:
            return _with_one_repair(asked, shape, connection, allowance)
        except ModelAway as away:
            if away.trouble is not Trouble.REFUSED or mode == "text":
                raise
            breaker.lacks(endpoint, mode)
            last = away
    raise last


def _modes(
    shape: type[BaseModel], endpoint: Endpoint
) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    schema = {**shape.model_json_schema(), "additionalProperties": False}
    named = {"name": shape.__name__, "strict": True, "schema": schema}
    modes: list[tuple[str, Mapping[str, Any] | None]] = [
        ("schema", {"type": "json_schema", "json_schema": named}),
        ("object", {"type": "json_object"}),
        ("text", None),
    ]
    yield from (mode for mode in modes if mode[0] not in endpoint.lacks)


def _with_one_repair(
    question: Question, shape: type[Shape], connection: Connection, allowance: Allowance
) -> tuple[Shape, Reply]:
    reply = ask(question, connection=connection, allowance=allowance)
    try:
        return parsed(reply.text, shape), reply
    except ModelAway:
        if not allowance.calls:
            raise
    wanted = json.dumps(shape.model_json_schema())
    words = f"Reply again with one JSON object for this schema and nothing else: {wanted}"
    again = replace(question, repair=(reply.text, words))
    reply = ask(again, connection=connection, allowance=allowance)
    return parsed(reply.text, shape), reply


def parsed(text: str, shape: type[Shape]) -> Shape:
    """The shape that stands in a reply. Raises ModelAway when none does."""
    try:
        return shape.model_validate(strict_json.read(strict_json.inside(text)))
    except (strict_json.NotJson, ValidationError) as fault:
        raise ModelAway(Trouble.GARBLED, type(fault).__name__) from fault
