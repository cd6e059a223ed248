"""JSON from strangers: no NaN, no key twice, no depth that breaks the reader."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

DEEPEST = 30
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class NotJson(ValueError):
    """The text is no JSON that we take."""


def read(text: str) -> Any:
    """The value. Raises NotJson."""
    if _depth(text) > DEEPEST:
        raise NotJson("nested too deeply")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:
        raise NotJson(type(fault).__name__) from fault


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", _STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def inside(text: str) -> str:
    """The first JSON object in a reply: fenced, wrapped in words, or bare."""
    fenced = re.search(r"```(?:json)?\s*(\{.*?\})\s*```", text, re.DOTALL)
    if fenced:
        return fenced.group(1)
    start = text.find("{")
    if start < 0:
        return text
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return text[start:]
    return text[start:end]
