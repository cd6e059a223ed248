"""Answers to questions as staff read them: plain words, not the form in which they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SURE = {
    "guess": gettext_noop("guessed"),
    "fairly": gettext_noop("fairly sure"),
    "certain": gettext_noop("certain"),
}


@dataclass(frozen=True)
class Given:
    """One question's answer. ``sure`` is empty where nobody asked."""

    question: str
    text: str
    sure: str


def given(fields: Mapping[str, Any]) -> list[Given]:
    """Every answer, by question."""
    return [_given(name, value) for name, value in sorted(fields.items())]


def _given(name: str, value: Any) -> Given:
    if not isinstance(value, Mapping) or "answer" not in value:
        return Given(name, _words(value), "")
    sure = SURE.get(str(value.get("sure")), "")
    return Given(name, _words(value["answer"]), _(sure) if sure else "")


def _words(value: Any) -> str:
    """A text as it is; several lines or gaps below each other."""
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {_words(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "\n".join(_words(part) for part in value)
    return "" if value is None else str(value)
