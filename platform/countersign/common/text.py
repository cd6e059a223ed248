"""Text from outside, made safe to store, or refused in words."""

from __future__ import annotations

import math
import re
from typing import Any

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UnstorableText(ValueError):
    """Text that no database column can hold (a NUL or half of a surrogate pair)."""


def storable(text: str) -> str:
    """The text as it is, or UnstorableText."""
    if "\x00" in text:
        raise UnstorableText("The text has a NUL character in it.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnstorableText("The text has half a character in it.") from error
    return text


def storable_json(value: Any, *, depth: int = 20) -> Any:
    """JSON values whose every string is storable, no deeper than ``depth``, integers in 64 bits."""
    if depth < 0:
        raise UnstorableText("The value is nested too deeply.")
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {
            storable(str(key)): storable_json(part, depth=depth - 1) for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [storable_json(part, depth=depth - 1) for part in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        raise UnstorableText("A number is too large.")
    if isinstance(value, float) and not math.isfinite(value):
        raise UnstorableText("A number is not a number.")
    return value


def clean_json(value: Any) -> Any:
    """JSON values made storable: what no column can hold becomes U+FFFD."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {clean_json(str(key)): clean_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(part) for part in value]
    return value
