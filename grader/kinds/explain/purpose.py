"""Whether words say what code is for, or go through it line by line.

At the level of purpose: at most 40 words, at most two of the code's own names, and no chain of
"then" (after the SOLO levels of explain-in-plain-English research).
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Any

from grader.kinds.explain.spec import MOST_WORDS

MOST_IDENTIFIERS = 2
CHAIN = 2
"""So many words of sequence are a chain."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NAME = re.compile(r"`([^`]+)`|\b([A-Za-z_]\w*)\b")
_STEP = re.compile(
    r"\b(?:then|next|after that|afterwards|after which|finally|lastly|secondly|thirdly|"
    r"second step|following that|subsequently)\b",
    re.IGNORECASE,
)
_PLAIN_SHORT_WORDS = frozenset({"a", "i", "an", "as", "at", "be", "by", "do", "if", "in", "is"}) | {
    *("it", "me", "my", "no", "of", "on", "or", "so", "to", "up", "us", "we", "ok", "go", "he"),
}


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What was counted in an explanation."""

    words: int
    identifiers: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return (
            self.words <= MOST_WORDS
            and len(self.identifiers) <= MOST_IDENTIFIERS
            and len(self.steps) < CHAIN
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "most_words": MOST_WORDS,
            "identifiers": list(self.identifiers),
            "steps": list(self.steps),
            "holds": self.holds,
        }


def purpose(text: str, code: str) -> Purpose:
    """What an explanation of this code counts up to."""
    return Purpose(
        words=len(_WORD.findall(text)),
        identifiers=tuple(dict.fromkeys(_identifiers(text, _names(code)))),
        steps=tuple(match.lower() for match in _STEP.findall(text)),
    )


def _names(code: str) -> set[str]:
    """The names that the code itself gives to things."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def _identifiers(text: str, names: set[str]) -> list[str]:
    """The code's names in the text: marked as code, or such as no plain word is."""
    found = []
    for match in _NAME.finditer(text):
        marked, word = match[1], match[2]
        if marked is not None:
            found += [name for name in re.findall(r"[A-Za-z_]\w*", marked) if name in names]
        elif word in names and _is_no_plain_word(word):
            found.append(word)
    return found


def _is_no_plain_word(word: str) -> bool:
    return "_" in word or (len(word) <= 2 and word.lower() not in _PLAIN_SHORT_WORDS)
