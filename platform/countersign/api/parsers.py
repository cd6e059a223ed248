"""JSON from outside: strict, bounded, no duplicate keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

LARGEST_BODY = 2 * 1024 * 1024
"""A megabyte of code may take twice that when JSON escapes it."""


class StrictJSONParser(JSONParser):
    """Refuses NaN, duplicate keys, numbers of endless digits and bodies over LARGEST_BODY."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise ParseError("The body is larger than 2 MiB.")
        try:
            return json.loads(
                body.decode("utf-8"),
                object_pairs_hook=_no_duplicates,
                parse_constant=_no_constants,
            )
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body isn’t JSON we can read: {error}"[:300]) from error


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _no_constants(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
