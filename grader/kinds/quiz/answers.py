"""One given answer, read from plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_GIVEN = 4000


class Sure(StrEnum):
    """How sure a learner says they are before they see the result. Never scored."""

    GUESS = "guess"
    FAIRLY = "fairly"
    CERTAIN = "certain"


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer to one question; ``value`` is None where there is none."""

    value: Any = None
    sure: Sure | None = None

    @property
    def is_missing(self) -> bool:
        return self.value is None or self.value in ("", [], {})

    def texts(self) -> list[str]:
        """The answer as a list of texts: for choices and for lines."""
        value = self.value if isinstance(self.value, list) else [self.value]
        return [str(part)[:LONGEST_GIVEN] for part in value if part is not None][:50]

    def text(self) -> str:
        return "" if self.value is None else str(self.value)[:LONGEST_GIVEN]

    def by_gap(self) -> dict[int, str]:
        """The answer as texts by the gap's number."""
        if not isinstance(self.value, Mapping):
            return {}
        pairs = ((str(gap), str(text)[:LONGEST_GIVEN]) for gap, text in self.value.items())
        return {int(gap): text.strip() for gap, text in pairs if gap.isdecimal() and text.strip()}


def read_given(value: Any) -> Given:
    """A field of an answer: ``{answer: …, sure: …}``, or the bare answer."""
    if not isinstance(value, Mapping) or "answer" not in value:
        return Given(value=value)
    return Given(value=value["answer"], sure=_sure(value.get("sure")))


def _sure(value: Any) -> Sure | None:
    return next((sure for sure in Sure if sure.value == value), None)
