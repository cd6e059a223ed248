"""One given answer, read from plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

LONGEST_GIVEN = 4000
LONGEST_NAME = 60
MOST_PARTS = 50

Scalar = str | int | float | bool | None


class Sure(StrEnum):
    """How sure a learner says they are before they see the result. Never scored."""

    GUESS = "guess"
    FAIRLY = "fairly"
    CERTAIN = "certain"


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer to one question; ``value`` is None where there is none."""

    value: Scalar | list[Scalar] | dict[str, Scalar] = None
    sure: Sure | None = None

    @property
    def is_missing(self) -> bool:
        return self.value is None or self.value in ("", [], {})

    def texts(self) -> list[str]:
        """The answer as a list of texts: for choices and for lines."""
        value = self.value if isinstance(self.value, list) else [self.value]
        return [str(part) for part in value if part is not None]

    def text(self) -> str:
        return "" if self.value is None else str(self.value)

    def by_gap(self) -> dict[int, str]:
        """The answer as texts by the gap's number."""
        if not isinstance(self.value, Mapping):
            return {}
        pairs = ((str(gap), str(text)) for gap, text in self.value.items())
        return {int(gap): text.strip() for gap, text in pairs if gap.isdecimal() and text.strip()}


def read_given(value: Any) -> Given:
    """A field of an answer: ``{answer: …, sure: …}``, or the bare answer."""
    if not isinstance(value, Mapping) or "answer" not in value:
        return Given(value=_plain(value))
    return Given(value=_plain(value["answer"]), sure=_sure(value.get("sure")))


def _plain(value: Any) -> Scalar | list[Scalar] | dict[str, Scalar]:
    """The answer with everything left out that no question asks for, deep nesting above all."""
    if isinstance(value, list):
        return [part for part in map(_scalar, value[:MOST_PARTS]) if part is not None]
    if isinstance(value, Mapping):
        pairs = (
            (str(key)[:LONGEST_NAME], _scalar(part))
            for key, part in list(value.items())[:MOST_PARTS]
        )
        return {key: part for key, part in pairs if part is not None}
    return _scalar(value)


def _scalar(value: Any) -> Scalar:
    if isinstance(value, str):
        return value[:LONGEST_GIVEN]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value if isinstance(value, bool | int | float) else None


def _sure(value: Any) -> Sure | None:
    return next((sure for sure in Sure if sure.value == value), None)
